import type { ChangeBatch } from './changeBatch';
import type { Span } from '../text/span';

/** Code units of each piece of text that counts. */
const WIDTH = 4;

/** FNV-1a (Fowler, Noll and Vo). */
const [BASIS, PRIME] = [0x811c9dc5, 0x01000193];

/** The sum of the hashes of the pieces of `text` that begin in [from, to), each read once. */
function sumOf(text: string, from: number, to: number): number {
  const end = Math.min(to, text.length - WIDTH + 1);
  let sum = 0;
  let [a, b, c] = [text.charCodeAt(from), text.charCodeAt(from + 1), text.charCodeAt(from + 2)];
  for (let at = from; at < end; at++) {
    const d = text.charCodeAt(at + 3);
    let hash = Math.imul(BASIS ^ a, PRIME);
    hash = Math.imul(hash ^ b, PRIME);
    hash = Math.imul(hash ^ c, PRIME);
    hash = Math.imul(hash ^ d, PRIME);
    sum = (sum + (hash ^ (hash >>> 15))) | 0;
    [a, b, c] = [b, c, d];
  }
  return sum;
}

/** The sum over all pieces that hold a code unit of one of `spans`, each piece once; `spans` in their order. */
function sumAround(text: string, spans: readonly Span[]): number {
  let sum = 0;
  let done = 0;
  for (const { start, end } of spans) {
    const from = Math.max(done, start - WIDTH + 1);
    if (from >= end) continue;
    sum = (sum + sumOf(text, from, end)) | 0;
    done = end;
  }
  return sum;
}

/**
 * The fingerprint of a text after changes. A fingerprint is the sum of the hashes of all short pieces of a text,
 * counted from any number for the first one, so that a change costs what it touches, however long the text is.
 * Equal texts have equal fingerprints; different ones rarely, but for those shorter than a piece.
 */
export function fingerprintAfter(
  fingerprint: number,
  batch: ChangeBatch,
  before: string,
  after: string,
): number {
  return (fingerprint - sumAround(before, batch.changes) + sumAround(after, batch.inverse.changes)) | 0;
}
