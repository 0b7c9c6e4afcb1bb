import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { pretrainedModel } from '../packageRoot';
import { openModelDirectory } from '../taggers/modelDirectory';
import { BiLmEmbedder } from './biLmEmbedder';
import { openBiLmFolder } from './biLmFolder';
import { biLmId } from './biLmId';
import { type EmbedderSource, embedderSource } from './embedderSource';
import { type HubElmo, loadHubElmo } from './hubElmo';
import { defaultHubCache, hubFolder, hubId } from './hubFolder';
import { type LoadProgress, type OpenBiLmFile, reporting } from './loadProgress';
import { openPublishedElmo } from './publishedElmo';
import { requireTrust } from './savedModel';

export interface EmbedderOptions {
  /**
   * Whether TensorFlow Hub modules may be loaded. They are programs: true only where the user chose the path and
   * trusts what lies there.
   */
  readonly trusted?: boolean;
  /** The folder to unpack archives of modules under; the user's cache folder by default. */
  readonly cache?: string;
  /** Told how far reading the weights of a biLM has come. */
  readonly progress?: LoadProgress;
}

async function openModelBiLm(directory: string): Promise<OpenBiLmFile> {
  const model = await openModelDirectory(directory);
  const { embedder } = model.config;
  if ('external' in embedder)
    throw new InputError(
      `The model holds no embedder of its own: it was trained on “${embedder.name}” (${embedder.external}).`,
      { file: directory },
      'Name that embedder instead.',
    );
  const weights = model.weights(embedder.weights);
  const read: OpenBiLmFile['read'] = (name, shape) => {
    const found = weights.get(name);
    if (found?.shape.join() === shape.join()) return found.data;
    throw new InputError(
      `The weight "${name}" ${found ? 'has another shape than config.json says' : 'is missing'}.`,
      { file: directory },
      'Make the model again.',
    );
  };
  return { options: embedder.options, read, close: () => weights.clear() };
}

/** @throws InputError where the source holds no biLM, or is damaged */
export function openBiLm(source: Exclude<EmbedderSource, { kind: 'hub' }>): Promise<OpenBiLmFile> {
  switch (source.kind) {
    case 'model':
      return openModelBiLm(source.directory);
    case 'biLm':
      return openBiLmFolder(source.directory);
    case 'published':
      return openPublishedElmo(source.options, source.weights);
  }
}

/**
 * Opens an embedder, whatever form it lies in; `loadBackend` must have run.
 * @param source the folder of a biLM that `pretrain` or `import-elmo` made, a model directory for the biLM inside it,
 * `OPTIONS.json,WEIGHTS.hdf5` as AllenNLP publishes them, or the folder or `.tar.gz` of a TensorFlow Hub module of the
 * form of `elmo/2` and `elmo/3`; by default the embedded model
 * @returns the embedder, which the caller disposes of
 * @throws InputError where the source is none of these or is damaged, and for a module on WebAssembly or not trusted
 */
export async function openEmbedder(
  source = pretrainedModel(),
  { trusted = false, cache = defaultHubCache(), progress }: EmbedderOptions = {},
): Promise<BiLmEmbedder | HubElmo> {
  const found = embedderSource(source);
  if (found.kind === 'hub') return loadHubElmo(found.file, { trusted, cache });
  const file = await openBiLm(found);
  try {
    return new BiLmEmbedder(new BiLm(file.options, reporting(file, progress)));
  } finally {
    file.close();
  }
}

/**
 * The id that an embedder would have, from its files alone: nothing of it is loaded, run, or held in memory as a
 * whole, and no backend is needed.
 * @throws InputError as `openEmbedder` does, but on no account of the backend
 */
export async function identifyEmbedder(
  source: string,
  { trusted = false, cache = defaultHubCache() }: EmbedderOptions = {},
): Promise<string> {
  const found = embedderSource(source);
  if (found.kind === 'hub') {
    requireTrust({ trusted }, found.file);
    return hubId(await hubFolder(found.file, cache));
  }
  const file = await openBiLm(found);
  try {
    return biLmId(file);
  } finally {
    file.close();
  }
}
