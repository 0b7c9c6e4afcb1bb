import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../errors';
import {
  decodeText,
  LARGEST_FILE,
  LARGEST_UNPACKED,
  readingError,
  refuseDamaged,
  refuseNoGzip,
  refuseSize,
  refuseUnpacked,
} from './textFile';

/** Bytes that are read at once, and about the length of a piece. */
const PIECE = 1 << 20;
const lineFeed = 0x0a;

/** What a file was when it was first opened. */
interface Version {
  readonly size: number;
  readonly changed: number;
}

/**
 * A UTF-8 file, gzipped or not, that is read in pieces of about a megabyte, as often as asked; each but the last ends
 * with a line. What `readTextFile` refuses is refused here, and so is a file that changes from one time to the next.
 */
export class TextPieces {
  readonly #onRead: (bytes: number) => void;
  #version: Version | undefined;

  /**
   * @param name its path
   * @param onRead told how many bytes of the file were read, again and again
   */
  constructor(
    readonly name: string,
    onRead: (bytes: number) => void = () => undefined,
  ) {
    this.#onRead = onRead;
  }

  /** @throws InputError where the file cannot be read, or is no text */
  async *pieces(): AsyncGenerator<string> {
    let line = 1;
    for await (const bytes of wholeLines(this.#bytes())) {
      // Only at the very beginning is a byte order mark one.
      yield decodeText(bytes, this.name, line, line === 1 ? 'drop' : 'keep');
      for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) line++;
    }
  }

  async *#bytes(): AsyncGenerator<Buffer> {
    const file = this.name;
    const handle = await open(file).catch((error: unknown) => {
      throw readingError(error, file);
    });
    try {
      const { size, mtimeMs: changed } = await handle.stat();
      this.#version ??= { size, changed };
      if (this.#version.size !== size || this.#version.changed !== changed)
        throw new InputError('The file changed while it was being read.', { file }, 'Try again.');
      const stream = handle.createReadStream({ highWaterMark: PIECE, autoClose: false });
      yield* this.#unpacked(stream);
    } catch (error) {
      throw readingError(error, file);
    } finally {
      await handle.close();
    }
  }

  async *#unpacked(stream: Readable): AsyncGenerator<Buffer> {
    let read = 0;
    const counted = this.#counted(stream);
    const first = await counted.next();
    const head = first.done ? Buffer.alloc(0) : first.value;
    if (head[0] !== 0x1f || head[1] !== 0x8b) {
      if (this.name.endsWith('.gz')) throw refuseNoGzip(this.name);
      if (head.length > 0) yield head;
      yield* counted;
      return;
    }
    const gunzip = createGunzip({ chunkSize: PIECE });
    const source = async function* (): AsyncGenerator<Buffer> {
      yield head;
      yield* counted;
    };
    const done = pipeline(source(), gunzip).catch((error: unknown) => {
      gunzip.destroy(error as Error);
    });
    try {
      for await (const chunk of gunzip as AsyncIterable<Buffer>) {
        read += chunk.length;
        if (read > LARGEST_UNPACKED) throw refuseUnpacked(this.name);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof InputError || !isZlibError(error)) throw error;
      throw refuseDamaged(this.name);
    } finally {
      gunzip.destroy();
      await done;
    }
  }

  async *#counted(stream: Readable): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      read += chunk.length;
      if (read > LARGEST_FILE) throw refuseSize(this.name);
      this.#onRead(chunk.length);
      yield chunk;
    }
  }
}

const isZlibError = (error: unknown): boolean =>
  ((error as NodeJS.ErrnoException).code ?? '').startsWith('Z_');

/** The same bytes, cut behind line feeds. */
async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []; // the begun line, in parts
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end === 0) rest.push(chunk);
    else {
      yield Buffer.concat([...rest, chunk.subarray(0, end)]);
      rest = end < chunk.length ? [chunk.subarray(end)] : [];
    }
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
