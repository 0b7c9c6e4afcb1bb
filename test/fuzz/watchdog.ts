import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';

/** What the reader's thread says of the input it is at. */
export interface Watch {
  /** Begun reading; ms as of `Date.now()`, 0 between inputs. */
  readonly begun: Float64Array;
  /** Number of the input, counted from 0. */
  readonly run: Int32Array;
  /** Bytes in memory before the input was read: native TensorFlow alone takes 300 MB, and so may making the input. */
  readonly before: Float64Array;
}

/** Limits for one input: ms of computing, ms by the clock (other work may fill the machine), bytes of memory: with those of the libraries on WebAssembly 500 MB in all. */
export const LIMITS = { computing: 2000, clock: 15_000, memory: 350 * 2 ** 20 };

/** Kills the process, which may hang, where an input takes longer or more memory than it may. */
async function watch({ begun, run, before }: Watch): Promise<never> {
  let [at, used] = [-1, process.cpuUsage()];
  for (;;) {
    await wait(20);
    const since = begun[0];
    if (since === 0) continue;
    if (run[0] !== at) [at, used] = [run[0], process.cpuUsage()];
    const { user, system } = process.cpuUsage(used);
    const computing = (user + system) / 1000;
    const memory = process.memoryUsage.rss() - before[0];
    const clock = Date.now() - since;
    const error =
      computing > LIMITS.computing || clock > LIMITS.clock
        ? `has not ended after ${Math.round(computing)} ms of computing`
        : memory > LIMITS.memory
          ? `takes ${Math.round(memory / 2 ** 20)} MB`
          : undefined;
    if (error === undefined || begun[0] !== since) continue;
    writeSync(1, `${JSON.stringify({ run: run[0], error })}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}

if (workerData !== null) void watch(workerData as Watch);
