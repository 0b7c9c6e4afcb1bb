import type { Span } from '../text/span';
import type { ChangeBatch, RemovedBlock } from './changeBatch';
import type { Label, ReviewReason } from './label';
import type { Sliceable } from './patchedText';
import { CONTEXT, type Quote, quoteAt, quoteIn } from './quoteLabel';
import { shiftSpan } from './shiftSpan';

/** How the words of a label went. */
export interface Deletion {
  /** The text that was deleted with them, without white space around it. */
  readonly block: string;
  /** Where in the block they stood; negative where they reach out of it. */
  readonly offset: number;
  /** What they were, and what stood around them. */
  readonly words: Quote;
  /** Set where they waited for review even then. */
  readonly review?: 'changed';
}

/** What an anchor knows of its words, beside where they stand. */
interface Words extends Quote, Pick<Label, 'review'> {
  readonly gone?: Deletion;
}

/** Where an anchor stands and what it knows of its words; immutable, so that it can be kept and put back. */
export interface AnchorState {
  readonly start: number;
  readonly end: number;
  readonly words: Words;
}

/** What an edit has done to an anchor so far: where it stood before, and how much went and came within it. */
export interface Trace extends Span {
  readonly text: Sliceable;
  taken: number;
  given: number;
}

/** What changes did to an anchor: passed beside it, touched it, or cut off its end. */
export type AnchorFate = 'passed' | 'touched' | 'cut';

/** A label at the place where a person put it. It follows edits; it has no width only where it is lost. */
export class Anchor {
  #label: Label;
  #words: Words;
  #start: number;
  #end: number;

  /** @param since the time of `TextHistory` when it was put there */
  constructor(
    label: Label,
    readonly since: number,
  ) {
    this.#label = label;
    const { start, end, quote, before, after, review } = label;
    this.#words = { quote, before, after, review };
    this.#start = start;
    this.#end = end;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get review(): ReviewReason | undefined {
    return this.#words.review;
  }

  get gone(): Deletion | undefined {
    return this.#words.gone;
  }

  get quote(): string {
    return this.#words.quote;
  }

  get isLost(): boolean {
    return this.#start === this.#end;
  }

  /** The label at its present place. */
  get label(): Label {
    const { review, quote, before, after } = this.#words;
    const was = this.#label;
    if (
      was.start === this.#start &&
      was.end === this.#end &&
      was.review === review &&
      was.quote === quote &&
      was.before === before &&
      was.after === after
    )
      return was;
    const place = { start: this.#start, end: this.#end, quote, before, after };
    if (was.review === review) return (this.#label = { ...was, ...place });
    const { review: _, ...rest } = was;
    this.#label = review === undefined ? { ...rest, ...place } : { ...rest, ...place, review };
    return this.#label;
  }

  /** Takes over another version of the label, without forgetting how its words went. */
  relabel(label: Label): void {
    const { start, end, quote, before, after, review } = label;
    this.#label = label;
    this.state = { start, end, words: { ...this.#words, quote, before, after, review } };
  }

  get state(): AnchorState {
    return { start: this.#start, end: this.#end, words: this.#words };
  }

  set state({ start, end, words }: AnchorState) {
    this.#words = words;
    this.#start = start;
    this.#end = end;
  }

  /**
   * Follows the edit that leads from one text to another.
   * @param texts before each of its batches
   * @param mends true if letters typed right at its end belong to it
   * @param traces what became of anchors so far, where several edits are done in one go
   */
  follow(
    batches: readonly ChangeBatch[],
    texts: readonly Sliceable[],
    mends: boolean,
    traces: Map<Anchor, Trace>,
  ): AnchorFate {
    const origin: Span = { start: this.#start, end: this.#end };
    let place = origin;
    let trace: Trace | undefined;
    let isMended = mends;
    for (const batch of batches) {
      const [from, to] = batch.touching(place.start, place.end);
      const shift = batch.shiftBefore(from);
      if (to > from) {
        trace ??= traces.get(this) ?? { ...origin, text: texts[0], taken: 0, given: 0 };
        traces.set(this, trace);
        let others = to;
        const last = batch.changes[to - 1];
        if (isMended && last.start === last.end && last.start === place.end && isLetters(last.newText)) {
          place = { start: place.start, end: place.end + last.newText.length };
          trace.given += last.newText.length;
          others--;
        } else isMended = last.start < place.end && last.end >= place.end;
        for (let i = others - 1; i >= from; i--) place = this.#step(place, batch, i, trace);
        isMended &&= place.end > place.start;
      }
      place = { start: place.start + shift, end: place.end + shift };
    }
    this.#start = place.start;
    this.#end = place.end;
    if (trace === undefined) return 'passed';
    if (this.isLost) return 'touched';
    if (trace.given > 0 && 2 * trace.taken > trace.end - trace.start)
      this.#words = { ...this.#words, review: 'changed' };
    return isMended ? 'cut' : 'touched';
  }

  #step(place: Span, batch: ChangeBatch, index: number, trace: Trace): Span {
    const change = batch.changes[index];
    const next = shiftSpan(place, change);
    const isWhole = trace.taken + trace.given === 0;
    const removed = Math.min(change.end, place.end) - Math.max(change.start, place.start);
    if (removed > 0) trace.taken += removed;
    const isWithin = change.start >= place.start && change.end <= place.end;
    if ((isWithin || removed > 0) && next.end > next.start) trace.given += change.newText.length;
    if (next.end === next.start && place.end > place.start)
      this.#lose(trace, place.start, isWhole ? batch.block(index) : undefined);
    return next;
  }

  /** Remembers how its words went: with a block of text, where they are at `at` still whole. */
  #lose({ start, end, text }: Trace, at: number, removed: RemovedBlock | undefined): void {
    const block = removed?.text ?? '';
    const within = at - (removed?.start ?? at);
    const isInside = within + end - start <= block.length;
    // The block is kept in any case, so that words from its middle need no copy.
    const isAmid = within > CONTEXT && within + end - start + CONTEXT < block.length;
    const words = isAmid ? quoteAt(block, within, within + end - start) : quoteIn(text, start, end);
    const { review } = this.#words;
    const gone: Deletion = {
      block,
      offset: isInside ? within : -1,
      words,
      ...(review === 'changed' ? { review } : {}),
    };
    this.#words = { ...this.#words, review: 'lost', gone };
  }

  /** Puts it on [start, end), for certain or for a person to look at. */
  settle(start: number, end: number, review?: 'changed'): void {
    this.state = { start, end, words: { ...this.#words, review, gone: undefined } };
  }
}

function isLetters(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}]+$/u.test(text);
}
