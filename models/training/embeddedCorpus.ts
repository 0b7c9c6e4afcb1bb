import { setImmediate } from 'node:timers/promises';
import { tf } from '../backend';
import type { Embedder } from '../embedders/embedder';
import type { TunedEmbedder } from '../embedders/tunedEmbedder';
import { batchesByLength } from '../taggers/lengthBatches';

/** What is computed once of an embedder: all of a frozen one; of a tuned one the layers below the tuned parts. */
interface FrozenPart {
  readonly layers: number;
  readonly size: number;
  /** Marks around each sentence whose vectors are kept, too. */
  readonly marks: number;
  embed(sentences: readonly (readonly string[])[]): tf.Tensor3D[];
}

function frozenPart(embedder: Embedder | TunedEmbedder): FrozenPart {
  if (!('frozenLayers' in embedder))
    return {
      layers: embedder.layers,
      size: embedder.size,
      marks: 0,
      embed: (sentences) => embedder.embed(sentences),
    };
  const { base, frozenLayers, size } = embedder;
  return {
    layers: frozenLayers,
    size,
    marks: 2,
    embed: (sentences) => base.marked(sentences, frozenLayers),
  };
}

/**
 * The embedder's vectors of a training corpus as far as they never change, computed once. Held outside
 * TensorFlow.js; 100,000 words of three layers of 256 numbers are 310 MB.
 */
export class EmbeddedCorpus {
  /** For each sentence [layers, T, D], flat; T counts the marks that are kept. */
  readonly #vectors: Float32Array[] = [];
  readonly #embedder: Embedder | TunedEmbedder;
  readonly #frozen: FrozenPart;
  readonly #tuned: TunedEmbedder | null;

  private constructor(
    readonly sentences: readonly (readonly string[])[],
    embedder: Embedder | TunedEmbedder,
  ) {
    this.#embedder = embedder;
    this.#frozen = frozenPart(embedder);
    this.#tuned = 'frozenLayers' in embedder ? embedder : null;
  }

  /**
   * Embeds some sentences; yields the share of the words that are done.
   * @param known vectors of some of them that are known already, as `vectors` gives them
   */
  static async *of(
    sentences: readonly (readonly string[])[],
    embedder: Embedder | TunedEmbedder,
    known: readonly (Float32Array | undefined)[] = [],
  ): AsyncGenerator<number, EmbeddedCorpus> {
    const corpus = new EmbeddedCorpus(sentences, embedder);
    const frozen = corpus.#frozen;
    if (frozen.layers === 0) return corpus;
    known.forEach((vectors, index) => {
      if (vectors) corpus.#vectors[index] = vectors;
    });
    const lengths = sentences.map((forms, index) =>
      forms.length > 0 && !known[index] ? forms.length + frozen.marks : 0,
    );
    const words = lengths.reduce((a, b) => a + b, 0);
    let done = 0;
    for (const batch of batchesByLength(lengths, 2048)) {
      const stacked = tf.tidy(() => tf.stack(frozen.embed(batch.map((index) => sentences[index])))); // [layers, T, B, D]
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

  /** Some of the sentences, in the order of `indices`; the vectors are shared. */
  subset(indices: readonly number[]): EmbeddedCorpus {
    const part = new EmbeddedCorpus(
      indices.map((index) => this.sentences[index]),
      this.#embedder,
    );
    for (const index of indices) part.#vectors.push(this.#vectors[index]);
    return part;
  }

  /** Mean over the words of a sentence of the mean of its layers; zero for a sentence without words. */
  meanVector(index: number): Float32Array {
    const { size, marks } = this.#frozen;
    const mean = new Float32Array(size);
    const own = this.#vectors[index] ?? mean;
    const rows = own.length / size;
    if (marks > 0) throw new Error('the vectors of a tuned embedder are not final');
    for (let at = 0; at < own.length; at++) mean[at % size] += own[at] / rows;
    return mean;
  }

  #extract(values: Float32Array, b: number, sentences: number, steps: number, tokens: number): Float32Array {
    const { layers, size } = this.#frozen;
    const own = new Float32Array(layers * tokens * size);
    for (let layer = 0; layer < layers; layer++)
      for (let t = 0; t < tokens; t++) {
        const from = ((layer * steps + t) * sentences + b) * size;
        own.set(values.subarray(from, from + size), (layer * tokens + t) * size);
      }
    return own;
  }

  /** The vectors of one sentence, [layers, T, D] flat; undefined for a sentence without words. */
  vectors(index: number): Float32Array | undefined {
    return this.#vectors[index];
  }

  /** What never changes of some sentences, for `complete`: tensors [T, B, D], zero after the end of a sentence. */
  batch(indices: readonly number[]): tf.Tensor3D[] {
    const { layers, size, marks } = this.#frozen;
    const lengths = indices.map((index) => this.sentences[index].length + marks);
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

  /**
   * The vectors of some sentences as they now are; gradients flow into what is tuned.
   * @param batch as `batch` gives it
   * @returns L+1 tensors [T, B, D], those of the batch itself where nothing is tuned
   */
  complete(batch: tf.Tensor3D[], indices: readonly number[]): tf.Tensor3D[] {
    if (!this.#tuned) return batch;
    return this.#tuned.complete(
      batch,
      indices.map((index) => this.sentences[index]),
    );
  }
}
