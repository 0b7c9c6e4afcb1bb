import { stat } from 'node:fs/promises';
import { InputError } from '../errors';
import type { NamedArray } from '../nn/parameters';

/** How often its own size a file may unpack to; weights hardly pack at all. */
const MOST_PACKED = 8;

/** Read access to the datasets of an HDF5 file, one at a time. */
export interface Hdf5File {
  /**
   * The shape of a dataset; undefined where there is none of that name.
   * @throws InputError where it declares more numbers than the file can hold
   */
  shape(name: string): readonly number[] | undefined;
  /**
   * @param rows of the first axis, half-open; all of them where absent
   * @throws InputError where there is no such dataset of numbers, or it cannot be read
   */
  read(name: string, rows?: readonly [number, number]): NamedArray;
  close(): void;
}

/** @throws InputError where the file is missing or is not HDF5 */
export async function openHdf5(file: string): Promise<Hdf5File> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new InputError('There is no such file.', { file }, 'Check its name and folder.');
  if (!found.isFile()) throw new InputError('This is not a file.', { file }, 'Name an HDF5 file.');
  const hdf5 = await import('h5wasm/node');
  const library = await hdf5.ready;
  library.activate_throwing_error_handler(); // otherwise the library prints pages about each of them
  const damaged = new InputError('The file is not HDF5, or it is cut off.', { file }, 'Fetch it again.');
  let opened: InstanceType<typeof hdf5.File>;
  try {
    opened = new hdf5.File(file, 'r');
    if (opened.file_id < 0n) throw damaged;
  } catch {
    throw damaged;
  }
  /** Space is given only to what is written, so a file of some kilobytes can declare gigabytes of nothing. */
  const checkSize = (name: string, shape: readonly number[]): void => {
    const bytes = 4 * shape.reduce((a, b) => a * b, 1);
    if (bytes > MOST_PACKED * found.size)
      throw new InputError(
        `The dataset "${name}" has shape [${shape.join(', ')}], more than a file of ${found.size} bytes holds.`,
        { file },
        'Fetch the file again.',
      );
  };
  const find = (name: string): InstanceType<typeof hdf5.Dataset> | null => {
    try {
      const dataset = opened.get(name);
      return dataset instanceof hdf5.Dataset && dataset.shape ? dataset : null;
    } catch {
      return null; // a group on the way is missing
    }
  };
  /** Numbers as float32; null where they are of another kind. */
  const numbers = (value: unknown): Float32Array | null => {
    if (value instanceof Float32Array) return value;
    return value instanceof Float64Array ? Float32Array.from(value) : null;
  };
  return {
    shape(name) {
      const shape = find(name)?.shape ?? undefined;
      if (shape) checkSize(name, shape);
      return shape;
    },
    read(name, rows) {
      const dataset = find(name);
      if (dataset?.shape) checkSize(name, dataset.shape);
      if (!dataset?.shape)
        throw new InputError(
          `The dataset "${name}" is missing.`,
          { file },
          'Is it the weights file of an ELMo?',
        );
      let data: Float32Array | null;
      try {
        data = numbers(rows ? dataset.slice([[...rows]]) : dataset.value);
      } catch {
        throw new InputError(`The dataset "${name}" cannot be read.`, { file }, 'Fetch the file again.');
      }
      if (!data)
        throw new InputError(
          `The dataset "${name}" does not hold numbers.`,
          { file },
          'Fetch the file again.',
        );
      const [size, ...rest] = dataset.shape;
      return { shape: rows ? [rows[1] - rows[0], ...rest] : [size, ...rest], data };
    },
    close: () => void opened.close(),
  };
}
