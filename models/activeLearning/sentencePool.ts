/** Mean vectors of sentences: how common each is among all, and how alike two are. */
export class SentencePool {
  readonly #vectors: readonly Float32Array[];
  readonly #lengths: Float64Array;
  /** Mean of the vectors, each of length 1. */
  readonly #mean: Float64Array;
  /** Vectors without what is common to all, of length 1; made when first compared. */
  readonly #centred = new Map<number, Float32Array>();

  private constructor(vectors: readonly Float32Array[], lengths: Float64Array, mean: Float64Array) {
    this.#vectors = vectors;
    this.#lengths = lengths;
    this.#mean = mean;
  }

  /**
   * Makes a pool, a sentence at each step.
   * @param vectors mean vector of each sentence, all of the same size
   */
  static *of(vectors: readonly Float32Array[]): Generator<void, SentencePool> {
    const lengths = new Float64Array(vectors.length);
    const mean = new Float64Array(vectors[0]?.length ?? 0);
    for (const [i, vector] of vectors.entries()) {
      lengths[i] = Math.sqrt(dot(vector, vector)) || 1;
      addTo(mean, vector, 1 / lengths[i] / vectors.length);
      yield;
    }
    return new SentencePool(vectors, lengths, mean);
  }

  /**
   * How common sentences like this one are: its mean cosine to all sentences (information density, Settles and
   * Craven 2008, section 3.4), in [0, 1]. The mean of the cosines is the product with the mean of all.
   */
  densityOf(index: number): number {
    return Math.max(0, dot(this.#vectors[index], this.#mean) / this.#lengths[index]);
  }

  /**
   * How alike two sentences are, in [-1, 1]. The vectors of a biLM all point in about the same direction
   * (Ethayarajh 2019), so this is the cosine of what they have beside the mean.
   */
  likeness(a: number, b: number): number {
    return dot(this.#centredVector(a), this.#centredVector(b));
  }

  #centredVector(index: number): Float32Array {
    const known = this.#centred.get(index);
    if (known !== undefined) return known;
    const centred = new Float32Array(this.#mean.length);
    addTo(centred, this.#vectors[index], 1 / this.#lengths[index]);
    addTo(centred, this.#mean, -1);
    const length = Math.sqrt(dot(centred, centred)) || 1;
    for (let k = 0; k < centred.length; k++) centred[k] /= length;
    this.#centred.set(index, centred);
    return centred;
  }
}

type Numbers = Float32Array | Float64Array;

function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function addTo(sum: Numbers, vector: Numbers, factor: number): void {
  for (let k = 0; k < sum.length; k++) sum[k] += factor * vector[k];
}
