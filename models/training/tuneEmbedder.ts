import { BiLmEmbedder } from '../embedders/biLmEmbedder';
import type { Embedder } from '../embedders/embedder';
import { TunedEmbedder } from '../embedders/tunedEmbedder';
import { InputError } from '../errors';
import { namedBiLmParts } from '../nn/biLmParts';
import type { LayerConfig } from './trainConfig';

/**
 * The copies of biLM parts that a layer's configuration wants to train; null where it wants none.
 * @throws InputError where the embedder is no biLM or has no such parts, or where the head would not read them
 */
export function tuneEmbedder(
  embedder: Embedder,
  { name, head, fineTune }: LayerConfig,
): TunedEmbedder | null {
  if (!fineTune) return null;
  if (!(embedder instanceof BiLmEmbedder))
    throw new InputError(
      `The embedder of the layer "${name}" cannot be fine-tuned: a TensorFlow Hub module is a closed program.`,
      {},
      'Take "fineTune" out of the configuration, or name a biLM.',
    );
  const parts = namedBiLmParts(embedder.biLm.options, fineTune.layers);
  const top = embedder.layers - 1;
  const read = Math.max(...(head.embedderLayers ?? [top]));
  const unread = parts.find(({ depth }) => !head.useEmbedder || top - depth > read);
  if (unread)
    throw new InputError(
      `The head of the layer "${name}" does not read what "${unread.name}" gives, so there is nothing to tune.`,
      {},
      'Take it out of "fineTune", or change "useEmbedder" or "embedderLayers".',
    );
  return new TunedEmbedder(embedder, parts);
}
