import { InputError } from '../errors';
import type { LayerKind } from '../tags/layer';

/** What a column of a file is for. */
export type ColumnRole =
  | { readonly is: 'token' }
  | {
      readonly is: 'layer';
      readonly layer: string;
      readonly kind: LayerKind;
      /** False where its labels are there to be had, but nobody asked for them. */
      readonly isTaken: boolean;
      /** How spans are written: a tag for each token (BIO and its kin), or `(PER*`, `*`, `*)` as in CoNLL-2012. */
      readonly notation: 'tags' | 'brackets';
    }
  | { readonly is: 'left'; readonly because: 'number' | 'empty' | 'unknown' | 'chosen' };

/** A column as a person is shown it. */
export interface FileColumn {
  /** Counted from 1. */
  readonly number: number;
  /** As the file calls it, if it does. */
  readonly name?: string;
  /** What stands in it in the first three rows. */
  readonly samples: readonly string[];
  readonly role: ColumnRole;
}

/** The columns of a file, the same in every line. */
export interface ColumnLayout {
  readonly columns: readonly FileColumn[];
  /** Lines may have further columns. */
  readonly isOpen: boolean;
  /** The line of the first token, or of the names of the columns; what messages refer to. */
  readonly firstLine: number;
  /** The line with the names of the columns, where there is one. */
  readonly headerLine?: number;
}

/** A column of labels, and where it stands. */
export interface LabelColumn {
  /** Counted from 0. */
  readonly index: number;
  readonly layer: string;
  readonly kind: LayerKind;
  readonly notation: 'tags' | 'brackets';
}

/** The columns that are read as labels. */
export function labelColumns({ columns }: ColumnLayout): LabelColumn[] {
  return columns.flatMap(({ role }, index) =>
    role.is === 'layer' && role.isTaken
      ? [{ index, layer: role.layer, kind: role.kind, notation: role.notation }]
      : [],
  );
}

/** The place of the token column, counted from 0. */
export function tokenColumn({ columns }: ColumnLayout): number {
  return columns.findIndex(({ role }) => role.is === 'token');
}

/** A person's word for each column: `token`, the name of a layer, `_` for none, and `...` for all that follow. */
export interface DeclaredColumns {
  readonly names: readonly string[];
  readonly isOpen: boolean;
}

const TOKEN_NAMES = ['token', 'word', 'form'];

export const isTokenName = (name: string): boolean => TOKEN_NAMES.includes(name.toLowerCase());

export const isNoColumn = (name: string): boolean => name === '_' || name === '-';

/**
 * Reads what a person wrote about the columns: `token,pos,_,ner`.
 * @throws InputError where it names no token, or one thing twice
 */
export function declaredColumns(text: string): DeclaredColumns {
  const given = text.split(',').map((name) => name.trim());
  const isOpen = given.at(-1) === '...' || given.at(-1) === '…';
  const names = isOpen ? given.slice(0, -1) : given;
  const layers = names.filter((name) => !isTokenName(name) && !isNoColumn(name));
  const wrong = layers.find((name) => !/^[\p{L}\p{N}_:.-]+$/u.test(name));
  const remedy = 'Write them in order, such as --columns token,pos,_,ner.';
  if (wrong !== undefined) throw new InputError(`"${wrong}" is no name of a column.`, {}, remedy);
  if (names.filter(isTokenName).length !== 1)
    throw new InputError('One column of --columns must be the token.', {}, remedy);
  const twice = layers.find((name, k) => layers.indexOf(name) < k);
  if (twice !== undefined) throw new InputError(`--columns names ${twice} twice.`, {}, remedy);
  return { names, isOpen };
}
