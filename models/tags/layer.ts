/** What a layer marks: every word, runs of words, or whole sentences. */
export type LayerKind = 'token' | 'span' | 'sentence';

/** One kind of annotation over a text, with the labels it may use (for spans without `B-`, `I-`, `O`). */
export interface LayerSpec {
  readonly name: string;
  readonly kind: LayerKind;
  readonly labels: readonly string[];
}
