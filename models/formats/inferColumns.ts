import { InputError } from '../errors';
import { defaultLayer } from './annotatedText';
import { type ColumnFigures, columnFigures } from './columnFigures';
import {
  type ColumnLayout,
  type ColumnRole,
  type DeclaredColumns,
  isNoColumn,
  isTokenName,
} from './columnLayout';
import { type ColumnRow, rowBlocks } from './columnRows';
import { parseTag } from './spanTags';

/** Names that files give their columns, and what we call these. */
const HEADINGS: Readonly<Record<string, string>> = {
  ...{ token: 'token', tokens: 'token', word: 'token', words: 'token', form: 'token', text: 'token' },
  ...{ pos: 'pos', pos_tag: 'pos', postag: 'pos', upos: 'pos', xpos: 'xpos' },
  ...{ chunk: 'chunk', chunk_tag: 'chunk', lemma: '_', id: '_', '#': '_', nr: '_', no: '_', index: '_' },
  ...{ idx: '_', token_id: '_', word_id: '_', sentence: '_', sentence_id: '_', doc: '_', doc_id: '_' },
  ...{ ner: defaultLayer, ner_tag: defaultLayer, ner_tags: defaultLayer, tag: defaultLayer },
  ...{
    tags: defaultLayer,
    label: defaultLayer,
    labels: defaultLayer,
    entity: defaultLayer,
    ne: defaultLayer,
  },
};

/** Columns of CoNLL-2012 at fixed places; coreference is the last of lines of different lengths. */
const CONLL_2012 = '_,_,_,token,pos,_,_,_,_,_,ner'.split(',');

export interface ColumnWishes {
  readonly declared?: DeclaredColumns;
  /** Layers to take, also where nobody would take them unasked. */
  readonly layers?: readonly string[];
}

/**
 * What the columns of a file are, told by what stands in them: a column of numbers that count the words, tokens, and one
 * of tags or more. Of tags those of entities are taken, the first as `ner`, the next as `ner-inner`; parts of speech and
 * chunks are offered. A row of headings, or the person's own word, names them.
 * @returns undefined for a file without tokens
 * @throws InputError where the columns are no tokens with tags
 */
export function inferColumns(
  text: string,
  file: string,
  wishes: ColumnWishes = {},
): ColumnLayout | undefined {
  const blocks = [...rowBlocks(text)];
  const rows = blocks.flat();
  // A line that begins with # may be a comment, so the first other one tells how many columns there are.
  const first = rows.find((row) => !row.text.startsWith('#')) ?? rows.find(({ cells }) => cells.length > 1);
  if (!first) return undefined;
  const { declared } = wishes;
  const isConll2012 = /^#begin document\b/m.test(text) && first.cells.length > CONLL_2012.length;
  const isOpen = declared?.isOpen ?? isConll2012;
  const count = isOpen ? (declared?.names ?? CONLL_2012).length : columnCount(rows, first);
  if (declared && count !== declared.names.length)
    throw new InputError(
      `The line has ${columns(count)}, and --columns names ${declared.names.length}.`,
      { file, line: first.number },
      'Name each of them, "_" for those to leave out, or write "..." behind the last.',
    );
  const isHeading = declared === undefined && !isConll2012 && mayBeHeading(first, count);
  // Rows that begin with # are tokens or comments, and tell nothing unless there are no others.
  const all = rows.every((row) => row.text.startsWith('#'));
  const tells = (row: ColumnRow): boolean =>
    (all || !row.text.startsWith('#')) && !(isHeading && row === first);
  const tokens = blocks.map((block) => block.filter(tells)).filter((block) => block.length > 0);
  const figures = columnFigures(tokens, count);
  const headings = isHeading ? headingsOf(first, figures) : undefined;
  const place = { count, firstLine: first.number, file };
  const names = declared?.names ?? (isConll2012 ? CONLL_2012 : headings);
  const roles = names
    ? namedRoles(names, figures, { ...wishes, isChosen: declared !== undefined })
    : toldRoles(figures, tokens.flat(), place, wishes);
  return {
    isOpen,
    firstLine: first.number,
    ...(headings && { headerLine: first.number }),
    columns: roles.map((role, k) => ({
      number: k + 1,
      ...(headings && { name: first.cells[k] }),
      samples: figures[k].samples,
      role,
    })),
  };
}

/** Columns of the rows: those of the first, but for what is empty at the end of all. */
function columnCount(rows: readonly ColumnRow[], { cells }: ColumnRow): number {
  const filled = (row: readonly string[]): number => {
    let end = row.length;
    while (row[end - 1] === '') end--;
    return end;
  };
  let count = filled(cells);
  for (const row of rows) if (row.cells.length === cells.length) count = Math.max(count, filled(row.cells));
  return count;
}

const headingOf = (cell: string): string | undefined => {
  const key = cell.toLowerCase().replace(/[ -]/g, '_');
  return Object.hasOwn(HEADINGS, key) ? HEADINGS[key] : undefined;
};

/** True where a row names the token column and has no tag, as every token would. */
function mayBeHeading({ cells }: ColumnRow, count: number): boolean {
  const names = cells.slice(0, count).map(headingOf);
  return (
    count > 1 &&
    names.filter((name) => name === 'token').length === 1 &&
    !cells.some((cell) => parseTag(cell))
  );
}

