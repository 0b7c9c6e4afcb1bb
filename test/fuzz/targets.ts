import type * as fc from 'fast-check';
import { archiveTargets } from './archiveTargets';
import { formatTargets } from './formatTargets';
import { modelTargets } from './modelTargets';
import { projectTargets } from './projectTargets';

/** A reader of files that may come from anybody. */
export interface Target {
  readonly name: string;
  /** How many of the inputs it gets, beside the others. */
  readonly weight: number;
  readonly input: fc.Arbitrary<Buffer | string>;
  /**
   * Reads an input as the product does.
   * @throws InputError where the input is refused; any other error is a fault
   */
  read(input: Buffer | string): unknown;
}

/**
 * Makes the files that are damaged, and gives the readers.
 * @param scratch a folder of their own
 * @param names those that are wanted, all where absent: only models need a backend
 */
export async function fuzzTargets(scratch: string, names?: readonly string[]): Promise<readonly Target[]> {
  const light = [...formatTargets(), ...projectTargets(scratch), ...archiveTargets(scratch)];
  if (names?.every((name) => light.some((target) => target.name === name))) return light;
  return [...light, ...(await modelTargets(scratch))];
}
