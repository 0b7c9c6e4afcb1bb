import { tf } from '../backend';
import { type BiLm, twice, withoutMarks, wordBatch } from '../nn/biLm';
import type { BiLmPart } from '../nn/biLmParts';
import { lookup } from '../nn/gather';
import { type NamedArray, type Weights } from '../nn/parameters';
import { roundTuned, tunedBiLm, tunedDeltas } from '../nn/tunedBiLm';
import { BiLmEmbedder } from './biLmEmbedder';

/**
 * A biLM some of whose parts were trained further for one head. What lies below them is the base's and computed
 * once for all heads, or for all epochs of a training.
 */
export class TunedEmbedder {
  readonly #biLm: BiLm;
  /** Keeps the vectors of frequent words where the tuned character CNN makes others than the base's. */
  #words: BiLmEmbedder | null = null;
  /** Layers of ELMo, from layer 0 up, that are the base's; 0 where the vectors of words are tuned. */
  readonly frozenLayers: number;

  /**
   * @param base stays the caller's, and must outlive this
   * @param parts of the base's biLM, at least one
   * @param deltas as of `tunedBiLm`
   */
  constructor(
    readonly base: BiLmEmbedder,
    readonly parts: readonly BiLmPart[],
    deltas?: Weights,
  ) {
    this.#biLm = tunedBiLm(base.biLm, parts, deltas);
    const lowest = Math.max(...parts.map(({ depth }) => depth));
    this.frozenLayers = Math.max(0, base.layers - 1 - lowest);
  }

  get layers(): number {
    return this.base.layers;
  }

  get size(): number {
    return this.base.size;
  }

  /** The tuned variables, by the names of the biLM's weights. */
  variables(): [string, tf.Variable][] {
    return this.#biLm.variables();
  }

  /**
   * @param lower the base's layers 0 … `frozenLayers` - 1 with marks, [T+2, B, size], as of `BiLmEmbedder.marked`
   * @returns L+1 tensors [T, B, size], owned by the caller; gradients flow into the tuned variables
   */
  complete(lower: readonly tf.Tensor3D[], sentences: readonly (readonly string[])[]): tf.Tensor3D[] {
    return tf.tidy(() => {
      const lengths = sentences.map((forms) => forms.length + 2);
      const from = this.frozenLayers > 0 ? lower : [twice(this.#wordVectors(sentences))];
      return withoutMarks(this.#biLm.complete(from, lengths).layers);
    });
  }

  /** [T+2, B, P] */
  #wordVectors(sentences: readonly (readonly string[])[]): tf.Tensor3D {
    const words = wordBatch(sentences, this.#biLm.options.char_cnn.max_characters_per_token);
    const distinct = this.#biLm.encoder.call(words.words); // [U, P]
    return tf.reshape(lookup(distinct, words.places), [words.steps, sentences.length, -1]); // [T+2, B, P]
  }

  /**
   * As `complete`, without gradients and for weights that no longer change.
   * @param lower as there; computed where absent
   */
  embed(sentences: readonly (readonly string[])[], lower?: readonly tf.Tensor3D[]): tf.Tensor3D[] {
    if (this.frozenLayers === 0) return (this.#words ??= new BiLmEmbedder(this.#biLm)).embed(sentences);
    return tf.tidy(() => this.complete(lower ?? this.base.marked(sentences, this.frozenLayers), sentences));
  }

  /** The difference of the tuned weights to the base's, in float16 numbers. */
  deltas(): Promise<Map<string, NamedArray>> {
    return tunedDeltas(this.#biLm, this.base.biLm);
  }

  /** Makes the tuned weights those that loading their `deltas` will give. */
  async round(): Promise<void> {
    await roundTuned(this.#biLm, this.base.biLm);
    this.#words = null;
  }

  dispose(): void {
    this.#biLm.dispose();
  }
}
