import type { Label } from './label';
import { Occurrences } from './occurrences';
import { CONTEXT } from './quoteLabel';

/** Occurrences of short words that are looked at on each side of the old place. */
const MAX_OCCURRENCES = 200;
/** How many labels are looked for one by one before the text is indexed. */
const FEW = 8;
/** Code units of context that must agree on one side of the place where it should be. */
export const LIKELY = 6;
/** Code units of context that must agree on both sides of another place, if not on each `LIKELY`. */
const CERTAIN = 24;

/** How many code units of the end of `before` stand in `text` right before `at`. */
function sharedTail(text: string, at: number, before: string): number {
  let n = 0; // beyond an end is NaN, which equals nothing
  while (text.charCodeAt(at - 1 - n) === before.charCodeAt(before.length - 1 - n)) n++;
  return n;
}

/** How many code units of the beginning of `after` stand in `text` from `at` on. */
function sharedHead(text: string, at: number, after: string): number {
  let n = 0;
  while (text.charCodeAt(at + n) === after.charCodeAt(n)) n++;
  return n;
}

/** A place of a label's words, and how much of what stood around them stands there. */
export interface Fit {
  readonly start: number;
  /** Code units of context that agree, before and after. */
  readonly agreement: number;
  /** Enough context for the place where it should be. */
  readonly likely: boolean;
  /** Enough context for any place. */
  readonly certain: boolean;
}

export function fitAt(label: Label, text: string, start: number): Fit {
  const before = sharedTail(text, start, label.before);
  const after = sharedHead(text, start + label.quote.length, label.after);
  const all = before === label.before.length && after === label.after.length;
  const likely = all || before >= LIKELY || after >= LIKELY;
  const certain = all || (before >= LIKELY && after >= LIKELY) || before + after >= CERTAIN;
  return { start, agreement: before + after, likely, certain };
}

/** The exact words of labels in a text: looked up one by one while they are few, and all at once if they are many. */
export class ExactWords {
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
