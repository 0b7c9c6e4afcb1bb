/**
 * The library: ELMo embedders, taggers on them, and their training. `docs/api.md` tells how to use it.
 *
 * Call `loadBackend` first. Bad input is an `InputError`. Whoever opens an embedder or a tagger disposes of it.
 */
export { type Backend, type BackendName, loadBackend, tf } from './backend';
export { type Place, InputError } from './errors';
export { pretrainedModel } from './packageRoot';

export type { Embedder } from './embedders/embedder';
export { BiLmEmbedder } from './embedders/biLmEmbedder';
export { HubElmo } from './embedders/hubElmo';
export { type EmbedderOptions, identifyEmbedder, openEmbedder } from './embedders/openEmbedder';
export {
  embedRunningText,
  embedSentences,
  type LayerChoice,
  type SentenceVectors,
} from './embedders/sentenceVectors';

export type { LayerKind, LayerSpec } from './tags/layer';
export type {
  LayerPrediction,
  Scored,
  SentencePrediction,
  SpanPrediction,
  TagOptions,
  TokenPrediction,
} from './taggers/prediction';
export { loadTagger } from './taggers/loadTagger';
export type { ModelEmbedderOptions } from './taggers/modelEmbedder';
export { Tagger } from './taggers/tagger';

export {
  type LayerConfig,
  readTrainConfig,
  type TrainConfig,
  trainConfig,
  type TrainConfigPlace,
  type TrainSettings,
} from './training/trainConfig';
export type { TrainProgress } from './training/trainProgress';
export { trainTagger } from './training/trainTagger';

export { readExamples } from './data/readExamples';
export type { TaggedExample } from './data/taggedExample';
export { evaluateLayer, type EvaluationOptions, type LayerScores } from './evaluation/evaluateLayer';
export { type PlacedSentence, segment, type TextFormat } from './text/segmenter';
export { textWords } from './text/textWords';
