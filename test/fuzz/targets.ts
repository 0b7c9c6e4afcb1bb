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

/** Makes the files that are damaged, and gives every reader. @param scratch a folder of their own */
export async function fuzzTargets(scratch: string): Promise<readonly Target[]> {
  return [
    ...formatTargets(),
    ...projectTargets(scratch),
    ...archiveTargets(scratch),
    ...(await modelTargets(scratch)),
  ];
}
