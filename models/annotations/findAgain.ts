import { findChanged } from './findChanged';
import type { Label } from './label';
import { CONTEXT, quoteAt } from './quoteLabel';

/**
 * `same`: at its offsets; `moved`: its words elsewhere, for certain; `changed`: other words at its place, or its
 * words at a doubtful place; `lost`: neither. The last two need a person.
 */
export type FoundStatus = 'same' | 'moved' | 'changed' | 'lost';

/** A label placed in a text that changed while nobody watched. */
export interface FoundLabel {
  /** The label at its new place; its words and context are refreshed where it is certain. */
  readonly label: Label;
  readonly status: FoundStatus;
  /** The words that were labelled. */
  readonly oldText: string;
  /** The words that now stand there; empty where it is lost. */
  readonly newText: string;
}

/** Occurrences of short words that are looked at on each side of the old place. */
const MAX_OCCURRENCES = 200;
/** Code units of context that must agree on one side of the place where it should be. */
const LIKELY = 6;
/** Code units of context that must agree on both sides of another place, if not on each `LIKELY`. */
const CERTAIN = 24;

/** How many code units two strings share at their ends. */
export function sharedTail(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n))
    n++;
  return n;
}

/** How many code units two strings share at their beginnings. */
export function sharedHead(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}

interface Fit {
  readonly start: number;
  /** Code units of context that agree, before and after. */
  readonly agreement: number;
  /** Enough context for the place where it should be. */
  readonly likely: boolean;
  /** Enough context for any place. */
  readonly certain: boolean;
}

function fitAt(label: Label, text: string, start: number): Fit {
  const around = quoteAt(text, start, start + label.quote.length);
  const before = sharedTail(around.before, label.before);
  const after = sharedHead(around.after, label.after);
  const all = before === label.before.length && after === label.after.length;
  const likely = all || before >= LIKELY || after >= LIKELY;
  const certain = all || (before >= LIKELY && after >= LIKELY) || before + after >= CERTAIN;
  return { start, agreement: before + after, likely, certain };
}

/** The best place of the label's exact words: most context in agreement, then nearest to `expected`. */
function findExact(label: Label, text: string, expected: number): Fit | undefined {
  let best: Fit | undefined;
  const consider = (start: number): void => {
    const fit = fitAt(label, text, start);
    const better =
      best === undefined ||
      fit.agreement > best.agreement ||
      (fit.agreement === best.agreement && Math.abs(start - expected) < Math.abs(best.start - expected));
    if (better) best = fit;
  };
  const whole = label.before + label.quote + label.after;
  const exact = whole.length > label.quote.length + CONTEXT ? text.indexOf(whole) : -1;
  if (exact >= 0 && text.indexOf(whole, exact + 1) < 0) consider(exact + label.before.length);
  if (best !== undefined) return best;
  let at = text.indexOf(label.quote, expected);
  for (let n = 0; at >= 0 && n < MAX_OCCURRENCES; n++, at = text.indexOf(label.quote, at + 1)) consider(at);
  at = expected > 0 ? text.lastIndexOf(label.quote, expected - 1) : -1;
  for (let n = 0; at >= 0 && n < MAX_OCCURRENCES; n++) {
    consider(at);
    at = at > 0 ? text.lastIndexOf(label.quote, at - 1) : -1;
  }
  return best;
}

function placed(label: Label, text: string, start: number, status: 'same' | 'moved'): FoundLabel {
  const { review: _, ...rest } = label;
  const end = start + label.quote.length;
  const around = quoteAt(text, start, end);
  const unchanged =
    start === label.start &&
    end === label.end &&
    label.review === undefined &&
    around.before === label.before &&
    around.after === label.after;
  const found = unchanged ? label : { ...rest, start, end, ...around };
  return { label: found, status, oldText: label.quote, newText: label.quote };
}

function doubtful(label: Label, text: string, start: number, end: number): FoundLabel {
  const status = end > start ? 'changed' : 'lost';
  return {
    label: { ...label, start, end, review: status },
    status,
    oldText: label.quote,
    newText: text.slice(start, end),
  };
}

/**
 * Finds labels again in a text that was changed elsewhere: at their offsets, else by their exact words nearest to
 * where they should be and with the most context in agreement, else by similar words or by their surroundings.
 * Labels come back in the order given. Sorted labels are found fastest, for what moved one has moved the next.
 */
export function findAgain(labels: readonly Label[], text: string): FoundLabel[] {
  let shift = 0;
  return labels.map((label) => {
    for (const by of shift === 0 ? [0] : [shift, 0]) {
      const start = label.start + by;
      if (start < 0 || !text.startsWith(label.quote, start)) continue;
      if (!fitAt(label, text, start).likely) continue;
      shift = by;
      return placed(label, text, start, by === 0 ? 'same' : 'moved');
    }
    const expected = Math.min(Math.max(0, label.start + shift), text.length);
    const exact = findExact(label, text, expected);
    if (exact?.certain) {
      shift = exact.start - label.start;
      return placed(label, text, exact.start, shift === 0 ? 'same' : 'moved');
    }
    const changed = findChanged(label, text, expected);
    if (changed !== undefined) return doubtful(label, text, changed.start, changed.end);
    if (exact !== undefined && exact.start === expected)
      return doubtful(label, text, exact.start, exact.start + label.quote.length);
    return doubtful(label, text, expected, expected);
  });
}
