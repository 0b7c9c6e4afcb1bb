import type { Span } from '../text/span';
import type { Anchor, Deletion } from './anchor';
import { findingAgain } from './findAgain';
import type { Label } from './label';

/** A label whose words came back, or whose place was found in a text that replaced its own. */
export interface Recovery {
  readonly anchor: Anchor;
  readonly start: number;
  readonly end: number;
  readonly review?: 'changed';
}

/** A label whose words are gone, at the place where they went. */
export interface LostAnchor {
  readonly anchor: Anchor;
  readonly start: number;
  readonly gone: Deletion;
}

/** How much text may be inserted around words that count as typed again, in code units. */
const TYPED = 1000;

/**
 * Finds the lost labels that an edit brings back: their words typed again at their place, the text that went with
 * them pasted anywhere, or found again where new text took the place of theirs.
 */
export class Recoveries {
  readonly #inserted: readonly Span[];
  readonly #text: string;
  /** By block, where it was found in what was inserted: once, however many labels it took along. */
  readonly #blocks = new Map<string, number | undefined>();
  readonly #longest: number;

  /**
   * @param inserted where the new texts of the edit stand, in their order
   * @param text after the edit
   */
  constructor(inserted: readonly Span[], text: string) {
    this.#inserted = inserted;
    this.#text = text;
    this.#longest = inserted.reduce((longest, { start, end }) => Math.max(longest, end - start), 0);
  }

  /** True if it is worth looking for a lost label; quick, for there may be thousands of them. */
  concerns({ gone, quote, start }: Anchor): boolean {
    if (this.#longest === 0) return false;
    if (gone !== undefined && gone.offset >= 0 && gone.block.length <= this.#longest) return true;
    return this.#near(start, quote.length) !== undefined;
  }

  /**
   * The labels whose words are there, and those whose text was replaced as a whole: for `replacing`.
   * @param justLost those of `lost` that the edit itself deleted
   */
  find(
    lost: readonly Anchor[],
    justLost: ReadonlySet<Anchor>,
  ): { readonly recoveries: readonly Recovery[]; readonly replaced: readonly Anchor[] } {
    const recoveries: Recovery[] = [];
    const replaced: Anchor[] = [];
    for (const anchor of lost) {
      const pasted = this.#pasted(anchor);
      if (pasted !== undefined) {
        const length = anchor.gone?.words.quote.length ?? 0;
        const { review } = anchor.gone ?? {};
        recoveries.push({ anchor, start: pasted, end: pasted + length, ...(review && { review }) });
      } else if (justLost.has(anchor)) replaced.push(anchor);
      else {
        const typed = this.#typed(anchor);
        if (typed !== undefined) recoveries.push({ anchor, start: typed, end: typed + anchor.quote.length });
      }
    }
    return { recoveries, replaced };
  }

  /** The first inserted span that comes within `reach` of `at`. */
  #near(at: number, reach: number): Span | undefined {
    let [low, high] = [0, this.#inserted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#inserted[middle].end >= at - reach) high = middle;
      else low = middle + 1;
    }
    const span = this.#inserted.at(low);
    return span !== undefined && span.start <= at + reach ? span : undefined;
  }

  /** The place of the words of a label in a block that came back; white space around the block may differ. */
  #pasted({ gone }: Anchor): number | undefined {
    if (gone === undefined || gone.offset < 0 || gone.block.length > this.#longest) return undefined;
    if (!this.#blocks.has(gone.block)) this.#blocks.set(gone.block, this.#placeOf(gone.block));
    const at = this.#blocks.get(gone.block);
    return at === undefined ? undefined : at + gone.offset;
  }

  #placeOf(block: string): number | undefined {
    for (const { start, end } of this.#inserted) {
      const piece = this.#text.slice(start, end);
      for (let at = piece.indexOf(block); at >= 0; at = piece.indexOf(block, at + 1))
        if (standsAlone(this.#text, start + at, start + at + block.length)) return start + at;
    }
    return undefined;
  }

  /** The place of a label's words where they have been typed again, at once or letter by letter. */
  #typed({ start: at, quote }: Anchor): number | undefined {
    const here = this.#near(at, quote.length);
    if (here === undefined) return undefined;
    if (this.#text.startsWith(quote, at)) return at;
    if (this.#text.endsWith(quote, at)) return at - quote.length;
    if (here.end - here.start > TYPED + quote.length) return undefined;
    const within = this.#text.slice(here.start, here.end).indexOf(quote);
    return within < 0 ? undefined : here.start + within;
  }

  /** Labels whose text was replaced as a whole, as formatters and reloads do; in steps, for they may be many. */
  *replacing(lost: readonly LostAnchor[]): Generator<void, Recovery[]> {
    const labels: Label[] = [];
    for (const { anchor, start: at, gone } of lost) {
      const { review: _, ...rest } = anchor.label;
      // All of them are lost at the beginning of what was replaced; where they stood in it tells them apart.
      const start = at + Math.max(0, gone.offset);
      labels.push({ ...rest, ...gone.words, start, end: start + gone.words.quote.length });
      if (labels.length % 500 === 0) yield;
    }
    const found = yield* findingAgain(labels, this.#text);
    return found.flatMap(({ label, status }, i): Recovery[] => {
      const { start, end } = label;
      const within = this.#near(start, 0);
      const isInserted = within !== undefined && within.start <= start && end <= within.end;
      if (status === 'lost' || !isInserted) return [];
      const { anchor, gone } = lost[i];
      const review = status === 'changed' ? status : gone.review;
      return [{ anchor, start, end, ...(review && { review }) }];
    });
  }
}

/** True if no word goes on across a border of [start, end). */
function standsAlone(text: string, start: number, end: number): boolean {
  return !isWithinWord(text, start) && !isWithinWord(text, end);
}

function isWithinWord(text: string, at: number): boolean {
  return /^[\p{L}\p{M}\p{N}]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
}
