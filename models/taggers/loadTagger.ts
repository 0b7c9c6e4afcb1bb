import { BiLmEmbedder } from '../embedders/biLmEmbedder';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { stored } from '../nn/parameters';
import { Vocabulary } from '../vocab/vocabulary';
import { createHead } from './createHead';
import { openModelDirectory } from './modelDirectory';
import { Tagger, type TaggerHead } from './tagger';

/**
 * Loads the tagger of a model directory; `loadBackend` must have run.
 * @throws InputError where the directory is no whole model, or its weights contradict its configuration
 */
export async function loadTagger(directory: string): Promise<Tagger> {
  const model = await openModelDirectory(directory);
  const { embedder, heads } = model.config;
  try {
    const biLm = new BiLm(embedder.options, stored(model.weights(embedder.weights)));
    const elmo = new BiLmEmbedder(biLm);
    const loaded = heads.map(({ layer, options, temperature, weights, vocabulary }): TaggerHead => {
      const words = new Vocabulary(model.lines(vocabulary));
      return { head: createHead(layer, options, words, elmo, stored(model.weights(weights))), temperature };
    });
    return new Tagger(model.modelId, elmo, loaded);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `The model does not fit its configuration: ${reason}.`,
      { file: directory },
      'Make it again.',
    );
  }
}
