import search from 'approx-string-match';
import type { Span } from '../text/span';
import type { Label } from './label';
import { splitsCharacter } from './quoteLabel';

/** How far from its place a label is looked for by likeness, in code units. */
const REACH = 1000;
/** The part of its letters that may differ (Hypothesis allows a half; short words need more care). */
const MAX_ERRORS = 0.34;
/** Code units of context that mark a place. */
const ANCHOR = 12;
/** Lengths of the quotes that are looked for by likeness: many words are like a short one. */
const [MIN_QUOTE, MAX_QUOTE] = [4, 512];

/**
 * The place of a label whose words changed, near `expected`: between its old surroundings, or where similar words
 * stand. An empty span where the surroundings now meet. Approximate matching: Myers (1999), bounded as by
 * Hypothesis.
 */
export function findChanged(label: Label, text: string, expected: number): Span | undefined {
  const from = Math.max(0, expected - REACH);
  const near = text.slice(from, Math.min(text.length, expected + label.quote.length + REACH));
  const found = between(label, near, expected - from) ?? similar(label, near, expected - from);
  if (found === undefined) return undefined;
  let { start, end } = { start: found.start + from, end: found.end + from };
  if (splitsCharacter(text, start)) start--;
  if (splitsCharacter(text, end)) end++;
  return { start, end };
}

/** What stands between the old surroundings, where they stand close enough to each other. */
function between(label: Label, near: string, expected: number): Span | undefined {
  const before = label.before.slice(-ANCHOR);
  const after = label.after.slice(0, ANCHOR);
  if (before.trim().length < 3 || after.trim().length < 3) return undefined;
  const longest = 2 * label.quote.length + ANCHOR;
  let best: Span | undefined;
  let end = -1;
  for (let at = near.indexOf(before); at >= 0; at = near.indexOf(before, at + 1)) {
    const start = at + before.length;
    if (end < start) end = near.indexOf(after, start);
    if (end < 0) break;
    if (end - start > longest) continue;
    if (best === undefined || Math.abs(start - expected) < Math.abs(best.start - expected))
      best = { start, end };
  }
  return best;
}

/** Where the words nearest in spelling stand, nearest to the old place. */
function similar(label: Label, near: string, expected: number): Span | undefined {
  const { quote } = label;
  const maxErrors = Math.floor(quote.length * MAX_ERRORS);
  if (quote.length < MIN_QUOTE || quote.length > MAX_QUOTE) return undefined;
  const matches = search(near, quote, maxErrors);
  let best: Span | undefined;
  for (const { start, end } of matches) {
    if (best === undefined || Math.abs(start - expected) < Math.abs(best.start - expected))
      best = { start, end };
  }
  return best;
}
