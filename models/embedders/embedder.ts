import type { tf } from '../backend';

/** Words in context to vectors. */
export interface Embedder {
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
