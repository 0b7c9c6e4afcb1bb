import { InputError } from '../errors';

/** Whether no number of an array is NaN or infinite. */
export function areFinite(numbers: Float32Array): boolean {
  let sum = 0;
  for (let k = 0; k < numbers.length; k++) sum += numbers[k] * 0; // NaN times 0 is NaN, and so is infinity times 0
  return sum === 0;
}

/**
 * One NaN among the weights of a network makes all that it says NaN.
 * @param file named in the error
 * @throws InputError naming the weight with a number that is NaN or infinite
 */
export function requireFinite(name: string, numbers: Float32Array, file?: string): void {
  if (areFinite(numbers)) return;
  throw new InputError(
    `The weight "${name}" has numbers that are NaN or infinite.`,
    file === undefined ? {} : { file },
    'Fetch or make the weights again.',
  );
}
