import { mkdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { fileError } from '../../models/data/fileError';
import { isMissing, readRegularFile, type SizeLimit } from '../../models/data/regularFile';
import { InputError } from '../../models/errors';

export interface WriteChoices {
  /** Replaces files that exist with other content. */
  readonly force: boolean;
}

/** True for a folder, and for a place that ends in a slash (or for any that is free, with `orNew`). */
export async function isFolder(place: string, orNew = false): Promise<boolean> {
  const existing = await stat(place).catch(() => null);
  if (existing) return existing.isDirectory();
  return orNew || /[/\\]$/.test(place);
}

/** Makes a folder and those above it. @throws InputError where something else stands in the way, or it may not be made */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fileError(error, folder) ?? error;
  }
}

/** Larger than anything that is written here: a larger one is another content. */
const outputLimit: SizeLimit = { bytes: 2 ** 29, kind: 'file', remedy: 'Name another place.' };

/**
 * What a file says that is about to be written; undefined where there is none.
 * @throws InputError where something else stands there: a folder, a pipe, a device
 */
export async function existingContent(place: string): Promise<string | undefined> {
  try {
    return (await readRegularFile(place, outputLimit)).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Writes files, each whole or not at all.
 * @param folder is made where it is new
 * @returns the content that goes to standard output
 * @throws InputError where a file exists with other content, or its folder does not, before anything is written
 */
export async function writeOutputs(
  outputs: readonly { readonly place: string; readonly content: string }[],
  folder: string | undefined,
  { force }: WriteChoices,
): Promise<string | undefined> {
  if (outputs.length === 1 && outputs[0].place === '-') return outputs[0].content;
  for (const { place, content } of outputs) {
    const existing = await existingContent(place);
    if (!force && existing !== undefined && existing !== content)
      throw new InputError(
        'The file exists with other content.',
        { file: place },
        'Add --force to replace it, or name another place with --out.',
      );
    if (folder === undefined && !(await isFolder(path.dirname(place))))
      throw new InputError('There is no such folder.', { file: path.dirname(place) }, 'Make it first.');
  }
  if (folder !== undefined) await makeFolder(folder);
  for (const { place, content } of outputs) await writeFileAtomically(place, content);
  return undefined;
}
