import type { SentenceExploration } from '../../models/activeLearning/explore';
import type { LayerSpec } from '../../models/tags/layer';
import type { SentencePrediction } from '../../models/taggers/prediction';
import type { TaggerDetails } from '../../models/taggers/taggerDetails';
import type { Settings } from '../protocol/settings';

/** An embedder that settings or project file name. */
export interface EmbedderChoice {
  /** As `openEmbedder` takes it, with absolute paths. */
  readonly source: string;
  /** Whether programs may run: TensorFlow Hub modules are. */
  readonly trusted: boolean;
  /** The folder to unpack archives under; absent for the user's cache folder. */
  readonly cache?: string;
}

/** Which model to load, on which backend, on which embedder if any was chosen. */
export interface ModelSource {
  readonly backend: Settings['backend'];
  readonly directory: string;
  readonly embedder?: EmbedderChoice;
}

/** To the inference thread, which loads one model and then tags with it. Plain data; `id` names the request. */
export type ThreadRequest =
  | ({ readonly type: 'load'; readonly id: number } & ModelSource)
  | {
      readonly type: 'tag' | 'explore';
      readonly id: number;
      readonly sentences: readonly (readonly string[])[];
      readonly layers?: readonly string[];
    }
  /** Let the model go and end. */
  | { readonly type: 'close' };

/** The model that the thread has loaded. */
export interface LoadedModel {
  readonly modelId: string;
  readonly layers: readonly LayerSpec[];
  readonly details: TaggerDetails;
  readonly backend: 'native' | 'wasm';
  /** One line for the log: which backend was taken and why. */
  readonly notice: string;
  /** One sentence for the user: why the embedder that was chosen is not used. */
  readonly warning?: string;
}

/** From the inference thread. Plain data; `id` is that of the request answered. */
export type ThreadAnswer =
  | { readonly type: 'loaded'; readonly id: number; readonly model: LoadedModel }
  | { readonly type: 'tagged'; readonly id: number; readonly predictions: SentencePrediction[] }
  | { readonly type: 'explored'; readonly id: number; readonly explorations: SentenceExploration[] }
  /** One sentence for the user. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
