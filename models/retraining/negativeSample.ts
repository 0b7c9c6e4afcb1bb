import type { Random } from '../random';
import { OUTSIDE, type TagSet } from '../tags/tagSet';
import type { HeadTarget } from './headTarget';
import { ruledOut } from './partialCrf';

/** Share of the words of which nothing is known that each epoch takes for words without a label. */
const share = 0.35;

/**
 * Takes some words of which nothing is known for words without a label, other ones in each epoch (negative sampling, Li
 * et al. 2021, “Empirical Analysis of Unlabeled Entity Problem in Named Entity Recognition”). Where labels are nearly
 * complete most of these guesses are right, and a wrong one is taken back in the next epoch.
 */
export class NegativeSample {
  /** Log weights as they are without guesses, [R·K] of each sentence. */
  readonly #weights: readonly (Float64Array | null)[];

  /** @param targets whose weights are overwritten at each draw */
  constructor(
    readonly targets: readonly HeadTarget[],
    readonly tagSet: TagSet,
  ) {
    this.#weights = targets.map(({ weights }) => weights?.slice() ?? null);
  }

  draw(random: Random): void {
    const { size } = this.tagSet;
    const outside = this.tagSet.indexOf(OUTSIDE);
    this.targets.forEach(({ weights, open }, index) => {
      const before = this.#weights[index];
      if (!weights || !before) return;
      weights.set(before);
      open.forEach((isOpen, row) => {
        if (!isOpen || random.uniform() >= share) return;
        weights.fill(ruledOut, row * size, (row + 1) * size);
        weights[row * size + outside] = 0;
      });
    });
  }
}
