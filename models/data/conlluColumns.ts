import { InputError } from '../errors';

/** The ten columns of CoNLL-U, in their order. */
export const CONLLU_COLUMNS = [
  ...['ID', 'FORM', 'LEMMA', 'UPOS', 'XPOS', 'FEATS', 'HEAD', 'DEPREL', 'DEPS', 'MISC'],
] as const;

/** The columns of a file, in its order: the ten of CoNLL-U, or those that CoNLL-U Plus names. */
export interface ConlluColumns {
  readonly names: readonly string[];
  /** Those that are none of CoNLL-U, with their places, counted from 0. */
  readonly further: readonly { readonly name: string; readonly index: number }[];
  /** True where a line `# global.columns` names them (https://universaldependencies.org/ext-format.html). */
  readonly isNamed: boolean;
}

export const tenColumns: ConlluColumns = { names: CONLLU_COLUMNS, further: [], isNamed: false };

/**
 * The columns that a file names before its first word.
 * @throws InputError where it names no FORM, or one twice
 */
export function conlluColumns(text: string, file?: string): ConlluColumns {
  for (let line = 1, at = 0; at < text.length; line++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const row = text.slice(at, end);
    if (!row.startsWith('#') && row.trim() !== '') break;
    const [, listed] = /^#\s*global\.columns\s*=\s*(.*?)\s*$/.exec(row) ?? [];
    if (listed !== undefined) return namedColumns(listed, { file, line });
    at = end + 1;
  }
  return tenColumns;
}

function namedColumns(
  listed: string,
  place: { readonly file?: string; readonly line: number },
): ConlluColumns {
  const names = listed.split(/\s+/).map((name) => {
    const upper = name.toUpperCase();
    return (CONLLU_COLUMNS as readonly string[]).includes(upper) ? upper : name;
  });
  if (!names.includes('FORM'))
    throw new InputError(
      '# global.columns names no column FORM, and without it there are no words to read.',
      place,
      'Name the column with the words FORM.',
    );
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined)
    throw new InputError(
      `# global.columns names ${twice} twice.`,
      place,
      'Give each column a name of its own.',
    );
  const further = names.flatMap((name, index) =>
    (CONLLU_COLUMNS as readonly string[]).includes(name) ? [] : [{ name, index }],
  );
  return { names, further, isNamed: true };
}
