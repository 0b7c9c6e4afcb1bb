import { InputError } from '../errors';
import type { Line } from '../data/lines';

/** Where the columns of a token line stand. */
export interface ColumnOrder {
  readonly form: number;
  readonly pos?: number;
  readonly chunk?: number;
  readonly tag: number;
}

/** A token line of a column file. */
export interface ColumnLine {
  readonly number: number;
  readonly form: string;
  readonly pos?: string;
  readonly chunk?: string;
  readonly tag: string;
}

/** True for the line that begins a document in CoNLL-2003. */
export function beginsDocument(text: string): boolean {
  return /^-DOCSTART-(\s|$)/.test(text);
}

/**
 * True for a comment. A line may also begin with the token `#`: where columns are tabs, a comment has none; else it
 * reads `# key = value`, or has another number of columns than the token lines.
 * @param count columns of the token lines, where one has been seen
 * @param tabs whether tabs are between them
 */
export function isComment(text: string, count?: number, tabs = false): boolean {
  if (!text.startsWith('#') || text.includes('\t')) return false;
  if (tabs || /^#\s*([\w.:]+( id)?\s*=|newdoc\b|newpar\b)/.test(text)) return true;
  return count !== undefined && splitColumns(text).length !== count;
}

/**
 * The order of the columns, told by how many there are: token and tag; token, part of speech, tag; token, part of
 * speech, chunk, tag (CoNLL-2003); number, token, tag and two more (Universal NER).
 */
export function columnOrder(columns: readonly string[]): ColumnOrder | null {
  if (columns.length === 2) return { form: 0, tag: 1 };
  if (columns.length === 3) return { form: 0, pos: 1, tag: 2 };
  if (columns.length === 4) return { form: 0, pos: 1, chunk: 2, tag: 3 };
  if (columns.length === 5 && /^\d+$/.test(columns[0])) return { form: 1, tag: 2 };
  return null;
}

/** The columns of a line: between tabs where there are any, else between blanks. */
export function splitColumns(text: string): string[] {
  return text.includes('\t') ? text.split('\t') : text.trim().split(/ +/);
}

/** A line with one column replaced, and everything else as it was. */
export function replaceColumn(text: string, column: number, value: string): string {
  const separator = text.includes('\t') ? /(\t)/ : /( +)/;
  const pieces = text.split(separator);
  const offset = pieces[0] === '' && !text.includes('\t') ? 2 : 0;
  pieces[2 * column + offset] = value;
  return pieces.join('');
}

/** @throws InputError where the line has not the columns of the first */
export function readColumnLine(
  { number, text }: Line,
  order: ColumnOrder,
  count: number,
  file: string,
): ColumnLine {
  const columns = splitColumns(text);
  if (columns.length !== count || columns[order.form] === '')
    throw new InputError(
      `The line has ${columns.length} column${columns.length === 1 ? '' : 's'}, and the first has ${count}.`,
      { file, line: number },
      'Give every line the same columns, and leave an empty line between sentences.',
    );
  return {
    number,
    form: columns[order.form],
    ...(order.pos !== undefined && { pos: columns[order.pos] }),
    ...(order.chunk !== undefined && { chunk: columns[order.chunk] }),
    tag: columns[order.tag],
  };
}
