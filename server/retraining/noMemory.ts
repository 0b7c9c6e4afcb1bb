import { addressLimit, inGigabytes, NEEDS } from '../../models/addressSpace';

/**
 * One sentence where memory did not suffice. A limit on address space is named: it counts what a process reserves, which
 * is several times what it uses, so that closing other programs would not help.
 * @param limit bytes of address space that a process may have; null for no limit
 */
export function noMemory(limit = addressLimit()): string {
  const why = 'There is not enough memory to retrain';
  if (limit === null)
    return `${why}; the old model stays. Close other programs, or use the WebAssembly backend, which needs half as much.`;
  return `${why} under the limit of ${inGigabytes(limit)} of address space (ulimit -v); the old model stays. ${NEEDS}`;
}
