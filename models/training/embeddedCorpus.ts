import { setImmediate } from 'node:timers/promises';
import { tf } from '../backend';
import type { Embedder } from '../embedders/embedder';
import { batchesByLength } from '../taggers/lengthBatches';

/**
 * The embedder's vectors of a training corpus, computed once: the biLM is frozen, so they never change.
 * Held outside TensorFlow.js; 100,000 words of three layers of 256 numbers are 310 MB.
 */
export class EmbeddedCorpus {
  /** For each sentence [L+1, T, D], flat. */
  readonly #vectors: Float32Array[] = [];

  private constructor(
    readonly sentences: readonly (readonly string[])[],
    readonly layers: number,
    readonly size: number,
  ) {}

  /** Embeds some sentences; yields the share of the words that are done. */
  static async *of(
    sentences: readonly (readonly string[])[],
    embedder: Embedder,
  ): AsyncGenerator<number, EmbeddedCorpus> {
    const corpus = new EmbeddedCorpus(sentences, embedder.layers, embedder.size);
    const lengths = sentences.map((forms) => forms.length);
    const words = lengths.reduce((a, b) => a + b, 0);
    let done = 0;
    for (const batch of batchesByLength(lengths, 2048)) {
      const stacked = tf.tidy(() => tf.stack(embedder.embed(batch.map((index) => sentences[index])))); // [L+1, T, B, D]
      const values = await stacked.data<'float32'>();
      stacked.dispose();
      const steps = Math.max(...batch.map((index) => lengths[index]));
      batch.forEach((index, b) => {
        corpus.#vectors[index] = corpus.#extract(values, b, batch.length, steps, lengths[index]);
        done += lengths[index];
      });
      yield done / words;
      await setImmediate();
    }
    return corpus;
  }

  #extract(values: Float32Array, b: number, sentences: number, steps: number, tokens: number): Float32Array {
    const { layers, size } = this;
    const own = new Float32Array(layers * tokens * size);
    for (let layer = 0; layer < layers; layer++)
      for (let t = 0; t < tokens; t++) {
        const from = ((layer * steps + t) * sentences + b) * size;
        own.set(values.subarray(from, from + size), (layer * tokens + t) * size);
      }
    return own;
  }

  /** The vectors of some sentences as a batch: L+1 tensors [T, B, D], zero after the end of a sentence. */
  batch(indices: readonly number[]): tf.Tensor3D[] {
    const { layers, size } = this;
    const lengths = indices.map((index) => this.sentences[index].length);
    const steps = Math.max(...lengths);
    return Array.from({ length: layers }, (_, layer) => {
      const values = new Float32Array(steps * indices.length * size);
      indices.forEach((index, b) => {
        const own = this.#vectors[index];
        for (let t = 0; t < lengths[b]; t++) {
          const from = (layer * lengths[b] + t) * size;
          values.set(own.subarray(from, from + size), (t * indices.length + b) * size);
        }
      });
      return tf.tensor3d(values, [steps, indices.length, size]); // [T, B, D]
    });
  }
}
