import type { tf } from '../backend';

/** Words in context to vectors. */
export interface Embedder {
  /**
   * Hash of all that its vectors depend on: heads remember by it which embedder they were trained on. Weights count
   * as rounded to float16, so that a biLM and its copy in a model directory are one embedder.
   */
  readonly id: string;
  /** Layers of vectors for each word, L+1. */
  readonly layers: number;
  /** Size of a vector. */
  readonly size: number;
  /**
   * @param sentences B sentences of word forms, none of them empty
   * @returns L+1 tensors [T, B, size], owned by the caller; values after the end of a sentence mean nothing
   */
  embed(sentences: readonly (readonly string[])[]): tf.Tensor3D[];
  dispose(): void;
}
