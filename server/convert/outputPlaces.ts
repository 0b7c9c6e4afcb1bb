import { mkdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { type AtomicFile, openAtomicFile, writeFileAtomically } from '../../models/data/atomicFile';
import { fileError } from '../../models/data/fileError';
import { InputError } from '../../models/errors';
import { writeStandardOutput } from '../standardStreams';
import { ExistingFile } from './existingFile';

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

/** The next part of a file. */
export interface OutputPart {
  readonly place: string;
  readonly content: string;
}

/** Files to write, in parts that are made as they are asked for; those of one file come one after the other. */
export interface Outputs {
  readonly places: readonly string[];
  readonly parts: () => AsyncIterable<OutputPart> | Iterable<OutputPart>;
}

/**
 * The outputs that exist with other content.
 * @throws InputError where something else stands in their places: a folder, a pipe, a device
 */
export async function conflictsOf({ places, parts }: Outputs): Promise<string[]> {
  const existing = new Set<string>();
  for (const place of new Set(places)) {
    const file = await ExistingFile.open(place);
    if (file) existing.add(place);
    await file?.close();
  }
  if (existing.size === 0) return [];
  const conflicts = new Set<string>();
  let open: ExistingFile | undefined;
  const take = async (place: string): Promise<void> => {
    if (open && !(await open.isSame())) conflicts.add(open.place);
    await open?.close();
    open = existing.delete(place) ? await ExistingFile.open(place) : undefined;
  };
  try {
    let now: string | undefined;
    for await (const { place, content } of parts()) {
      if (place !== now) await take(place);
      now = place;
      await open?.compare(content);
    }
    for (const place of [...existing, '']) await take(place); // those that become empty
    return places.filter((place) => conflicts.has(place));
  } finally {
    await open?.close();
  }
}

/**
 * Writes files, each whole or not at all, or to standard output as it comes.
 * @param folder is made where it is new
 * @throws InputError where a file exists with other content, or its folder does not, before anything is written
 */
export async function writeOutputs(
  outputs: Outputs,
  folder: string | undefined,
  { force }: WriteChoices,
): Promise<void> {
  const { places } = outputs;
  if (places.length === 1 && places[0] === '-') {
    for await (const { content } of outputs.parts()) await writeStandardOutput([content]);
    return;
  }
  const [conflict] = await conflictsOf(force ? { places, parts: () => [] } : outputs);
  if (!force && conflict !== undefined)
    throw new InputError(
      'The file exists with other content.',
      { file: conflict },
      'Add --force to replace it, or name another place with --out.',
    );
  if (folder !== undefined) await makeFolder(folder);
  else
    for (const place of places)
      if (!(await isFolder(path.dirname(place))))
        throw new InputError('There is no such folder.', { file: path.dirname(place) }, 'Make it first.');
  await writeParts(outputs);
}

async function writeParts({ places, parts }: Outputs): Promise<void> {
  const left = new Set(places);
  let open: { readonly place: string; readonly file: AtomicFile } | undefined;
  try {
    for await (const { place, content } of parts()) {
      if (open?.place !== place) {
        await open?.file.commit();
        left.delete(place);
        open = undefined;
        open = { place, file: await openAtomicFile(place) };
      }
      await open.file.write(content);
    }
    await open?.file.commit();
  } finally {
    await open?.file.abandon();
  }
  for (const place of left) await writeFileAtomically(place, '');
}
