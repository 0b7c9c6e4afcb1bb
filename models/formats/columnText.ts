import { InputError } from '../errors';
import { type ColumnLayout, labelColumns, tokenColumn } from './columnLayout';
import { type ColumnRow, rowBlocks, splitColumns } from './columnRows';
import { columns } from './inferColumns';
import { isBracketed } from './spanBrackets';
import { parseTag } from './spanTags';

/** A token line of a column file. */
export interface ColumnLine {
  /** In the file, counted from 1. */
  readonly number: number;
  readonly form: string;
  readonly cells: readonly string[];
}

/** The sentences of a part of a column file. */
export interface ColumnText {
  readonly sentences: readonly (readonly ColumnLine[])[];
  /** Lines that begin with `#` and are no tokens. */
  readonly comments: number;
  /** Lines with a tag for nothing, which are passed over. */
  readonly withoutToken: number;
}

/**
 * The token lines of a document.
 * @param line number of the first
 * @throws InputError where a line has other columns than the first of the file, or a label on an empty token
 */
export function columnText(raw: string, layout: ColumnLayout, file: string, line = 1): ColumnText {
  const form = tokenColumn(layout);
  const count = layout.columns.length;
  const labels = labelColumns(layout);
  let [comments, withoutToken] = [0, 0];
  const readLine = (row: ColumnRow): ColumnLine[] => {
    if (row.number === layout.headerLine) return [];
    if (isComment(row, layout)) {
      comments++;
      return [];
    }
    const { number } = row;
    const cells = fitted(row, layout, file);
    if (cells[form] !== '') return [{ number, form: cells[form], cells }];
    const labelled = labels.find(({ index }) => !['O', '_', '-', '*', ''].includes(cells[index]));
    if (labelled)
      throw new InputError(
        `The token is empty, and has the tag ${cells[labelled.index]}.`,
        { file, line: number },
        `Write the token into column ${form + 1}, or take the line out.`,
      );
    withoutToken++;
    return [];
  };
  const sentences = [...rowBlocks(raw, line)].map((block) => block.flatMap(readLine));
  return { sentences: sentences.filter(({ length }) => length > 0), comments, withoutToken };

  function fitted(row: ColumnRow, { isOpen, firstLine }: ColumnLayout, name: string): readonly string[] {
    const cells = splitColumns(row.text, count);
    const isRight =
      cells.length === count ||
      (cells.length > count && (isOpen || cells.slice(count).every((cell) => cell === '')));
    if (isRight) return cells;
    throw new InputError(
      `The line has ${columns(cells.length)}, and line ${firstLine} has ${count}.`,
      { file: name, line: row.number },
      'Give every line the same columns, and leave an empty line between sentences.',
    );
  }
}

/**
 * True for a comment. A line may also begin with the token `#`: then it has the columns of the others, and a tag where
 * they have one.
 */
function isComment({ text, cells }: ColumnRow, layout: ColumnLayout): boolean {
  if (!text.startsWith('#')) return false;
  const { columns: all, isOpen } = layout;
  if (isOpen ? cells.length < all.length : cells.length !== all.length) return true;
  return all.some(({ role }, k) => {
    if (role.is !== 'layer' || role.kind !== 'span') return false;
    return role.notation === 'brackets' ? !isBracketed(cells[k]) : !parseTag(cells[k]);
  });
}
