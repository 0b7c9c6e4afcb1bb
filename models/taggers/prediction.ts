import type { LayerSpec } from '../tags/layer';

/** A label with its probability in [0, 1]. */
export interface Scored {
  readonly label: string;
  readonly probability: number;
}

/** What a token layer says of one token: the best label and the second best. */
export interface TokenPrediction extends Scored {
  readonly runnerUp: Scored | null;
}

/** A labelled run of tokens [start, end), counted in tokens of its sentence. */
export interface SpanPrediction extends Scored {
  readonly start: number;
  readonly end: number;
}

export type LayerPrediction =
  | { readonly kind: 'token'; readonly tags: readonly TokenPrediction[] }
  | { readonly kind: 'span'; readonly spans: readonly SpanPrediction[] }
  /** All labels of the layer, the most probable first; none for a sentence without tokens. */
  | { readonly kind: 'sentence'; readonly labels: readonly Scored[] };

/** Predictions for one sentence, by layer name. */
export type SentencePrediction = Readonly<Record<string, LayerPrediction>>;

export interface TagOptions {
  /** Layers to predict; all layers of the model by default. */
  readonly layers?: readonly string[];
  /** Checked between batches; an aborted call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Tags sentences given as word forms. Implementations own their tensors until `dispose`. */
export interface SentenceTagger {
  /** Content hash of the model: equal ids give equal predictions. */
  readonly modelId: string;
  readonly layers: readonly LayerSpec[];
  /** One prediction for each sentence, in order. Sentences without tokens give empty predictions. */
  tag(sentences: readonly (readonly string[])[], options?: TagOptions): Promise<SentencePrediction[]>;
  dispose(): void;
}
