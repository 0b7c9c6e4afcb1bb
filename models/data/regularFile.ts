import { constants, type BigIntStats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../errors';

/** How large a kind of file may be to be read at all. */
export interface SizeLimit {
  readonly bytes: number;
  /** "annotation file", for the sentence that refuses a larger one. */
  readonly kind: string;
  /** What to do about a larger one. */
  readonly remedy: string;
}

/** Flags that a system may lack. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Opens a file to read it, without ever waiting for one: a pipe that nobody writes into opens at once.
 * @param options.followsLinks false to fail with ELOOP where the last part of the path is a link
 */
export async function openUnblocked(
  path: string,
  { followsLinks }: { readonly followsLinks: boolean },
): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW));
}

/** Opens a file to append to it: one that exists, or a new one; never through a link. */
export async function openToAppend(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_APPEND | O_NONBLOCK | O_NOFOLLOW;
  return open(path, flags).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    return open(path, flags | constants.O_CREAT | constants.O_EXCL);
  });
}

/**
 * All of a regular file, whatever links lead to it: for what a person named.
 * @throws InputError where it is a device, a pipe or a folder, or larger than the limit; the error of the file
 * system where it cannot be opened
 */
export async function readRegularFile(path: string, limit: SizeLimit): Promise<Buffer> {
  const handle = await openUnblocked(path, { followsLinks: true });
  try {
    const found = await handle.stat({ bigint: true });
    if (!found.isFile())
      throw new InputError(`This is ${kindOf(found)}, not a file.`, { file: path }, 'Name a file.');
    return await readAtMost(handle, Number(found.size), limit, path);
  } finally {
    await handle.close();
  }
}

/**
 * The first bytes of an open file.
 * @param size bytes to read, where there are as many
 * @throws InputError where `size` is above the limit, before anything is read
 */
export async function readAtMost(
  handle: FileHandle,
  size: number,
  limit: SizeLimit,
  file: string,
): Promise<Buffer> {
  if (size > limit.bytes) throw tooLarge(size, limit, file);
  return readSlice(handle, 0, size);
}

/** Bytes of an open file from `start` on; fewer than `length` where it ends before. */
export async function readSlice(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

export function tooLarge(size: number, { bytes, kind, remedy }: SizeLimit, file: string): InputError {
  return new InputError(
    `The ${kind} has ${megabytes(size)}; Glossator reads no more than ${megabytes(bytes)} of one.`,
    { file },
    remedy,
  );
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`;

/** What stands where a file should be: "a pipe". */
export function kindOf(found: Pick<BigIntStats, 'isFIFO' | 'isSocket' | 'isDirectory' | 'isFile'>): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  if (found.isSocket()) return 'a socket';
  return found.isFile() ? 'a file' : 'a device';
}

/** Whether there is nothing by that name. */
export const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
