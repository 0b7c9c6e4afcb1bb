import { BiLmEmbedder } from '../embedders/biLmEmbedder';
import { biLmId } from '../embedders/biLmId';
import type { Embedder } from '../embedders/embedder';
import { sourceName } from '../embedders/embedderSource';
import { type EmbedderOptions, identifyEmbedder, openEmbedder } from '../embedders/openEmbedder';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { stored } from '../nn/parameters';
import type { ExternalEmbedder, ModelConfig } from './modelConfig';
import type { ModelDirectory } from './modelDirectory';

export interface ModelEmbedderOptions extends EmbedderOptions {
  /**
   * The embedder that the user chose, as `openEmbedder` takes it. A model that holds no embedder needs it, and it
   * must be the one that the model was trained on; a model with its own keeps using that.
   */
  readonly embedder?: string;
  /** Told in one sentence when the chosen embedder is not used, and why. */
  readonly notice?: (sentence: string) => void;
}

type OwnEmbedder = Exclude<ModelConfig['embedder'], ExternalEmbedder>;

/** `pos`, `pos and ner`, `pos, ner and mood`, after the word for them. */
function layerList({ heads }: ModelConfig): string {
  const names = heads.map(({ layer }) => layer.name);
  const last = names.pop()!;
  return names.length > 0 ? `layers ${names.join(', ')} and ${last} were` : `layer ${last} was`;
}

function idOfOwn({ options, weights, id }: OwnEmbedder, model: ModelDirectory): string {
  const stored = model.weights(weights);
  return id ?? biLmId({ options, read: (name) => stored.get(name)!.data });
}

/** Says what becomes of a chosen embedder where the model has its own: nothing, unless it is the same. */
async function reportUnused(own: OwnEmbedder, model: ModelDirectory, options: ModelEmbedderOptions) {
  const { embedder: source = '', notice = () => undefined } = options;
  const name = `“${sourceName(source)}”`;
  try {
    const [trained, chosen] = [idOfOwn(own, model), await identifyEmbedder(source, options)];
    if (trained !== chosen)
      notice(
        `${name} (${chosen}) is not used: the ${layerList(model.config)} trained on the model’s own embedder (${trained}). ` +
          `To use ${name}, train heads on it with \`glossator train\`.`,
      );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notice(`${name} is not used, but the model’s own embedder. ${error.format()}`);
  }
}

async function openExternal(
  trained: ExternalEmbedder,
  config: ModelConfig,
  directory: string,
  options: ModelEmbedderOptions,
): Promise<Embedder> {
  const { embedder: source } = options;
  const wanted = `“${trained.name}” (${trained.external})`;
  if (!source)
    throw new InputError(
      `The ${layerList(config)} trained on the embedder ${wanted}, which is not part of the model.`,
      { file: directory },
      'Name it with --embedder, or in the setting glossator.embedder.',
    );
  const embedder = await openEmbedder(source, options);
  if (embedder.id === trained.external) return embedder;
  const { id } = embedder;
  embedder.dispose();
  throw new InputError(
    `The ${layerList(config)} trained on the embedder ${wanted}, but “${sourceName(source)}” is another one (${id}).`,
    { file: directory },
    `Name ${wanted}, or train heads on “${sourceName(source)}” with \`glossator train\`.`,
  );
}

/**
 * The embedder for the heads of a model: the biLM in its directory, or the one that the user names.
 * @throws InputError where the model holds none and none is named or it is another one than the heads were trained on
 */
export async function openModelEmbedder(
  model: ModelDirectory,
  directory: string,
  options: ModelEmbedderOptions,
): Promise<Embedder> {
  const { embedder } = model.config;
  if ('external' in embedder) return openExternal(embedder, model.config, directory, options);
  if (options.embedder) await reportUnused(embedder, model, options);
  return new BiLmEmbedder(new BiLm(embedder.options, stored(model.weights(embedder.weights))));
}
