import type { Label } from './label';
import { ownCopy } from '../text/ownCopy';
import type { Sliceable } from './patchedText';

/** How much text before and after a label is kept with it, in code units. */
export const CONTEXT = 32;

/** The words of a label and what stands around them. */
export interface Quote {
  readonly quote: string;
  readonly before: string;
  readonly after: string;
}

const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
const isHigh = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;

/** True between the two halves of a character outside the Basic Multilingual Plane. */
export function splitsCharacter(text: string, at: number): boolean {
  return at > 0 && isHigh(text, at - 1) && isLow(text, at);
}

/** The words at [start, end) of `text` with their context; no character is cut in two. */
export function quoteAt(text: string, start: number, end: number): Quote {
  let from = Math.max(0, start - CONTEXT);
  if (splitsCharacter(text, from)) from++;
  let to = Math.min(text.length, end + CONTEXT);
  if (splitsCharacter(text, to)) to--;
  return { quote: text.slice(start, end), before: text.slice(from, start), after: text.slice(end, to) };
}

/** The same in a text of which only the part that is needed is looked at; the words are copies of their own. */
export function quoteIn(text: Sliceable, start: number, end: number): Quote {
  const from = Math.max(0, start - CONTEXT - 1);
  const part = ownCopy(text.slice(from, Math.min(text.length, end + CONTEXT + 1)));
  return quoteAt(part, start - from, end - from);
}

/** The label with its words and context as they now stand in `text`; what waits for review keeps the old ones. */
export function quoteLabel(label: Label, text: string): Label {
  if (label.review !== undefined) return label;
  const fresh = quoteAt(text, label.start, label.end);
  const same = fresh.quote === label.quote && fresh.before === label.before && fresh.after === label.after;
  return same ? label : { ...label, ...fresh };
}
