import { open } from 'node:fs/promises';
import type { Line } from './lines';
import { decodeText, readingError } from './textFile';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a stream of UTF-8, holding one of them at a time; a byte order mark is dropped.
 * @param file named in errors
 * @throws InputError where the bytes are not text, with the line
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Line> {
  let number = 1;
  const lineOf = (bytes: Uint8Array): Line => {
    const end = bytes[bytes.length - 1] === carriageReturn ? bytes.length - 1 : bytes.length;
    return { number, text: decodeText(bytes.subarray(0, end), file, number++) };
  };
  let rest: Uint8Array[] = []; // the begun line, in parts
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      rest.push(chunk.subarray(start, end));
      yield lineOf(Buffer.concat(rest));
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield lineOf(Buffer.concat(rest));
}

/**
 * Opens a text file at once, and reads its lines as they are asked for.
 * @throws InputError where the file is missing, a folder or unreadable; the lines, where they are not text
 */
export async function openLines(path: string): Promise<AsyncGenerator<Line>> {
  const file = await open(path).catch((error: unknown) => {
    throw readingError(error, path);
  });
  if (!(await file.stat()).isDirectory()) return readLines(file.createReadStream(), path);
  await file.close();
  throw readingError({ code: 'EISDIR' }, path);
}
