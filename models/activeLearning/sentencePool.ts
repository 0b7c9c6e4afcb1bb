/** Mean vectors of sentences, made comparable by cosine: what is common to all of them is taken away. */
export class SentencePool {
  readonly #vectors: readonly Float32Array[];
  readonly #densities: Float64Array;

  /** @param vectors mean vector of each sentence, all of the same size */
  constructor(vectors: readonly Float32Array[]) {
    const units = vectors.map((vector) => unit(vector));
    const mean = meanOf(units);
    // The mean of the cosines to all is the cosine to the mean of all, by its length.
    this.#densities = Float64Array.from(units, (vector) => Math.max(0, dot(vector, mean)));
    this.#vectors = units.map((vector) => unit(vector.map((value, k) => value - mean[k])));
  }

  /**
   * How common sentences like this one are: its mean cosine to all sentences (information density, Settles and
   * Craven 2008, section 3.4), in [0, 1].
   */
  densityOf(index: number): number {
    return this.#densities[index];
  }

  /**
   * How alike two sentences are, in [-1, 1]. The vectors of a biLM all point in about the same direction
   * (Ethayarajh 2019), so this is the cosine of what they have beside the mean.
   */
  likeness(a: number, b: number): number {
    return dot(this.#vectors[a], this.#vectors[b]);
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let k = 0; k < mean.length; k++) mean[k] += vector[k] / vectors.length;
  return mean;
}
