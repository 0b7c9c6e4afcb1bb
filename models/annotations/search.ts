import type { Span } from '../text/span';
import type { Anchor, Deletion } from './anchor';
import type { ChangeBatch } from './changeBatch';
import type { Recoveries } from './recoveries';

/** Labels whose text was replaced, while they are looked for in the new one: they may be thousands. */
export class Search {
  /** How many labels are looked for. */
  readonly size: number;
  readonly #recoveries: Recoveries;
  /** How their words went: one that has come back since, or was lost anew, is left alone. */
  readonly #gone: ReadonlyMap<Anchor, Deletion | undefined>;
  /** What the text went through since. */
  readonly #since: ChangeBatch[] = [];

  constructor(anchors: readonly Anchor[], recoveries: Recoveries) {
    this.size = anchors.length;
    this.#recoveries = recoveries;
    this.#gone = new Map(anchors.map((anchor) => [anchor, anchor.gone]));
  }

  /** Follows an edit of the text: what is found is brought through it. */
  follow(batches: readonly ChangeBatch[]): void {
    this.#since.push(...batches);
  }

  /** Looks for the labels, in steps, and puts those that it finds on their places. */
  *steps(): Generator<void, void> {
    const found = yield* this.#recoveries.replacing([...this.#gone.keys()]);
    for (const { anchor, review, ...place } of found) {
      if (!anchor.isLost || anchor.gone !== this.#gone.get(anchor)) continue;
      const { start, end } = this.#since.reduce<Span>((span, batch) => batch.follow(span), place);
      if (end > start) anchor.settle(start, end, review);
    }
  }
}
