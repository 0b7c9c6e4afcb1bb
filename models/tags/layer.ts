/** What a layer marks: every word, runs of words, or whole sentences. */
export type LayerKind = 'token' | 'span' | 'sentence';

/** One kind of annotation over a text, with the labels it may use (for spans without `B-`, `I-`, `O`). */
export interface LayerSpec {
  readonly name: string;
  readonly kind: LayerKind;
  readonly labels: readonly string[];
}

/** False for the names that every object of JavaScript has: predictions are objects with a key for each layer. */
export const isLayerName = (name: string): boolean => !(name in Object.prototype);
