import { requireFinite } from '../data/finiteNumbers';
import { biLmSize, numbersIn } from '../nn/biLmShapes';
import type { ElmoOptions } from '../nn/elmoOptions';

/** Told after each weight how many numbers were read, of how many. */
export type LoadProgress = (done: number, total: number) => void;

/** The weights of a biLM in some file. */
export interface BiLmFile {
  readonly options: ElmoOptions;
  /** One of the weights that `biLmShapes` names. */
  read(name: string, shape: readonly number[]): Float32Array;
}

/** Such a file that was found whole, until it is closed. */
export interface OpenBiLmFile extends BiLmFile {
  close(): void;
}

/**
 * A parameter source that reads a file and reports how far it has come.
 * Its `get` throws InputError where a weight has numbers that are NaN or infinite.
 */
export function reporting(
  file: BiLmFile,
  progress: LoadProgress = () => undefined,
): { get(name: string, shape: readonly number[]): Float32Array } {
  const total = biLmSize(file.options);
  let done = 0;
  return {
    get(name, shape) {
      const data = file.read(name, shape);
      requireFinite(name, data);
      done += numbersIn(shape);
      progress(done, total);
      return data;
    },
  };
}
