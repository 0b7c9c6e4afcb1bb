/** The size of a batch as the tagger sees it. */
export interface BatchShape {
  /** Words of its longest sentence: so many steps a recurrent network takes, one after the other. */
  readonly longest: number;
  /** Sentences times `longest`. */
  readonly places: number;
}

/** How much one more batch lessens the weight of those before. */
const DECAY = 0.95;

/**
 * What batches cost: milliseconds ≈ step · longest + place · places, by least squares over the last batches.
 * The share of steps is large where single operations are dear (native) and small where arithmetic is (wasm).
 */
export class BatchCost {
  // Sums of the normal equations. They begin with what a laptop took, so that the first batches are sound.
  #ll = 0;
  #lp = 0;
  #pp = 0;
  #lt = 0;
  #pt = 0;

  /** @param target milliseconds that a batch should take */
  constructor(readonly target: number) {
    this.observe({ longest: 20, places: 20 }, 45);
    this.observe({ longest: 20, places: 320 }, 80);
  }

  /** Takes in that a batch took `milliseconds`. */
  observe({ longest, places }: BatchShape, milliseconds: number): void {
    // Every batch counts by its relative error: a batch of hundreds of words must not outweigh all small ones.
    const weight = 1 / Math.max(1, milliseconds) ** 2;
    this.#ll = DECAY * this.#ll + weight * longest * longest;
    this.#lp = DECAY * this.#lp + weight * longest * places;
    this.#pp = DECAY * this.#pp + weight * places * places;
    this.#lt = DECAY * this.#lt + weight * longest * milliseconds;
    this.#pt = DECAY * this.#pt + weight * places * milliseconds;
  }

  /**
   * True while a batch of this shape takes no longer than the target, or while more than half of its time goes
   * into its steps: there smaller batches would take hardly less time and tag far fewer words.
   * @param isUrgent something else may come soon that must not wait: half of the target, whatever the waste
   */
  allows({ longest, places }: BatchShape, isUrgent = false): boolean {
    const { step, place } = this.#rates();
    const steps = step * longest;
    const rest = place * places;
    return isUrgent ? steps + rest <= this.target / 2 : steps + rest <= this.target || rest <= steps;
  }

  #rates(): { step: number; place: number } {
    const determinant = this.#ll * this.#pp - this.#lp * this.#lp;
    const onePlace = Math.max(0, this.#pt / this.#pp);
    // Batches that were all alike do not tell the two apart.
    if (determinant < 1e-6 * this.#ll * this.#pp) return { step: 0, place: onePlace };
    const step = (this.#lt * this.#pp - this.#pt * this.#lp) / determinant;
    const place = (this.#ll * this.#pt - this.#lp * this.#lt) / determinant;
    if (step < 0) return { step: 0, place: onePlace };
    return { step, place: Math.max(place, onePlace / 100) };
  }
}
