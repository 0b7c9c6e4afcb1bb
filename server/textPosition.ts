import { InputError } from '../models/errors';

/** A place in a text as editors show it: line and column from 1, columns in UTF-16 code units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Where lines begin. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: end }) => index + end.length)];
}

/** @param starts as of `lineStarts` */
export function positionOf(offset: number, starts: readonly number[]): TextPosition {
  let line = 0;
  for (let end = starts.length; end - line > 1;) {
    const middle = (line + end) >> 1;
    if (starts[middle] <= offset) line = middle;
    else end = middle;
  }
  return { line: line + 1, column: offset - starts[line] + 1 };
}

/**
 * The offset of `LINE:COLUMN`.
 * @throws InputError where that is no position of the text
 */
export function offsetOf(position: string, text: string): number {
  const parts = /^(\d+):(\d+)$/.exec(position);
  if (!parts)
    throw new InputError(`"${position}" is no position.`, {}, 'Write LINE:COLUMN, both counted from 1.');
  const [line, column] = [Number(parts[1]), Number(parts[2])];
  const starts = [...lineStarts(text), text.length + 1];
  if (line < 1 || line >= starts.length || column < 1 || starts[line - 1] + column > starts[line])
    throw new InputError(
      `The text has no position ${position}.`,
      {},
      'Write LINE:COLUMN, both counted from 1.',
    );
  return starts[line - 1] + column - 1;
}
