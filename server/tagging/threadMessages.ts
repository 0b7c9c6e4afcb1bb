import type { LayerSpec } from '../../models/tags/layer';
import type { SentencePrediction } from '../../models/taggers/prediction';
import type { Settings } from '../protocol/settings';

/** What the inference thread is started with. */
export interface ThreadData {
  readonly backend: Settings['backend'];
  readonly directory: string;
}

/** To the inference thread: tag these sentences, answer with the same id. */
export interface TagRequest {
  readonly id: number;
  readonly sentences: readonly (readonly string[])[];
  readonly layers?: readonly string[];
}

/** From the inference thread. Plain JSON. */
export type ThreadMessage =
  | {
      readonly type: 'loaded';
      readonly modelId: string;
      readonly layers: readonly LayerSpec[];
      readonly backend: 'native' | 'wasm';
      /** One line for the log: which backend was taken and why. */
      readonly notice: string;
    }
  /** The model cannot serve: one sentence for the user. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'tagged'; readonly id: number; readonly predictions: readonly SentencePrediction[] }
  | { readonly type: 'error'; readonly id: number; readonly message: string };
