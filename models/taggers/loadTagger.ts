import type { Embedder } from '../embedders/embedder';
import { BiLmEmbedder } from '../embedders/biLmEmbedder';
import { TunedEmbedder } from '../embedders/tunedEmbedder';
import { InputError } from '../errors';
import { namedBiLmParts } from '../nn/biLmParts';
import { stored } from '../nn/parameters';
import { pretrainedModel } from '../packageRoot';
import { Vocabulary } from '../vocab/vocabulary';
import { createHead } from './createHead';
import type { ModelConfig } from './modelConfig';
import { type ModelDirectory, openModelDirectory } from './modelDirectory';
import { type ModelEmbedderOptions, openModelEmbedder } from './modelEmbedder';
import { Tagger, type TaggerHead } from './tagger';

function loadHeads(model: ModelDirectory, embedder: Embedder): TaggerHead[] {
  const heads: TaggerHead[] = [];
  try {
    for (const { layer, options, temperature, weights, vocabulary, tuned } of model.config.heads) {
      const words = new Vocabulary(model.lines(vocabulary));
      const source = stored(model.weights(weights));
      const head = createHead(layer, options, words, embedder, source);
      heads.push({ head, temperature });
      if (tuned) heads.splice(-1, 1, { head, temperature, tuned: loadTuned(model, tuned, embedder) });
    }
    return heads;
  } catch (error) {
    for (const { head, tuned } of heads) {
      head.dispose();
      tuned?.dispose();
    }
    throw error;
  }
}

type TunedConfig = NonNullable<ModelConfig['heads'][number]['tuned']>;

function loadTuned(
  model: ModelDirectory,
  { layers, weights }: TunedConfig,
  embedder: Embedder,
): TunedEmbedder {
  if (!(embedder instanceof BiLmEmbedder)) throw new Error('its heads need a biLM');
  const parts = namedBiLmParts(embedder.biLm.options, layers);
  return new TunedEmbedder(embedder, parts, model.weights(weights));
}

/**
 * Loads the tagger of a model directory, by default the embedded one; `loadBackend` must have run.
 * @throws InputError where the directory is no whole model, its weights contradict its configuration, or it needs
 * another embedder than the one that is named
 */
export async function loadTagger(
  directory = pretrainedModel(),
  options: ModelEmbedderOptions = {},
): Promise<Tagger> {
  const model = await openModelDirectory(directory);
  let embedder: Embedder | undefined;
  try {
    embedder = await openModelEmbedder(model, directory, options);
    return new Tagger(model.modelId, embedder, loadHeads(model, embedder));
  } catch (error) {
    embedder?.dispose();
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `The model does not fit its configuration: ${reason}.`,
      { file: directory },
      'Make it again.',
    );
  }
}
