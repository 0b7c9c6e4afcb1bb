import { findChanged } from './findChanged';
import type { Label } from './label';
import { Occurrences } from './occurrences';
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
/** How many labels are looked for one by one before the text is indexed. */
const FEW = 8;
/** Code units of context that must agree on one side of the place where it should be. */
const LIKELY = 6;
/** Code units of context that must agree on both sides of another place, if not on each `LIKELY`. */
const CERTAIN = 24;

/** How many code units of the end of `before` stand in `text` right before `at`. */
function sharedTail(text: string, at: number, before: string): number {
  let n = 0;
  while (
    n < before.length &&
    n < at &&
    text.charCodeAt(at - 1 - n) === before.charCodeAt(before.length - 1 - n)
  )
    n++;
  return n;
}

/** How many code units of the beginning of `after` stand in `text` from `at` on. */
function sharedHead(text: string, at: number, after: string): number {
  let n = 0;
  while (n < after.length && at + n < text.length && text.charCodeAt(at + n) === after.charCodeAt(n)) n++;
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
  const before = sharedTail(text, start, label.before);
  const after = sharedHead(text, start + label.quote.length, label.after);
  const all = before === label.before.length && after === label.after.length;
  const likely = all || before >= LIKELY || after >= LIKELY;
  const certain = all || (before >= LIKELY && after >= LIKELY) || before + after >= CERTAIN;
  return { start, agreement: before + after, likely, certain };
}

/** The exact words of labels in a text: looked up one by one while they are few, and all at once if they are many. */
class ExactWords {
  readonly #text: string;
  #rest: readonly Label[];
  #searches = 0;
  #all: Occurrences | undefined;

  /** @param labels whose words may be looked for */
  constructor(labels: readonly Label[], text: string) {
    this.#rest = labels;
    this.#text = text;
  }

  /** The best place: most context in agreement, then nearest to `expected`. */
  *find(label: Label, expected: number): Generator<void, Fit | undefined> {
    if (++this.#searches === FEW) {
      const words = this.#rest.flatMap((one) => [one.quote, wholeOf(one)]);
      this.#all = yield* Occurrences.finding(words, this.#text);
      this.#rest = [];
    }
    const whole = wholeOf(label);
    const exact = whole.length > label.quote.length + CONTEXT ? this.#only(whole) : undefined;
    if (exact !== undefined) return fitAt(label, this.#text, exact + label.before.length);
    let best: Fit | undefined;
    for (const start of this.#near(label.quote, expected)) {
      const fit = fitAt(label, this.#text, start);
      const isNearer = Math.abs(start - expected) < Math.abs((best?.start ?? 0) - expected);
      const isBetter = best === undefined || fit.agreement > best.agreement;
      if (isBetter || (fit.agreement === best?.agreement && isNearer)) best = fit;
    }
    return best;
  }

  /** The place of `words` where they stand once. */
  #only(words: string): number | undefined {
    const places = this.#all?.of(words);
    if (places !== undefined) return places.length === 1 ? places[0] : undefined;
    const at = this.#text.indexOf(words);
    return at >= 0 && this.#text.indexOf(words, at + 1) < 0 ? at : undefined;
  }

  /** Up to `MAX_OCCURRENCES` places of `words` on each side of `expected`, from there on and then backwards. */
  #near(words: string, expected: number): number[] {
    if (this.#all !== undefined) {
      const places = this.#all.of(words);
      const here = firstFrom(places, expected);
      const before = places.slice(Math.max(0, here - MAX_OCCURRENCES), here).reverse();
      return [...places.slice(here, here + MAX_OCCURRENCES), ...before];
    }
    const places: number[] = [];
    let at = this.#text.indexOf(words, expected);
    for (let n = 0; at >= 0 && n < MAX_OCCURRENCES; n++, at = this.#text.indexOf(words, at + 1))
      places.push(at);
    at = expected > 0 ? this.#text.lastIndexOf(words, expected - 1) : -1;
    for (let n = 0; at >= 0 && n < MAX_OCCURRENCES; n++) {
      places.push(at);
      at = at > 0 ? this.#text.lastIndexOf(words, at - 1) : -1;
    }
    return places;
  }
}

function wholeOf({ before, quote, after }: Label): string {
  return before + quote + after;
}

/** The index of the first of `places` that is not before `at`. */
function firstFrom(places: readonly number[], at: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle] >= at) high = middle;
    else low = middle + 1;
  }
  return low;
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
  const steps = findingAgain(labels, text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of a millisecond or so, for a thread that answers others meanwhile. */
export function* findingAgain(labels: readonly Label[], text: string): Generator<void, FoundLabel[]> {
  const found: FoundLabel[] = [];
  const words = new ExactWords(labels, text);
  let shift = 0;
  for (const label of labels) {
    const here = atOffset(label, text, shift);
    if (here !== undefined) {
      shift = here.label.start - label.start;
      found.push(here);
      if (found.length % 100 === 0) yield;
      continue;
    }
    yield;
    const expected = Math.min(Math.max(0, label.start + shift), text.length);
    const exact = yield* words.find(label, expected);
    if (exact?.certain === true) {
      shift = exact.start - label.start;
      found.push(placed(label, text, exact.start, shift === 0 ? 'same' : 'moved'));
      continue;
    }
    const changed = findChanged(label, text, expected);
    if (changed !== undefined) {
      found.push(doubtful(label, text, changed.start, changed.end));
      // Its own words with others around them: what moved them has moved the next ones.
      if (text.slice(changed.start, changed.end) === label.quote) shift = changed.start - label.start;
    } else if (exact?.start === expected)
      found.push(doubtful(label, text, exact.start, exact.start + label.quote.length));
    else found.push(doubtful(label, text, expected, expected));
  }
  return found;
}

/** A label at its offsets, moved by `shift` as the one before it or not at all. */
function atOffset(label: Label, text: string, shift: number): FoundLabel | undefined {
  for (const by of shift === 0 ? [0] : [shift, 0]) {
    const start = label.start + by;
    if (start < 0 || !text.startsWith(label.quote, start)) continue;
    if (fitAt(label, text, start).likely) return placed(label, text, start, by === 0 ? 'same' : 'moved');
  }
  return undefined;
}
