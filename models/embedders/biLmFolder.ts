import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { openSafetensors } from '../data/safetensorsFile';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { biLmShapes } from '../nn/biLmShapes';
import { type BiLmFile, type LoadProgress, type OpenBiLmFile, reporting } from './loadProgress';
import { readElmoOptions } from './publishedElmo';

/** The two files of such a folder. */
export const biLmFiles = { options: 'options.json', weights: 'weights.safetensors' } as const;

/**
 * Opens a folder that `pretrain` or `import-elmo` made, and checks the shape of every weight before any is read.
 * @throws InputError where there is no such folder, or its weights do not fit its options
 */
export async function openBiLmFolder(directory: string): Promise<OpenBiLmFile> {
  const options = await readElmoOptions(path.join(directory, biLmFiles.options));
  const file = path.join(directory, biLmFiles.weights);
  if (!existsSync(file))
    throw new InputError(
      'There are no weights of a biLM.',
      { file },
      'Make them with `glossator pretrain` or `glossator import-elmo`.',
    );
  const weights = openSafetensors(file);
  for (const [name, shape] of biLmShapes(options)) {
    const found = weights.shapes.get(name);
    if (found?.join() === shape.join()) continue;
    weights.close();
    const problem = found
      ? `has shape [${found.join(', ')}], but the options say [${shape.join(', ')}]`
      : 'is missing';
    throw new InputError(`The weight "${name}" ${problem}.`, { file }, 'Make the folder again.');
  }
  return { options, read: (name) => weights.read(name).data, close: () => weights.close() };
}

/**
 * Loads a biLM from such a folder, one weight at a time.
 * @param change applied to every weight, in place or not; none where absent
 * @throws InputError as `openBiLmFolder` does
 */
export async function loadBiLmFolder(
  directory: string,
  progress?: LoadProgress,
  change: (data: Float32Array) => Float32Array = (data) => data,
): Promise<BiLm> {
  const folder = await openBiLmFolder(directory);
  try {
    const read: BiLmFile['read'] = (name, shape) => change(folder.read(name, shape));
    return new BiLm(folder.options, reporting({ options: folder.options, read }, progress));
  } finally {
    folder.close();
  }
}
