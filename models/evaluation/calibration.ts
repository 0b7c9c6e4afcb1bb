/** Predictions whose probability lies in one bin. */
export interface CalibrationBin {
  readonly count: number;
  /** Mean probability, in [0, 1]. */
  readonly confidence: number;
  /** Share that is right, in [0, 1]. */
  readonly accuracy: number;
}

/**
 * How well probabilities say how often predictions are right: predictions are put into bins of equal width by
 * their probability, ((m − 1) / M, m / M], and in each bin the mean probability is held against the share that is
 * right (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 2).
 */
export class Calibration {
  readonly #counts: Float64Array;
  readonly #probabilities: Float64Array;
  readonly #right: Float64Array;

  constructor(bins = 15) {
    this.#counts = new Float64Array(bins);
    this.#probabilities = new Float64Array(bins);
    this.#right = new Float64Array(bins);
  }

  /** @param probability in [0, 1] */
  add(probability: number, isRight: boolean): void {
    const bin = Math.max(0, Math.ceil(probability * this.#counts.length) - 1);
    this.#counts[bin]++;
    this.#probabilities[bin] += probability;
    if (isRight) this.#right[bin]++;
  }

  get count(): number {
    return this.#counts.reduce((a, b) => a + b);
  }

  /** Expected calibration error, in [0, 1]: the mean gap of the bins, each as heavy as it is full; 0 for nothing. */
  get error(): number {
    let gaps = 0;
    this.#counts.forEach((_, bin) => (gaps += Math.abs(this.#right[bin] - this.#probabilities[bin])));
    return gaps / Math.max(1, this.count);
  }

  /** All bins, the least probable first; an empty one is all zero. */
  bins(): CalibrationBin[] {
    return Array.from(this.#counts, (count, bin) => ({
      count,
      confidence: count && this.#probabilities[bin] / count,
      accuracy: count && this.#right[bin] / count,
    }));
  }
}
