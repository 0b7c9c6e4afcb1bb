import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import path from 'node:path';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import type { RetrainProgress } from '../../models/retraining/retrainProgress';
import type { RunRecord } from '../../models/retraining/runRecord';
import { endSentence } from './endSentence';
import { noMemory } from './noMemory';
import type { RetrainRequest } from './retrainFolder';
import { SilenceWatch } from './silenceWatch';
import { sweepDebris } from './sweepFolder';
import type { TrainerMessage } from './trainer';

/** What a trainer made: a model in the history, not yet in use. */
export interface Trained {
  readonly record: RunRecord;
  readonly directory: string;
}

/**
 * Trains in a process of its own; rejects with one sentence for the user, or with the signal's reason, and then
 * nothing is left of it.
 */
export type StartTrainer = (
  request: RetrainRequest,
  backend: 'auto' | 'native' | 'wasm',
  report: (progress: RetrainProgress) => void,
  signal: AbortSignal,
) => Promise<Trained>;

/** How trainers are treated. */
export interface TrainerCare {
  /** Takes what a trainer wrote to stderr when it failed. */
  readonly log: (text: string) => void;
  /** True where somebody types meanwhile: trainers get a low priority and half of the cores. */
  readonly isInBackground: boolean;
  /** What they run; by default what stands beside this file, in out/ as in dist/. */
  readonly script?: string;
  /** Milliseconds of silence after which a trainer is taken to hang. */
  readonly patience?: number;
}

const SCRIPT = path.join(__dirname, 'trainer.js');
/** Long: it beats each second, but a huge embedder on a slow disk may block it for a while. */
const PATIENCE = 120_000;
/** Milliseconds that a trainer has to end by itself when it has said its last. */
const FAREWELL = 10_000;
/** Low, so that typing goes first; not the lowest, at which one core for all would starve it. */
const PRIORITY = 10;
/** Characters of its last words that are kept. */
const LAST_WORDS = 4000;

/**
 * Starts trainers as processes of their own and looks after them: whatever becomes of one, crash, silence or the user's
 * wish, the promise settles and its debris is gone. A trainer may be killed at any moment, so that is how it is ended.
 */
export function trainerProcesses(care: TrainerCare): StartTrainer {
  return async (request, backend, report, signal) => {
    signal.throwIfAborted();
    const outcome = await supervise(startProcess(care, backend), request, care, report, signal);
    const history = new ModelHistory(request.folder);
    if (typeof outcome !== 'string') {
      if (!signal.aborted) return outcome; // whole, however the process ended
      await history.remove(outcome.record.run);
    }
    await sweepDebris(request.folder, history).catch((error: unknown) => care.log(String(error)));
    if (signal.aborted || typeof outcome !== 'string') throw signal.reason as Error;
    throw new InputError(outcome);
  };
}

/** What a trainer made, or why it made nothing. */
type Outcome = Trained | string;

function supervise(
  child: ChildProcess,
  request: RetrainRequest,
  { log, patience = PATIENCE }: TrainerCare,
  report: (progress: RetrainProgress) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let words = '';
    let outcome: Outcome | undefined;
    let isSilent = false;
    let farewell: NodeJS.Timeout | undefined;
    const kill = (): void => void child.kill('SIGKILL');
    const watch = new SilenceWatch(patience, () => {
      isSilent = true;
      kill();
    });
    const settle = (said: Outcome): void => {
      outcome = said;
      farewell ??= setTimeout(kill, FAREWELL);
    };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-LAST_WORDS);
    });
    child.on('message', (message: TrainerMessage) => {
      watch.heard();
      if ('beat' in message) return;
      if ('failed' in message) return settle(message.failed);
      if (message.phase === 'done') settle({ record: message.record, directory: message.directory });
      report(message);
    });
    signal.addEventListener('abort', kill, { once: true });
    process.once('exit', kill); // one that hangs would not notice that nobody is left
    const end = (reason: string): void => {
      watch.stop();
      clearTimeout(farewell);
      signal.removeEventListener('abort', kill);
      process.removeListener('exit', kill);
      if (outcome === undefined && !signal.aborted && words.trim() !== '')
        log(`The trainer wrote:\n${words.trim()}`);
      resolve(outcome ?? reason);
    };
    child.on('error', (error) => end(startSentence(error)));
    child.on('close', (code, killer) => end(endSentence({ code, signal: killer, words, isSilent })));
    child.send(request, (error) => {
      if (error) log(`Telling the trainer what to do: ${error.message}`);
    });
  });
}

/** @throws InputError where there is no trainer, or the system gives no process */
function startProcess(
  { script = SCRIPT, isInBackground }: TrainerCare,
  backend: 'auto' | 'native' | 'wasm',
): ChildProcess {
  if (!existsSync(script)) throw new InputError('This installation has no trainer.', { file: script });
  const threads = isInBackground ? threadsOf(Math.max(1, availableParallelism() >> 1)) : {};
  const env = { ...process.env, ...threads, ...(backend === 'auto' ? {} : { GLOSSATOR_BACKEND: backend }) };
  try {
    const child = fork(script, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [], env });
    if (isInBackground) lower(child.pid);
    return child;
  } catch (error) {
    throw new InputError(startSentence(error as Error));
  }
}

/** What TensorFlow and OpenMP read. */
function threadsOf(threads: number): NodeJS.ProcessEnv {
  const names = ['OMP_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'];
  return Object.fromEntries(names.map((name) => [name, String(threads)]));
}

/** Not every system lets a process do that; training goes on all the same. */
function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, PRIORITY);
  } catch {
    // as said
  }
}

function startSentence({ message }: Error): string {
  if (/ENOMEM|EAGAIN/.test(message)) return noMemory();
  return `The process that trains did not start (${message}); the old model stays.`;
}
