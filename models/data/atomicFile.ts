import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file that is being written and takes its name only when it is whole. */
export interface AtomicFile {
  write(content: string | Uint8Array): Promise<void>;
  /**
   * Forces the content to disk and gives the file its name, for good; what had that name before is replaced.
   * @param check awaited when the content is on disk; where it throws, nothing is replaced
   */
  commit(check?: () => Promise<void>): Promise<void>;
  /** Leaves nothing behind, and whatever has the name as it is; changes nothing after `commit`. */
  abandon(): Promise<void>;
}

export interface AtomicWriting {
  /** Whether content and name are forced to disk; only what can be computed again does without. */
  readonly isForced?: boolean;
}

/** Begins a file beside `path`, whose folder must exist. */
export async function openAtomicFile(
  path: string,
  { isForced = true }: AtomicWriting = {},
): Promise<AtomicFile> {
  const temporary = temporaryOf(path);
  const file = await open(temporary, 'wx'); // never through a link: the name must be free
  return {
    write: (content) => file.writeFile(content), // goes on where the last write ended
    async commit(check) {
      if (isForced) await file.sync();
      await file.close();
      await check?.();
      await rename(temporary, path);
      if (isForced) await syncFolder(dirname(path));
    },
    async abandon() {
      await file.close();
      await rm(temporary, { force: true });
    },
  };
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, forced to disk, then renamed over `path`.
 * An existing file keeps its content until the rename. The folder must exist.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const file = await openAtomicFile(path);
  try {
    await file.write(content);
    await file.commit();
  } finally {
    await file.abandon();
  }
}

/**
 * Makes a file that nobody ever sees without its content, unless there is one by that name. It is not forced to disk.
 * @returns whether it was made
 */
export async function createWhole(path: string, content: string): Promise<boolean> {
  const temporary = temporaryOf(path);
  await writeFile(temporary, content, { flag: 'wx' });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST', 'ENOENT')) return false; // ENOENT: swept away as forgotten
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'UNKNOWN'))
      throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  try {
    await writeFile(path, content, { flag: 'wx' }); // a disk without second names
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    await rm(path, { force: true }); // made, but a full disk took no content
    throw error;
  }
}

const temporaryOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? '');

/** Forces what was renamed, made or removed in a folder to disk, where the system can do that. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Windows has no such thing; the rename itself is safe there.
  } finally {
    await handle?.close();
  }
}
