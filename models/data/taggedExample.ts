import { InputError } from '../errors';
import { parseBioTag } from '../tags/bio';
import type { LayerKind } from '../tags/layer';
import { OUTSIDE } from '../tags/tagSet';
import { miscValue, type ConlluWord } from './conllu';
import { blocksOf } from './lines';
import { readConllu } from './readConllu';
import { readTextFile } from './textFile';

/** A sentence with one tag for each word (BIO in span layers): what one layer is trained and scored on. */
export interface TaggedExample {
  readonly forms: readonly string[];
  readonly labels: readonly string[];
}

/** The layer to read from a file. */
export interface LayerSource {
  /** In CoNLL-U `pos` and `upos` are UPOS, `xpos` is XPOS, any other name a key of MISC (`ner`: `NER=B-PER`). */
  readonly layer: string;
  readonly kind: LayerKind;
}

/** Part-of-speech examples: the basic words of a CoNLL-U file (or `.gz`) with their UPOS. */
export function readConlluTags(path: string): Promise<TaggedExample[]> {
  return readTokenLayer(path, { layer: 'pos', kind: 'token' });
}

/** Entity examples of a two-column BIO file (or `.gz`): token, tab, tag; a blank line between sentences. */
export function readBio(path: string): Promise<TaggedExample[]> {
  return readTokenLayer(path, { layer: 'ner', kind: 'span' });
}

/**
 * The examples for one layer of a CoNLL-U or two-column file, told apart by name (`.conllu`, `.conllu.gz`),
 * other names by the number of columns.
 * @throws InputError at the first broken line, or where a word has no tag.
 */
export async function readTokenLayer(path: string, source: LayerSource): Promise<TaggedExample[]> {
  return textExamples(await readTextFile(path), source, path);
}

/** The examples in a text that was read from `path`; see `readTokenLayer`. */
export function textExamples(text: string, source: LayerSource, path: string): TaggedExample[] {
  const examples = isConllu(path, text)
    ? conlluExamples(text, source, path)
    : columnExamples(text, source.kind, path);
  if (!examples.length)
    throw new InputError('The file holds no sentences.', { file: path }, 'Give a corpus file.');
  return examples;
}

/** True for CoNLL-U, by name, by the columns it names, or by ten columns in the first line that is not a comment. */
export function isConllu(path: string, text: string): boolean {
  if (/\.conllup?(\.gz)?$/i.test(path)) return true;
  if (/^(?:(?:#[^\n]*|[ \t\r]*)\n)*#\s*global\.columns\s*=/.test(text)) return true;
  return /^(?:(?:#[^\n]*|[ \t\r]*)\n)*[^\t\n]*(?:\t[^\t\n]*){9}(?:\n|$)/.test(text);
}

/** The examples of a CoNLL-U text; see `readTokenLayer`. */
export function conlluExamples(text: string, { layer, kind }: LayerSource, file?: string): TaggedExample[] {
  const examples: TaggedExample[] = [];
  const key = layer.toUpperCase();
  let found = false;
  for (const { words } of readConllu(text, file)) {
    const labels = words.map((word) => {
      const label = labelOf(word, key);
      if (label !== undefined) found = true;
      return checked(label ?? (kind === 'span' ? OUTSIDE : ''), kind, word.line, file);
    });
    examples.push({ forms: words.map(({ form }) => form), labels });
  }
  if (examples.length && !found)
    throw new InputError(
      `No word carries ${key}= in its last column.`,
      { file },
      `Name another layer or file.`,
    );
  return examples;
}

function labelOf(word: ConlluWord, key: string): string | undefined {
  if (key === 'POS' || key === 'UPOS') return word.upos;
  if (key === 'XPOS') return word.xpos;
  return miscValue(word.misc, key);
}

/** The examples of a two-column text; lines that begin with `#` and hold no tab are comments. */
export function columnExamples(text: string, kind: LayerKind, file?: string): TaggedExample[] {
  const examples: TaggedExample[] = [];
  for (const block of blocksOf(text)) {
    const forms: string[] = [];
    const labels: string[] = [];
    for (const { number: line, text: row } of block) {
      const columns = row.split('\t');
      if (columns.length === 1 && row.startsWith('#')) continue;
      const [form, label] = columns;
      if (columns.length !== 2 || form === '')
        throw new InputError(
          'The line is not a token, a tab and a tag.',
          { file, line },
          'Write two columns.',
        );
      forms.push(form);
      labels.push(checked(label, kind, line, file));
    }
    if (forms.length) examples.push({ forms, labels });
  }
  return examples;
}

function checked(label: string, kind: LayerKind, line: number, file?: string): string {
  if (label === '' || label === '_')
    throw new InputError(
      'The word has no tag.',
      { file, line },
      'Tag every word, or leave the sentence out.',
    );
  if (kind === 'span' && !parseBioTag(label))
    throw new InputError(`The tag "${label}" is not BIO.`, { file, line }, 'Write O, B-label or I-label.');
  return label;
}
