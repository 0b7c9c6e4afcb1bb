import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { XzReadableStream } from 'xz-decompress';
import { InputError } from '../errors';

/** The text files of a corpus: those for training, and one held out whose name begins with `valid`, if any. */
export interface CorpusFiles {
  readonly training: readonly string[];
  readonly heldOut: string | null;
}

/** @throws InputError where the folder is missing or has no `.txt`, `.txt.gz` or `.txt.xz` file */
export async function findCorpus(directory: string): Promise<CorpusFiles> {
  const names = await readdir(directory).catch(() => {
    throw new InputError('There is no such folder.', { file: directory }, 'Name a folder of text files.');
  });
  const texts = names.filter((name) => /\.txt(\.gz|\.xz)?$/.test(name)).sort();
  const heldOut = texts.find((name) => name.startsWith('valid')) ?? null;
  const training = texts.filter((name) => name !== heldOut).map((name) => path.join(directory, name));
  if (training.length === 0)
    throw new InputError(
      'The folder has no text.',
      { file: directory },
      'Put .txt, .txt.gz or .txt.xz files into it.',
    );
  return { training, heldOut: heldOut && path.join(directory, heldOut) };
}

function openText(file: string): Readable {
  const stream = createReadStream(file);
  if (file.endsWith('.gz')) return stream.pipe(createGunzip());
  if (!file.endsWith('.xz')) return stream;
  const plain = new XzReadableStream(Readable.toWeb(stream) as never) as unknown as ReadableStream;
  return Readable.fromWeb(plain);
}

/** The lines of a text file, unpacked on the way; never the whole file at once. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = openText(file);
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (error) => reject(error));
  });
  failed.catch(() => undefined);
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) yield line;
  } finally {
    lines.close();
    input.destroy();
  }
}
