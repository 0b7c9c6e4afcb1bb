import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type AtomicFile, openAtomicFile } from '../../models/data/atomicFile';
import { InputError } from '../../models/errors';

const standardOutput: AtomicFile = {
  async write(content) {
    if (!process.stdout.write(content)) await once(process.stdout, 'drain');
  },
  commit: () => Promise.resolve(),
  abandon: () => Promise.resolve(),
};

/**
 * Where a command writes: a file that appears when it is whole, or with "-" standard output.
 * @throws InputError where the file cannot be made, before any work is done for it
 */
export async function openOutput(path: string): Promise<AtomicFile> {
  if (path === '-') return standardOutput;
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory())
    throw new InputError('This is a folder, not a file.', { file: path }, 'Name a file in it.');
  try {
    return await openAtomicFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InputError('There is no such folder.', { file: dirname(path) }, 'Make it first.');
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new InputError('Files may not be made here.', { file: dirname(path) }, 'Name another folder.');
    throw error;
  }
}
