import type { Line } from './paragraph';

/** No wider lines are taken for wrapped ones, unless all of several lines are about equally long. */
const WIDEST_WRAP = 100;
/** Narrower paragraphs are lists, addresses, verse: every line stands alone. */
const NARROWEST_WRAP = 40;

/**
 * The width to which a paragraph was wrapped by hand or by a program, in characters: that of its widest
 * line. 0 where it was not wrapped.
 */
export function wrapWidth(lines: readonly Line[]): number {
  const width = lines.reduce((widest, line) => Math.max(widest, lengthOf(line)), 0);
  if (width < NARROWEST_WRAP) return 0;
  if (width <= WIDEST_WRAP) return width;
  const full = lines.slice(0, -1);
  const even =
    full.length >= 3 && width <= 2 * WIDEST_WRAP && full.every((line) => lengthOf(line) >= 0.8 * width);
  return even ? width : 0;
}

function lengthOf(line: Line): number {
  return line.indent + line.end - line.start;
}

/**
 * Whether the break between two lines of a paragraph only wraps the text.
 * - A list item, a deeper indentation and a drawn line begin something new.
 * - In a paragraph wrapped to a width, the break wraps if the first word below would not have fitted above;
 *   lines may fall short of the width by a sixth, as ragged wrapping does.
 * - A line that goes on in lower case after no final punctuation is wrapped too, if it is not a short one.
 */
export function isWrapped(text: string, above: Line, below: Line, width: number): boolean {
  const next = text.slice(below.start, Math.min(below.end, below.start + 80));
  if (BULLET.test(next) || RULE.test(next) || RULE.test(text.slice(above.start, above.end))) return false;
  if (below.indent > above.indent + 1 && !BULLET.test(text.slice(above.start, above.start + 8))) return false;
  const length = lengthOf(above);
  const word = /^\S*/u.exec(next)?.[0].length ?? 0;
  if (width > 0 && length + 1 + word > width - width / 6) return true;
  const open = !/[.!?:;…]["'”’)\]]*$/u.test(text.slice(Math.max(above.start, above.end - 8), above.end));
  return open && /^\p{Ll}/u.test(next) && length >= NARROWEST_WRAP;
}

const BULLET = /^(?:[-*+•‣◦·–—>]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s/u;
const RULE = /^[-=*_~#+\s]{3,}$/u;
