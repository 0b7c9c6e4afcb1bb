import type { EmbedderOptions } from '../embedders/openEmbedder';
import type { MixWeights } from '../nn/scalarMix';
import { headMix } from '../taggers/layerHead';
import { writeModelDirectory } from '../taggers/modelDirectory';
import type { TaggerHead } from '../taggers/tagger';
import { biLmRecord } from './biLmRecord';
import type { FineTuneConfig } from './fineTuneConfig';
import type { TrainConfig } from './trainConfig';
import { openTrainingEmbedder } from './trainingEmbedder';
import { trainLayer } from './trainLayer';
import type { TrainProgress } from './trainProgress';

export type { TrainProgress } from './trainProgress';

/** What was tuned, for the record of the model. */
function fineTuned({ layers }: TrainConfig): { fineTune?: Record<string, FineTuneConfig> } {
  const entries = layers.flatMap(({ name, fineTune }) => (fineTune ? [[name, fineTune] as const] : []));
  return entries.length > 0 ? { fineTune: Object.fromEntries(entries) } : {};
}

/**
 * Trains one head for each layer on a frozen embedder, or on one that is tuned for it, and writes a model directory.
 * The best weights on dev are kept. The same configuration, data and seed give the same model on the same backend and machine.
 * @throws InputError where a file is missing or broken
 */
export async function* trainTagger(
  config: TrainConfig,
  out: string,
  options: EmbedderOptions = {},
): AsyncGenerator<TrainProgress> {
  const { embedder, kept } = await openTrainingEmbedder(config.biLm, config.embedder, options);
  const heads: TaggerHead[] = [];
  const dev: Record<string, number> = {};
  const mix: Record<string, MixWeights | null> = {};
  try {
    for (const layer of config.layers) {
      const result = yield* trainLayer(layer, embedder, config.seed);
      heads.push(result.trained);
      dev[layer.name] = result.dev;
      mix[layer.name] = headMix(result.trained.head, embedder.layers);
    }
    const biLm = await biLmRecord(config.biLm);
    const training = { seed: config.seed, dev, mix, ...(biLm ? { biLm } : {}), ...fineTuned(config) };
    const modelId = await writeModelDirectory(out, {
      language: config.language,
      embedder: kept,
      heads,
      training,
    });
    yield { phase: 'done', modelId, dev, mix };
  } finally {
    for (const { head, tuned } of heads) {
      head.dispose();
      tuned?.dispose();
    }
    embedder.dispose();
  }
}
