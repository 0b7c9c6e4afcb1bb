import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { loadBiLmFolder } from '../embedders/biLmFolder';
import type { LoadProgress } from '../embedders/loadProgress';
import { loadPublishedElmo } from '../embedders/publishedElmo';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { stored } from '../nn/parameters';
import { openModelDirectory } from './modelDirectory';

/**
 * The biLM inside a model directory.
 * @throws InputError where it is none, or is damaged
 */
export async function loadModelBiLm(directory: string): Promise<BiLm> {
  const model = await openModelDirectory(directory);
  const { options, weights } = model.config.embedder;
  return new BiLm(options, stored(model.weights(weights)));
}

/**
 * Loads the biLM that `source` names: a folder that `import-elmo` or `pretrain` made, a model directory, or the
 * published `OPTIONS.json,WEIGHTS.hdf5`. `loadBackend` must have run.
 * @throws InputError where it names none of these, or what it names is damaged
 */
export async function loadElmo(source: string, progress?: LoadProgress): Promise<BiLm> {
  if (existsSync(path.join(source, 'config.json'))) return loadModelBiLm(source);
  const found = statSync(source, { throwIfNoEntry: false });
  if (found?.isDirectory()) return loadBiLmFolder(source, progress);
  const names = source.split(',');
  if (names.length === 2) return loadPublishedElmo(names[0], names[1], progress);
  throw new InputError(
    found ? 'This is not a folder.' : 'There is no such folder.',
    { file: source },
    'Name the folder of a biLM, or an options.json and its weights with a comma between them.',
  );
}
