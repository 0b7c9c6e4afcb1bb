import type { Span } from '../text/span';
import type { Anchor } from './anchor';
import type { ChangeBatch } from './changeBatch';
import type { LostAnchor, Recoveries } from './recoveries';

/** Labels whose text was replaced, while they are looked for in the new one: they may be thousands. */
export class Search {
  /** How many labels are looked for. */
  readonly size: number;
  readonly #recoveries: Recoveries;
  /** How their words went: one that has come back since, or was lost anew, is left alone. */
  readonly #lost: ReadonlyMap<Anchor, LostAnchor>;
  /** What the text went through since. */
  readonly #since: ChangeBatch[] = [];

  constructor(anchors: readonly Anchor[], recoveries: Recoveries) {
    this.size = anchors.length;
    this.#recoveries = recoveries;
    const lost = new Map<Anchor, LostAnchor>();
    for (const anchor of anchors) {
      const { start, gone } = anchor;
      if (gone !== undefined) lost.set(anchor, { anchor, start, gone });
    }
    this.#lost = lost;
  }

  /** Follows an edit of the text: what is found is brought through it. */
  follow(batches: readonly ChangeBatch[]): void {
    this.#since.push(...batches);
  }

  /** Looks for the labels, in steps, and puts those that it finds on their places. */
  *steps(): Generator<void, void> {
    const found = yield* this.#recoveries.replacing([...this.#lost.values()]);
    for (const { anchor, review, ...place } of found) {
      if (!anchor.isLost || anchor.gone !== this.#lost.get(anchor)?.gone) continue;
      const { start, end } = this.#since.reduce<Span>((span, batch) => batch.follow(span), place);
      if (end > start) anchor.settle(start, end, review);
    }
  }
}
