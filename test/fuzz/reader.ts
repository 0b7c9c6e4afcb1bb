import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import { InputError } from '../../models/errors';
import { type Target, fuzzTargets } from './targets';
import { LIMITS, type Watch } from './watchdog';

/*
 * The process that reads what strangers may send. Its arguments: a list of names of readers with the number of inputs,
 * and a seed; or the name of one, and a file to read. It writes a line of JSON for each reader; where it is killed
 * instead, its watchdog writes the last.
 */

/** What became of a reader's inputs. */
export interface Outcome {
  readonly target: string;
  readonly runs: number;
  readonly refused: number;
  readonly seconds: number;
  readonly slowest: number;
  readonly megabytes: number;
  /** Where an input failed: why, how to get it again, and the smallest one that fails alike. */
  readonly error?: string;
  readonly path?: string;
  readonly input?: string;
}

const begun = new Float64Array(new SharedArrayBuffer(8));
const run = new Int32Array(new SharedArrayBuffer(4));
const before = new Float64Array(new SharedArrayBuffer(8));

/** Bytes of memory that may be left of inputs before. */
const GARBAGE = 50 * 2 ** 20;

/** Reads one input. @returns whether it was refused in one sentence */
async function read(target: Target, input: Buffer | string): Promise<boolean> {
  // What making the input left behind would count for the reader, or hide what the reader takes.
  if (process.memoryUsage.rss() > before[0] + GARBAGE) globalThis.gc?.();
  before[0] = process.memoryUsage.rss();
  begun[0] = Date.now();
  const used = process.cpuUsage();
  let refusal: string | undefined;
  try {
    await target.read(input);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    refusal = error.format();
  } finally {
    begun[0] = 0;
  }
  const { user, system } = process.cpuUsage(used);
  assert.ok((user + system) / 1000 < LIMITS.computing, `took ${(user + system) / 1000} ms of computing`);
  if (refusal !== undefined) assert.match(refusal, /^[^\n]{1,3000}$/u, 'not one sentence');
  return refusal !== undefined;
}

async function fuzz(target: Target, runs: number, seed: number): Promise<Outcome> {
  let [refused, slowest] = [0, 0];
  run[0] = -1;
  const start = performance.now();
  const property = fc.asyncProperty(target.input, async (input) => {
    run[0]++;
    const before = performance.now();
    if (await read(target, input)) refused++;
    slowest = Math.max(slowest, performance.now() - before);
  });
  const found = await fc.check(property, { seed, numRuns: runs });
  const seconds = (performance.now() - start) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const outcome = { target: target.name, runs: found.numRuns, refused, seconds, slowest, megabytes };
  if (!found.failed) return outcome;
  const { errorInstance: error, counterexample, counterexamplePath } = found;
  return {
    ...outcome,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    path: counterexamplePath ?? '',
    input: Buffer.from(counterexample?.[0] ?? '').toString('base64'),
  };
}

async function main([jobs, seed, file]: readonly string[]): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-fuzz-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const readings = JSON.parse(jobs) as [string, number][];
  const made = await fuzzTargets(
    scratch,
    readings.map(([name]) => name),
  );
  const targets = new Map(made.map((target) => [target.name, target]));
  const watch: Watch = { begun, run, before };
  const watchdog = new Worker(path.join(__dirname, 'watchdog.js'), { workerData: watch });
  for (const [name, runs] of readings) {
    const target = targets.get(name);
    if (!target) continue;
    if (file !== undefined) {
      await read(target, readFileSync(file)).catch((error: unknown) => {
        console.log(JSON.stringify({ error: String(error) }));
      });
      continue;
    }
    console.log(JSON.stringify(await fuzz(target, runs, Number(seed))));
  }
  await watchdog.terminate();
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
