import type { AppliedChange } from './textChange';

/** Code units of each piece of text that counts. */
const WIDTH = 4;

/** The sum of the hashes of the pieces of `text` that begin in [from, to) (FNV-1a, Fowler, Noll and Vo). */
function sumOf(text: string, from: number, to: number): number {
  let sum = 0;
  for (let start = Math.max(0, from); start < to; start++) {
    let hash = 0x811c9dc5;
    for (let i = start; i < start + WIDTH && i < text.length; i++)
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    sum = (sum + (hash ^ (hash >>> 15))) | 0;
  }
  return sum;
}

/**
 * The fingerprint of a text after a change. A fingerprint is the sum of the hashes of all short pieces of a text,
 * counted from any number for the first one, so that a change costs what it touches, however long the text is.
 * Equal texts have equal fingerprints; different ones very rarely.
 */
export function fingerprintAfter(
  fingerprint: number,
  { start, end, newText }: AppliedChange,
  before: string,
  after: string,
): number {
  const from = start - WIDTH + 1;
  return (fingerprint - sumOf(before, from, end) + sumOf(after, from, start + newText.length)) | 0;
}
