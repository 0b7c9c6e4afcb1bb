import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { NamedArray } from '../nn/parameters';
import { InputError } from '../errors';
import { openAtomicFile } from './atomicFile';
import { kindOf } from './regularFile';
import { decodeHeader, decodeTensor, encodeHeader, encodeTensor } from './safetensors';

/** A safetensors file that gives one tensor at a time, so that no second copy of its weights is held. */
export interface SafetensorsFile {
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** A fresh copy of a tensor that `shapes` names. */
  read(name: string): NamedArray;
  close(): void;
}

/**
 * @throws InputError where the file is no such file, is cut off, or holds other kinds of numbers; the error of
 * the file system where it cannot be opened
 */
export function openSafetensors(file: string): SafetensorsFile {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // a pipe must not hold us up
  const read = (at: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(descriptor, bytes, done, length - done, at + done);
      if (count === 0) throw new Error(`${file} became shorter while it was read`);
      done += count;
    }
    return bytes;
  };
  try {
    const found = fstatSync(descriptor, { bigint: true });
    if (!found.isFile())
      throw new InputError(`This is ${kindOf(found)}, not a file.`, { file }, 'Name a file of weights.');
    const { start, entries } = decodeHeader(read, Number(found.size), file);
    return {
      shapes: new Map([...entries].map(([name, { shape }]) => [name, shape])),
      read(name) {
        const entry = entries.get(name);
        if (!entry) throw new Error(`${file} has no tensor "${name}"`);
        const [from, to] = entry.data_offsets;
        return decodeTensor(entry, read(start + from, to - from));
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Writes a file of float32 tensors, whole or not at all, holding one of them at a time.
 * @param read called once for each shape, in this order
 */
export async function writeSafetensorsFile(
  file: string,
  shapes: readonly (readonly [string, readonly number[]])[],
  read: (name: string, shape: readonly number[]) => Float32Array,
): Promise<void> {
  const written = await openAtomicFile(file);
  try {
    await written.write(encodeHeader(shapes, 'F32'));
    for (const [name, shape] of shapes) await written.write(encodeTensor(read(name, shape), 'F32'));
    await written.commit();
  } finally {
    await written.abandon();
  }
}
