import { stat } from 'node:fs/promises';
import { InputError } from '../errors';
import type { NamedArray } from '../nn/parameters';

/** Read access to the datasets of an HDF5 file, one at a time. */
export interface Hdf5File {
  /** The shape of a dataset; undefined where there is none of that name. */
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
    shape: (name) => find(name)?.shape ?? undefined,
    read(name, rows) {
      const dataset = find(name);
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
