import { InputError } from '../../models/errors';
import type { LayerSpec } from '../../models/tags/layer';
import type { SentenceTagger } from '../../models/taggers/prediction';
import type { Tagger } from '../../models/taggers/tagger';
import { pretrainedModel } from '../../server/packageRoot';

/** A tagger with how it computes. */
export interface OpenTagger {
  readonly tagger: Tagger;
  readonly backend: 'native' | 'wasm';
  /** How long the model took to load, without the backend. */
  readonly modelMilliseconds: number;
}

/**
 * Loads the backend and a model: the one in `directory`, or the embedded one, on the embedder that `embedder` names,
 * if any.
 * TensorFlow.js is loaded only now, so that help and usage errors come at once.
 */
export async function openTagger(directory = pretrainedModel(), embedder?: string): Promise<OpenTagger> {
  // A wrong or damaged directory is said before the backend takes its seconds to load.
  const { openModelDirectory } = await import('../../models/taggers/modelDirectory.js');
  await openModelDirectory(directory);
  const { loadBackend } = await import('../../models/backend.js');
  const { name } = await loadBackend('auto');
  const { loadTagger } = await import('../../models/taggers/loadTagger.js');
  const notice = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const options = { embedder, notice, trusted: true }; // the user typed the path
  const begun = performance.now();
  const tagger = await loadTagger(directory, options);
  return { tagger, backend: name, modelMilliseconds: performance.now() - begun };
}

/**
 * The layer of that name.
 * @throws InputError naming the layers that there are.
 */
export function layerOf(tagger: SentenceTagger, name: string): LayerSpec {
  const layer = tagger.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const names = tagger.layers.map((candidate) => candidate.name).join(', ');
  throw new InputError(`The model has no layer "${name}".`, {}, `It has: ${names}.`);
}
