import { addressLimit, MemoryError } from '../../models/addressSpace';
import { loadBackend } from '../../models/backend';
import { InputError } from '../../models/errors';
import type { RetrainProgress } from '../../models/retraining/retrainProgress';
import { noMemory } from './noMemory';
import { retrainFolder, type RetrainRequest } from './retrainFolder';

/*
 * Entry of the process that trains (`dist/trainer.js`). Its parent sends one request and gets the progress; it ends
 * when it is done, when it is told to, or when its parent is gone. Whatever it leaves unfinished is swept away later.
 */

/** What it sends; a beat says no more than that it lives. */
export type TrainerMessage = RetrainProgress | { readonly failed: string } | { readonly beat: true };

/** Milliseconds between two beats. */
const BEAT = 1000;

/** What V8, libuv, TensorFlow.js and the dynamic linker say where they get no memory. */
const MEMORY =
  /allocat|out of memory|OOM\b|memory access out of bounds|ENOMEM|failed to map segment|TF_Status: 8\b/i;
/** What TensorFlow.js says where there are too few addresses for WebAssembly. */
const NO_BACKEND = /initialize any backends/;

/** One sentence on why it came to nothing. */
export function failureSentence(error: unknown): string {
  if (error instanceof MemoryError) return noMemory();
  if (error instanceof InputError) return error.format();
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC') return 'The disk is full, so the new model could not be written; the old one stays.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return 'No permission to write the new model into this folder; the old one stays.';
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  if (MEMORY.test(message) || (NO_BACKEND.test(message) && addressLimit() !== null)) return noMemory();
  return `Retraining failed; the old model stays. ${message}`;
}

const send = (message: TrainerMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send!(message, () => resolve());
    else resolve();
  });

async function serve(request: RetrainRequest): Promise<void> {
  const beats = setInterval(() => void send({ beat: true }), BEAT);
  try {
    await loadBackend('auto');
    for await (const progress of retrainFolder(request)) await send(progress);
    process.exitCode = 0;
  } catch (error) {
    await send({ failed: failureSentence(error) });
    process.exitCode = 1;
  }
  clearInterval(beats);
  process.disconnect?.();
}

process.once('message', (request) => void serve(request as RetrainRequest));
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit(143));
// Ctrl-C in a terminal reaches it, too: whoever started it ends it, and sweeps up.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
