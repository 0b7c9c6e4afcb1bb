import { readFileSync } from 'node:fs';
import { InputError } from './errors';

/** Bytes of address space, of which far more is reserved than used, that a backend cannot do without. */
const LEAST = { native: 2.2e9, wasm: 2e9 };
/** Pages of 64 KiB that the WebAssembly backend begins with. */
const WASM_PAGES = 256;

/** A backend gets no memory: caught before it is loaded, since it would take the process down. */
export class MemoryError extends InputError {
  constructor(limit: number) {
    super(
      `There is not enough memory under the limit of ${inGigabytes(limit)} of address space (ulimit -v).`,
      {},
      `${NEEDS} Raise the limit.`,
    );
  }
}

/** What the backends need, as a sentence. */
export const NEEDS = 'TensorFlow needs about 3 GB of it, WebAssembly 12.';

export const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Bytes that this process and those that it starts may have, null for any number; only Linux says. */
export function addressLimit(): number | null {
  try {
    const [, soft] = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/**
 * Says whether a backend can run under the limit of this process.
 * @throws MemoryError where it cannot
 */
export function checkAddressSpace(backend: 'native' | 'wasm', limit = addressLimit()): void {
  if (limit === null) return;
  if (limit < LEAST[backend] || (backend === 'wasm' && !hasRoomForWasm())) throw new MemoryError(limit);
}

/** What no library of types for Node declares. */
interface WithWebAssembly {
  readonly WebAssembly: { readonly Memory: new (descriptor: { readonly initial: number }) => object };
}

/** How much V8 reserves for WebAssembly depends on its flags, so it is asked. */
function hasRoomForWasm(): boolean {
  const { WebAssembly } = globalThis as unknown as WithWebAssembly;
  try {
    void new WebAssembly.Memory({ initial: WASM_PAGES });
    return true;
  } catch {
    return false;
  }
}
