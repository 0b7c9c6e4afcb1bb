import { createReadStream } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip, type ZlibOptions } from 'node:zlib';
import { InputError } from '../errors';
import { fileError } from './fileError';

const SAVE_AS_UTF8 = 'Save it as UTF-8 text.';
const SPLIT_IT = 'Split it into smaller files.';

/**
 * Bytes of a text file, and of what a gzipped one unpacks to. Corpora are smaller, and beyond a multiple of it the
 * text would not fit into one string.
 */
export const LARGEST_FILE = 256 * 2 ** 20;
export const LARGEST_UNPACKED = 128 * 2 ** 20;

/** What a reader wants of a byte order mark. */
type MarkPolicy = 'drop' | 'keep';

/**
 * The text of a UTF-8 file, or of a gzipped one (known by its first two bytes).
 * @param mark what becomes of a byte order mark: offsets of other files may count it
 * @throws InputError where the file is missing, a folder, unreadable, damaged, binary, not UTF-8 or too large.
 */
export async function readTextFile(path: string, mark: MarkPolicy = 'drop'): Promise<string> {
  const bytes = await readBytes(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (!path.endsWith('.gz')) return decodeText(bytes, path, 1, mark);
    throw refuseNoGzip(path);
  }
  return decodeText(await unpacked(bytes, path), path, 1, mark);
}

async function unpacked(bytes: Buffer, file: string): Promise<Buffer> {
  try {
    return await promisify<Buffer, ZlibOptions, Buffer>(gunzip)(bytes, { maxOutputLength: LARGEST_UNPACKED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw refuseUnpacked(file);
    throw refuseDamaged(file);
  }
}

/**
 * UTF-8 bytes as text, strictly.
 * @param file named in errors
 * @param line number of the first line
 * @throws InputError for binary content and for bytes that are not UTF-8, with the line of the first.
 */
export function decodeText(bytes: Uint8Array, file: string, line = 1, mark: MarkPolicy = 'drop'): string {
  if (line === 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)))
    throw new InputError('The file is in UTF-16.', { file }, SAVE_AS_UTF8);
  if (bytes.includes(0))
    throw new InputError(
      'The file is binary, not text.',
      { file },
      'Give a plain text, Markdown or corpus file.',
    );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: mark === 'keep' }).decode(bytes);
  } catch {
    throw new InputError(
      'The line is not valid UTF-8.',
      { file, line: line - 1 + firstInvalidLine(bytes) },
      SAVE_AS_UTF8,
    );
  }
}

/** The line, counted from 1, of the first byte that is not UTF-8. A line feed never stands inside a character. */
function firstInvalidLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    if (newline < 0) return line;
    start = end;
  }
}

async function readBytes(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_FILE) throw refuseSize(path);
      chunks.push(chunk);
    }
  } catch (error) {
    throw readingError(error, path);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** What is said of a file that is named as if it were gzipped. */
export const refuseNoGzip = (file: string): InputError =>
  new InputError(
    'The file is not in gzip format.',
    { file },
    'Compress it again, or drop ".gz" from its name.',
  );

/** What is said of a gzipped file that cannot be unpacked. */
export const refuseDamaged = (file: string): InputError =>
  new InputError('The gzipped file is damaged.', { file }, 'Fetch or compress it again.');

/** What is said of a gzipped file that is too large. */
export const refuseUnpacked = (file: string): InputError =>
  new InputError(`The gzipped file unpacks to more than ${megabytes(LARGEST_UNPACKED)}.`, { file }, SPLIT_IT);

/** What is said of a file that is too large. */
export const refuseSize = (file: string): InputError =>
  new InputError(`The file has more than ${megabytes(LARGEST_FILE)}.`, { file }, SPLIT_IT);

const megabytes = (bytes: number): string => `${bytes / 2 ** 20} MB`;

/** What the user can mend where reading failed; the error itself where that is nothing. */
export function readingError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return new InputError('The file may not be read.', { file: path }, 'Change its permissions.');
  return fileError(error, path) ?? error;
}
