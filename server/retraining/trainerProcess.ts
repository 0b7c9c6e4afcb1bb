import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import path from 'node:path';
import { InputError } from '../../models/errors';
import type { RetrainProgress } from '../../models/retraining/retrainProgress';
import type { RunRecord } from '../../models/retraining/runRecord';
import type { RetrainRequest } from './retrainFolder';
import type { TrainerMessage } from './trainer';

/** What a trainer made: a model in the history, not yet in use. */
export interface Trained {
  readonly record: RunRecord;
  readonly directory: string;
}

/** Trains in a process of its own; rejects with one sentence for the user, or with the signal's reason. */
export type StartTrainer = (
  request: RetrainRequest,
  backend: 'auto' | 'native' | 'wasm',
  report: (progress: RetrainProgress) => void,
  signal: AbortSignal,
) => Promise<Trained>;

/** Stands beside the code that starts it, in out/ as in dist/. */
const SCRIPT = path.join(__dirname, 'trainer.js');
/** Low, so that typing goes first; not the lowest, at which one core for all would starve it. */
const PRIORITY = 10;
/** Milliseconds that a trainer has to end by itself once it is asked to. */
const PATIENCE = 2000;
/** Characters of its last words that are kept. */
const LAST_WORDS = 4000;

/**
 * Starts trainers as processes of low priority that compute on half of the cores, so that whoever types does not
 * notice them.
 * @param log takes what a trainer wrote to stderr when it failed
 */
export function trainerProcesses(log: (line: string) => void, script = SCRIPT): StartTrainer {
  return (request, backend, report, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (!existsSync(script)) throw new InputError('This installation has no trainer.', { file: script });
      const child = fork(script, [], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        execArgv: [],
        env: {
          ...process.env,
          ...threadsOf(Math.max(1, availableParallelism() >> 1)),
          ...backendOf(backend),
        },
      });
      lower(child.pid);
      let words = '';
      let failure: string | undefined;
      let trained: Trained | undefined;
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        words = (words + text).slice(-LAST_WORDS);
      });
      child.on('message', (message: TrainerMessage) => {
        if ('failed' in message) failure = message.failed;
        else if (message.phase === 'done') trained = { record: message.record, directory: message.directory };
        else report(message);
      });
      let timer: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        child.kill('SIGTERM');
        timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      };
      signal.addEventListener('abort', cancel, { once: true });
      const end = (reason: string): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        if (trained !== undefined) return resolve(trained); // it is whole and in the history, however the process ended
        if (signal.aborted) return reject(signal.reason as Error);
        if (words.trim() !== '') log(`The trainer wrote:\n${words.trim()}`);
        reject(new InputError(failure ?? reason));
      };
      child.on('error', (error) => end(`The trainer did not start: ${error.message}.`));
      child.on('close', (code, killer) => end(reasonOf(code, killer, words)));
      child.send(request, (error) => {
        if (error) log(`Telling the trainer what to do: ${error.message}`);
      });
    });
}

/** What TensorFlow and OpenMP read. */
function threadsOf(threads: number): NodeJS.ProcessEnv {
  const names = ['OMP_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'];
  return Object.fromEntries(names.map((name) => [name, String(threads)]));
}

function backendOf(backend: 'auto' | 'native' | 'wasm'): NodeJS.ProcessEnv {
  return backend === 'auto' ? {} : { GLOSSATOR_BACKEND: backend };
}

/** Not every system lets a process do that; training goes on all the same. */
function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, PRIORITY);
  } catch {
    // as said
  }
}

function reasonOf(code: number | null, killer: NodeJS.Signals | null, words: string): string {
  if (
    /heap out of memory|bad_alloc|Cannot allocate memory|std::length_error/.test(words) ||
    killer === 'SIGABRT'
  )
    return 'There is not enough memory to retrain; the old model stays.';
  if (killer === 'SIGKILL')
    return 'The process that trains was killed, perhaps for want of memory; the old model stays.';
  if (killer !== null) return `The process that trains was ended by ${killer}; the old model stays.`;
  return `The process that trains ended with status ${code ?? 'unknown'}; the old model stays.`;
}
