import { readFileSync } from 'node:fs';

/**
 * One sentence where memory did not suffice. A limit on address space is named: it counts what a process reserves, which
 * is several times what it uses, so that closing other programs would not help.
 * @param limit bytes of address space that a process may have; null for no limit
 */
export function noMemory(limit = addressLimit()): string {
  const why = 'There is not enough memory to retrain';
  if (limit === null)
    return `${why}; the old model stays. Close other programs, or use the WebAssembly backend, which needs half as much.`;
  const gigabytes = (limit / 1e9).toFixed(1);
  return `${why} under the limit of ${gigabytes} GB of address space (ulimit -v); the old model stays. TensorFlow needs about 3 GB of it, WebAssembly 12.`;
}

/** Bytes that this process and those that it starts may have, null for any number; only Linux says. */
export function addressLimit(): number | null {
  try {
    const [, soft] = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}