function headingsOf({ cells }: ColumnRow, figures: readonly ColumnFigures[]): string[] {
  const used = new Set<string>();
  return figures.map(({ isTags }, k) => {
    const own = isTags && /^[\p{L}\p{N}_-]+$/u.test(cells[k]) ? cells[k] : '_';
    const name = headingOf(cells[k]) ?? own;
    if (name === '_' || used.has(name)) return '_';
    used.add(name);
    return name;
  });
}

function namedRoles(
  names: readonly string[],
  figures: readonly ColumnFigures[],
  { layers = [], isChosen }: ColumnWishes & { readonly isChosen: boolean },
): ColumnRole[] {
  return names.map((name, k): ColumnRole => {
    const { isTags, isBrackets, isEmpty } = figures[k];
    if (isTokenName(name)) return { is: 'token' };
    if (isNoColumn(name)) return { is: 'left', because: isChosen ? 'chosen' : 'unknown' };
    const isSpan = isTags || isBrackets || (isEmpty && !['pos', 'xpos', 'upos'].includes(name));
    const isTaken = isChosen || !['pos', 'xpos', 'chunk'].includes(name) || layers.includes(name);
    const notation = isBrackets && !isTags ? 'brackets' : 'tags';
    return { is: 'layer', layer: name, kind: isSpan ? 'span' : 'token', isTaken, notation };
  });
}

interface FirstLine {
  readonly count: number;
  readonly firstLine: number;
  readonly file: string;
}

function toldRoles(
  figures: readonly ColumnFigures[],
  rows: readonly ColumnRow[],
  { count, firstLine, file }: FirstLine,
  { layers = [] }: ColumnWishes,
): ColumnRole[] {
  const token = tokenColumn(figures);
  const rest = figures.map((one, index) => ({ ...one, index })).slice(token + 1);
  const tags = rest.filter(({ isTags }) => isTags);
  if (count < 2)
    throw new InputError(
      `The line has ${columns(count)}, not a token and a tag.`,
      { file, line: firstLine },
      'Give two columns or more, with tabs or blanks between them.',
    );
  if (tags.length === 0) throw noTags(rows, count, file);
  // Of two or three columns behind the token the first are parts of speech and chunks, as in CoNLL-2003, unless two
  // columns of tags share labels.
  const isUsual = (rest.length === 2 || rest.length === 3) && !rest[0].isTags;
  const chunk =
    tags.find(({ isChunks }) => isChunks) ??
    (isUsual && rest.length === 3 && ![...rest[1].labels].some((label) => rest[2].labels.has(label))
      ? rest[1]
      : undefined);
  const entities = tags.filter((column) => column !== chunk);
  const roles = new Map<number, ColumnRole>();
  const span = (layer: string, isTaken: boolean): ColumnRole => ({
    ...{ is: 'layer', layer, kind: 'span', notation: 'tags' },
    isTaken: isTaken || layers.includes(layer),
  });
  for (const [k, { index }] of entities.entries())
    roles.set(
      index,
      span(k === 0 ? defaultLayer : k === 1 ? `${defaultLayer}-inner` : `${defaultLayer}-${k + 1}`, true),
    );
  if (chunk) roles.set(chunk.index, span('chunk', entities.length === 0));
  const pos = token + 1;
  if ((isUsual || chunk?.index === pos + 1) && !roles.has(pos) && !figures[pos].isEmpty)
    roles.set(pos, {
      ...{ is: 'layer', layer: 'pos', kind: 'token', notation: 'tags' },
      isTaken: layers.includes('pos'),
    });
  return figures.map(({ isEmpty }, index): ColumnRole => {
    if (index === token) return { is: 'token' };
    const left: ColumnRole = {
      is: 'left',
      because: index < token ? 'number' : isEmpty ? 'empty' : 'unknown',
    };
    return roles.get(index) ?? left;
  });
}

/** The tokens are in the first column, or behind one of numbers; before that there may be names of documents. */
function tokenColumn(figures: readonly ColumnFigures[]): number {
  const first = figures.findIndex(({ isSteady }) => !isSteady);
  for (const numbers of [0, first]) {
    const next = figures.at(numbers + 1);
    const isBeforeTags = numbers >= 0 && numbers + 2 < figures.length;
    if (isBeforeTags && figures[numbers].isNumbers && next && !next.isEmpty && !next.isTags)
      return numbers + 1;
  }
  return 0;
}

function noTags(rows: readonly ColumnRow[], count: number, file: string): InputError {
  const wrong = rows.find(({ cells }) => !parseTag(cells[count - 1] ?? ''));
  return new InputError(
    wrong ? `The tag "${wrong.cells[count - 1]}" is not BIO.` : 'No column has a tag for each token.',
    { file, line: wrong?.number ?? rows[0].number },
    'Write O, B-label or I-label, or say what the columns are, such as --columns token,pos.',
  );
}

/** A number of columns, in words. */
export function columns(count: number): string {
  return `${count} column${count === 1 ? '' : 's'}`;
}
