import { decodeHalf, encodeHalf } from '../data/halfFloat';
import { BiLmEmbedder } from '../embedders/biLmEmbedder';
import type { Embedder } from '../embedders/embedder';
import { embedderSource, sourceName } from '../embedders/embedderSource';
import { reporting } from '../embedders/loadProgress';
import { type EmbedderOptions, openBiLm, openEmbedder } from '../embedders/openEmbedder';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { biLmSize } from '../nn/biLmShapes';
import type { ModelParts } from '../taggers/modelDirectory';

/** A biLM of more weights stays outside of models that are trained on it: copied it would add over 40 MB to each. */
export const mostCopiedWeights = 20_000_000;

/** Whether a model holds a copy of the embedder it was trained on, or refers to it. */
export type EmbedderPlace = 'inside' | 'external';

/** An embedder to train heads on, and what the model will hold of it. */
export interface TrainingEmbedder {
  readonly embedder: Embedder;
  readonly kept: ModelParts['embedder'];
}

const external = (embedder: Embedder, source: string): TrainingEmbedder => {
  const { id, layers, size } = embedder;
  return { embedder, kept: { external: id, name: sourceName(source), layers, size } };
};

/** Rounds weights as a model directory will hold them, so that heads learn on just what they will read. */
const rounded = (data: Float32Array): Float32Array => decodeHalf(encodeHalf(data));

/**
 * Opens an embedder to train heads on. By default a biLM of at most `mostCopiedWeights` is copied into the model, in
 * float16, and a larger one or a TensorFlow Hub module is referred to.
 * @throws InputError as `openEmbedder` does, and where a module is to be copied
 */
export async function openTrainingEmbedder(
  source: string,
  place?: EmbedderPlace,
  options: EmbedderOptions = {},
): Promise<TrainingEmbedder> {
  const found = embedderSource(source);
  if (found.kind === 'hub') {
    if (place === 'inside')
      throw new InputError(
        'A TensorFlow Hub module cannot be copied into a model.',
        { file: source },
        'Take "embedder": "inside" out of the configuration.',
      );
    return external(await openEmbedder(source, options), source);
  }
  const file = await openBiLm(found);
  try {
    const isInside =
      (place ?? (biLmSize(file.options) <= mostCopiedWeights ? 'inside' : 'external')) === 'inside';
    const read: typeof file.read = (name, shape) =>
      isInside ? rounded(file.read(name, shape)) : file.read(name, shape);
    const weights = reporting({ options: file.options, read }, options.progress);
    const embedder = new BiLmEmbedder(new BiLm(file.options, weights));
    return isInside ? { embedder, kept: embedder } : external(embedder, source);
  } finally {
    file.close();
  }
}
