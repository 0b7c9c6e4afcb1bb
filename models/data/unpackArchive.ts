import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, type ReadEntry } from 'tar';
import { InputError } from '../errors';

/** How much an archive may unpack to; beyond it the disk is in danger. */
export interface UnpackLimits {
  readonly entries: number;
  readonly bytes: number;
}

const GENEROUS: UnpackLimits = { entries: 10_000, bytes: 4 * 1024 ** 3 };

const FETCH_AGAIN = 'Fetch the archive again from where you trust it.';

const isFile = (type: string): boolean => ['File', 'OldFile', 'ContiguousFile'].includes(type);

/** Why an entry must not be unpacked, or undefined where it may. */
function offence({ path: name, type }: Pick<ReadEntry, 'path' | 'type'>): string | undefined {
  if (type === 'Link' || type === 'SymbolicLink') return `The archive holds a link, "${name}".`;
  if (type !== 'Directory' && !isFile(type))
    return `The archive holds "${name}", which is no file and no folder.`;
  const parts = name.split(/[/\\]/);
  const outside = parts.includes('..') || path.posix.isAbsolute(name) || path.win32.isAbsolute(name);
  return outside || /^[a-z]:/i.test(name)
    ? `The archive holds "${name}", which lies outside its own folder.`
    : undefined;
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new InputError('There is no such file.', { file }, 'Check its name and folder.');
  }
  return hash.digest('hex').slice(0, 32);
}

/** Unpacks all or stops at the first thing that is not as it should be. */
async function unpack(file: string, folder: string, limits: UnpackLimits): Promise<void> {
  let found: string | undefined;
  let entries = 0;
  let bytes = 0;
  const accept = (entry: ReadEntry): boolean => {
    entries += 1;
    bytes += entry.size;
    found ??= offence(entry);
    if (entries > limits.entries || bytes > limits.bytes)
      found ??= `The archive unpacks to more than ${limits.entries} files or ${limits.bytes} bytes.`;
    return found === undefined;
  };
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      filter: (_, entry) => 'path' in entry && accept(entry),
    });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (found === undefined && !/^(TAR_|Z_)/.test(code)) throw error; // of the disk, not of the archive
    found ??= 'The file is not a .tar.gz archive, or it is empty or damaged.';
  }
  if (found !== undefined) throw new InputError(found, { file }, FETCH_AGAIN);
}

/**
 * Unpacks a `.tar` or `.tar.gz` of plain files and folders, each archive once: another call with the same content
 * finds what is there. Links, devices and paths that lead out of the archive are refused.
 * @param file the archive
 * @param cache the folder to unpack under, made where it is missing; may be deleted at any time
 * @returns the folder that holds the archive's content
 * @throws InputError where the file is missing, damaged, too large, or holds what is refused; nothing of it stays
 */
export async function unpackArchive(file: string, cache: string, limits = GENEROUS): Promise<string> {
  const folder = path.join(cache, await digest(file));
  const exists = (): Promise<boolean> =>
    access(folder).then(
      () => true,
      () => false,
    );
  if (await exists()) return folder;
  const partial = `${folder}.${randomUUID()}.partial`;
  await mkdir(partial, { recursive: true });
  try {
    await unpack(file, partial, limits);
    await rename(partial, folder).catch(async (error: unknown) => {
      if (!(await exists())) throw error; // else another process was faster
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
