import type { Span } from '../text/span';

/** Spans to look up by the text they share with another. */
export class SortedSpans<T extends Span> {
  readonly #spans: readonly T[];
  readonly #widest: number;

  constructor(spans: readonly T[]) {
    this.#spans = [...spans].sort((a, b) => a.start - b.start);
    this.#widest = spans.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  }

  /** Those that share text with a span, in order. */
  touching({ start, end }: Span): T[] {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle].start + this.#widest <= start) low = middle + 1;
      else high = middle;
    }
    const found: T[] = [];
    for (let k = low; k < this.#spans.length && this.#spans[k].start < end; k++)
      if (this.#spans[k].end > start) found.push(this.#spans[k]);
    return found;
  }
}
