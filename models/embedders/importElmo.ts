import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { writeSafetensorsFile } from '../data/safetensorsFile';
import { InputError } from '../errors';
import { biLmShapes, biLmSize } from '../nn/biLmShapes';
import { biLmFiles } from './biLmFolder';
import { type LoadProgress, reporting } from './loadProgress';
import { openPublishedElmo } from './publishedElmo';

/**
 * Writes published weights as a folder that `loadBiLmFolder` reads, in float32, holding one weight at a time.
 * Needs no backend.
 * @returns how many weights the biLM has
 * @throws InputError as `openPublishedElmo` does, and where the folder holds a model
 */
export async function importElmo(
  optionsFile: string,
  weightsFile: string,
  directory: string,
  progress?: LoadProgress,
): Promise<number> {
  if (existsSync(path.join(directory, 'config.json')))
    throw new InputError('The folder holds a model already.', { file: directory }, 'Name a new folder.');
  const published = await openPublishedElmo(optionsFile, weightsFile);
  try {
    await mkdir(directory, { recursive: true });
    const source = reporting(published, progress);
    await writeSafetensorsFile(
      path.join(directory, biLmFiles.weights),
      biLmShapes(published.options),
      (name, shape) => source.get(name, shape),
    );
    const options = `${JSON.stringify(published.options, null, 2)}\n`;
    await writeFileAtomically(path.join(directory, biLmFiles.options), options);
    return biLmSize(published.options);
  } finally {
    published.close();
  }
}
