import { access } from 'node:fs/promises';
import { InputError } from '../errors';
import type { NamedArray } from '../nn/parameters';

/** Read access to the datasets of an HDF5 file, one at a time. */
export interface Hdf5File {
  /** @throws InputError where there is no such dataset of numbers */
  read(name: string): NamedArray;
  close(): void;
}

/** @throws InputError where the file is missing or is not HDF5 */
export async function openHdf5(file: string): Promise<Hdf5File> {
  await access(file).catch(() => {
    throw new InputError('There is no such file.', { file }, 'Check its name and folder.');
  });
  const hdf5 = await import('h5wasm/node');
  await hdf5.ready;
  const damaged = new InputError('The file is not HDF5, or it is cut off.', { file }, 'Fetch it again.');
  let opened: InstanceType<typeof hdf5.File>;
  try {
    opened = new hdf5.File(file, 'r');
    if (opened.file_id < 0n) throw damaged;
  } catch {
    throw damaged;
  }
  return {
    read(name) {
      const dataset = opened.get(name);
      if (!(dataset instanceof hdf5.Dataset) || dataset.shape === null)
        throw new InputError(
          `The dataset "${name}" is missing.`,
          { file },
          'Is it the weights file of an ELMo?',
        );
      const value = dataset.value;
      if (!(value instanceof Float32Array || value instanceof Float64Array))
        throw new InputError(
          `The dataset "${name}" does not hold numbers.`,
          { file },
          'Fetch the file again.',
        );
      return { shape: dataset.shape, data: value instanceof Float32Array ? value : Float32Array.from(value) };
    },
    close: () => void opened.close(),
  };
}
