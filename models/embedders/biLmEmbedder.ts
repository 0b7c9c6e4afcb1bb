import { tf } from '../backend';
import { type BiLm, twice, wordBatch } from '../nn/biLm';
import type { LstmState } from '../nn/lstmPasses';
import { biLmId } from './biLmId';
import type { Embedder } from './embedder';

/** Word vectors that are kept: 50,000 of 128 numbers are 26 MB. */
const cacheSize = 50_000;

/**
 * Embeds with a frozen biLM whose state starts anew in every sentence. A word's own vector does not depend on its
 * sentence, so those of frequent words are kept: the character CNN would be a third of the work.
 */
export class BiLmEmbedder implements Embedder {
  /** In the order of their last use, the oldest first. */
  readonly #vectors = new Map<string, Float32Array>();
  #id: string | undefined;

  /** Takes over the biLM. */
  constructor(readonly biLm: BiLm) {}

  /** Computed when it is first asked for, from the weights as they are then. */
  get id(): string {
    const weights = new Map(this.biLm.variables());
    this.#id ??= biLmId({
      options: this.biLm.options,
      read: (name) => weights.get(name)!.dataSync<'float32'>(),
    });
    return this.#id;
  }

  get layers(): number {
    return this.biLm.layers.length + 1;
  }

  get size(): number {
    return 2 * this.biLm.projection;
  }

  embed(sentences: readonly (readonly string[])[]): tf.Tensor3D[] {
    return tf.tidy(() => {
      const { embedded, lengths } = this.#wordVectors(sentences);
      return this.biLm.representations(embedded, lengths).layers;
    });
  }

  /**
   * The lower layers with the vectors of the marks around each sentence, from which `BiLm.complete` goes on.
   * @param count how many layers, from layer 0 up
   * @returns tensors [T+2, B, size], owned by the caller
   */
  marked(sentences: readonly (readonly string[])[], count = this.layers): tf.Tensor3D[] {
    return tf.tidy(() => {
      const { embedded, lengths } = this.#wordVectors(sentences);
      return this.biLm.complete([twice(embedded)], lengths, { count }).layers;
    });
  }

  /** The states before the first of some sentences, for `embedFrom`; owned by the caller. */
  zeroStates(sentences: number): LstmState[] {
    return this.biLm.layers.map((layer) => layer.zeroState(sentences));
  }

  /**
   * As `embed`, of sentences of equal length, from given states.
   * @returns the layers, and the states after the last mark of each direction; all owned by the caller
   */
  embedFrom(
    sentences: readonly (readonly string[])[],
    states: readonly LstmState[],
  ): { layers: tf.Tensor3D[]; states: LstmState[] } {
    return tf.tidy(() => {
      const { embedded, lengths } = this.#wordVectors(sentences);
      const last = this.biLm.representations(embedded, lengths, states);
      return { layers: last.layers, states: last.states.map(({ cell, output }) => ({ cell, output })) };
    });
  }

  /** [T, B, P], marks included. */
  #wordVectors(sentences: readonly (readonly string[])[]): {
    embedded: tf.Tensor3D;
    lengths: readonly number[];
  } {
    const words = wordBatch(sentences, this.biLm.options.char_cnn.max_characters_per_token);
    const vectors = this.#lookUp(words.words);
    const p = this.biLm.projection;
    const values = new Float32Array(words.places.length * p);
    words.places.forEach((word, place) => values.set(vectors[word], place * p));
    return { embedded: tf.tensor3d(values, [words.steps, sentences.length, p]), lengths: words.lengths };
  }

  #lookUp(words: readonly Uint16Array[]): Float32Array[] {
    const keys = words.map((ids) => String.fromCharCode(...ids));
    const missing = keys.flatMap((key, k) => (this.#vectors.has(key) ? [] : [k]));
    if (missing.length > 0) {
      const computed = this.biLm.encoder.call(missing.map((k) => words[k])); // [U, P]
      const values = computed.dataSync<'float32'>();
      computed.dispose();
      const p = this.biLm.projection;
      missing.forEach((k, row) => this.#vectors.set(keys[k], values.slice(row * p, (row + 1) * p)));
    }
    const found = keys.map((key) => {
      const vector = this.#vectors.get(key)!;
      this.#vectors.delete(key);
      this.#vectors.set(key, vector);
      return vector;
    });
    for (const oldest of this.#vectors.keys()) {
      if (this.#vectors.size <= cacheSize) break;
      this.#vectors.delete(oldest);
    }
    return found;
  }

  dispose(): void {
    this.biLm.dispose();
    this.#vectors.clear();
  }
}
