import os from 'node:os';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { node } from '@tensorflow/tfjs-node';
import { checkAddressSpace, MemoryError } from './addressSpace';

export { tf };

/** The two ways to compute: libtensorflow through `@tensorflow/tfjs-node`, or WebAssembly. */
export type BackendName = 'native' | 'wasm';

export interface Backend {
  readonly name: BackendName;
  /** One line for the user: which backend runs, and why not the faster one. */
  readonly notice: string;
}

/**
 * tfjs-node 4.22.0 calls two functions that Node 23 removed; without them every op throws
 * (tensorflow/tfjs#8609). Must run before the package is loaded.
 */
function restoreRemovedFunctions(): void {
  // The default import is the module itself; a namespace import would be a copy that tfjs-node never sees.
  const holes = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: unknown };
  holes.isNullOrUndefined ??= (value) => value === null || value === undefined;
  holes.isArray ??= Array.isArray;
}

/** The flag of `dlopen` for what stays loaded until the process ends. Node does not name it; Windows has none. */
const RTLD_NODELETE: Partial<Record<NodeJS.Platform, number>> = { linux: 0x1000, darwin: 0x80 };

/**
 * Loads add-ons for good. Node unloads those of a worker thread when the thread ends, but libtensorflow leaves threads
 * and exit handlers behind: without its code the process crashes, at its own end at the latest.
 */
async function loadForGood(load: () => Promise<unknown>): Promise<void> {
  const dlopen = process.dlopen.bind(process);
  const forGood = os.constants.dlopen.RTLD_LAZY | (RTLD_NODELETE[process.platform] ?? 0);
  process.dlopen = (module, file, flags = 0) => dlopen(module, file, flags | forGood);
  try {
    await load();
  } finally {
    process.dlopen = dlopen;
  }
}

async function loadNative(): Promise<Backend> {
  checkAddressSpace('native');
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // libtensorflow must not write into a stdio stream
  restoreRemovedFunctions();
  await loadForGood(() => import('@tensorflow/tfjs-node'));
  await tf.setBackend('tensorflow');
  return { name: 'native', notice: 'Backend: native TensorFlow.' };
}

async function loadWasm(reason: string): Promise<Backend> {
  checkAddressSpace('wasm');
  await import('@tensorflow/tfjs-backend-wasm');
  // The core package carries gradients only in a form that Node does not load; this one registers them.
  await import('@tensorflow/tfjs-layers');
  await tf.setBackend('wasm');
  await tf.ready();
  return { name: 'wasm', notice: `Backend: WebAssembly${reason ? ` (${reason})` : ''}.` };
}

function isBackendName(name: string): name is BackendName {
  return name === 'native' || name === 'wasm';
}

/**
 * Loads TensorFlow.js once for this process or thread.
 * @param preference `auto` takes the native library where it loads, else WebAssembly; the environment
 * variable GLOSSATOR_BACKEND (`native` or `wasm`) wins over it.
 * @throws Error when `native` is forced and the native library does not load, MemoryError when no backend has room
 */
export async function loadBackend(preference: 'auto' | BackendName = 'auto'): Promise<Backend> {
  const forced = process.env.GLOSSATOR_BACKEND ?? '';
  const wanted = isBackendName(forced) ? forced : preference;
  if (wanted === 'wasm') return loadWasm('');
  try {
    return await loadNative();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const isMemory = error instanceof MemoryError;
    if (wanted === 'native' && isMemory) throw error;
    if (wanted === 'native')
      throw new Error(`The native TensorFlow library does not load: ${reason}`, { cause: error });
    return loadWasm(
      isMemory ? 'too little memory for the native one' : 'the native TensorFlow library is not installed',
    );
  }
}

/** What reads and runs SavedModels: undefined on WebAssembly, which cannot, and before a backend is loaded. */
export async function savedModelRuntime(): Promise<typeof node | undefined> {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  const loaded = await import('@tensorflow/tfjs-node');
  // Node sees no names in the one file that the extension ships; there all is in the default export.
  return loaded.node ?? loaded.default.node;
}
