import type { Label, ReviewReason } from './label';
import { type Quote, quoteAt } from './quoteLabel';
import { shiftSpan } from './shiftSpan';
import type { AppliedChange } from './textChange';

/** How the words of a label went. */
export interface Deletion {
  /** The text that was deleted with them, without white space around it. */
  readonly block: string;
  /** Where in the block they stood; negative where they reach out of it. */
  readonly offset: number;
  /** What they were, and what stood around them. */
  readonly words: Quote;
}

/** Where an anchor stands and what it knows of its words; immutable, so that it can be kept and put back. */
export interface AnchorState extends Quote, Pick<Label, 'start' | 'end' | 'review'> {
  readonly gone?: Deletion;
}

/** A label that follows edits. */
export class Anchor {
  #label: Label;
  #state: AnchorState;
  #start: number;
  #end: number;

  constructor(label: Label) {
    this.#label = label;
    const { start, end, quote, before, after, review } = label;
    this.#state = { start, end, quote, before, after, review };
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
    return this.#state.review;
  }

  get gone(): Deletion | undefined {
    return this.#state.gone;
  }

  get quote(): string {
    return this.#state.quote;
  }

  /** The label at its present place. */
  get label(): Label {
    const { review, quote, before, after } = this.#state;
    const was = this.#label;
    if (was.start === this.#start && was.end === this.#end && was.review === review) return was;
    const { review: _, ...rest } = was;
    const place = { start: this.#start, end: this.#end, quote, before, after };
    this.#label = review === undefined ? { ...rest, ...place } : { ...rest, ...place, review };
    return this.#label;
  }

  /** Takes over another version of the label, without forgetting how its words went. */
  relabel(label: Label): void {
    const { start, end, quote, before, after, review } = label;
    this.#label = label;
    this.state = { ...this.#state, start, end, quote, before, after, review };
  }

  get state(): AnchorState {
    return { ...this.#state, start: this.#start, end: this.#end };
  }

  set state(state: AnchorState) {
    this.#state = state;
    this.#start = state.start;
    this.#end = state.end;
  }

  /** Follows a change that stands beside it, touching it or not. */
  pass({ start, end, newText }: AppliedChange): void {
    if (end > this.#start || (end === this.#start && start === end && this.#start === this.#end)) return;
    this.#start += newText.length - (end - start);
    this.#end += newText.length - (end - start);
  }

  /** Follows any change of `text`, the text before it. */
  follow(change: AppliedChange, text: string): void {
    const { start, end, fate } = shiftSpan({ start: this.#start, end: this.#end }, change);
    if (this.#end > this.#start && fate === 'gone') {
      const words = quoteAt(text, this.#start, this.#end);
      const block = change.removed.trim();
      const offset = this.#start - change.start - change.removed.indexOf(block);
      const gone = { block, offset: offset + words.quote.length > block.length ? -1 : offset, words };
      this.#state = { ...this.#state, review: 'lost', gone };
    } else if (fate === 'replaced') {
      this.#state = { ...this.#state, review: 'changed' };
    }
    this.#start = start;
    this.#end = end;
  }

  /** Puts it on [start, end), for certain or for a person to look at. */
  settle(start: number, end: number, review?: 'changed'): void {
    this.state = { ...this.#state, start, end, review, gone: undefined };
  }
}
