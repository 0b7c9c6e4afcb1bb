import type { Random } from '../../../models/random';

/** Bits of text that make and break sentences, words, lines and surrogate pairs. */
const BITS = [
  ' ', '. ', '\n', '\n\n', '\r\n', 'Dr. ', "don't", 'gonna ', 'a', 'Z', '?', '! ', '"', ')', ' (', '...',
  '😀', 'e\u0301', 'https://example.org/a.b ', ' Ada met Bob. ', '# ', '* ', '`code` ', '**bold** ', '',
]; // prettier-ignore

/** Replaces `text` between `start` and `end`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A small random edit of a text of `length` code units; mostly typing and deleting, sometimes more. */
export function randomEdit(length: number, random: Random): TextChange {
  const start = random.below(length + 1);
  const removed = random.below(4) === 0 ? random.below(60) : random.below(4);
  const text = Array.from({ length: random.below(3) }, () => BITS[random.below(BITS.length)]).join('');
  return { start, end: Math.min(length, start + removed), text };
}
