import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Outcome } from './reader';
import { type Target, fuzzTargets } from './targets';

const INPUTS = Number(process.env.GLOSSATOR_FUZZ_INPUTS ?? 3000);
const SEED = Number(process.env.GLOSSATOR_FUZZ_SEED ?? 20_260_101);
/** Processes at once, and ms for making a hanging input smaller: each try takes as long as the watchdog waits. */
const [PROCESSES, PATIENCE] = [2, 90_000];

const reader = path.join(__dirname, 'reader.js');
/** Memory must not grow only because nobody has collected it yet. */
const NODE = ['--max-old-space-size=400', '--max-semi-space-size=16', '--expose-gc'];
/** Without the native library it is the same readers that read. */
const ENVIRONMENT = { ...process.env, NODE_TEST_CONTEXT: undefined };

type Partial = Omit<Outcome, 'target'> & { readonly target?: string; readonly run?: number };

/** The lines that a reader wrote, the last perhaps by its watchdog. */
async function outcomesOf(jobs: readonly (readonly [string, number])[]): Promise<Partial[]> {
  const child = spawn(process.execPath, [...NODE, reader, JSON.stringify(jobs), String(SEED)], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  const code = await new Promise((resolve) =>
    child.on('close', (status, signal) => resolve(signal ?? status)),
  );
  const outcomes = output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Partial);
  if (code !== 0 && outcomes.at(-1)?.run === undefined)
    return [...outcomes, { error: `The process ended with ${String(code)}.`, run: -1 } as Partial];
  return outcomes;
}

/** The smallest input that the reader does not survive either, each tried in a process of its own. */
function smallest(target: Target, run: number, scratch: string): { path: string; input: Buffer } {
  const file = path.join(scratch, 'input');
  const survives = (input: Buffer | string): boolean => {
    writeFileSync(file, input);
    const child = spawnSync(
      process.execPath,
      [...NODE, reader, JSON.stringify([[target.name, 1]]), '0', file],
      {
        env: ENVIRONMENT,
      },
    );
    return child.status === 0 && child.stdout.length === 0;
  };
  const found = fc.check(fc.property(target.input, survives), {
    seed: SEED,
    path: String(Math.max(0, run)),
    numRuns: 1,
    interruptAfterTimeLimit: PATIENCE,
  });
  return {
    path: found.counterexamplePath ?? String(run),
    input: Buffer.from(found.counterexample?.[0] ?? ''),
  };
}

const shown = (input: Buffer): string =>
  input.length > 600
    ? `${input.length} bytes, ${JSON.stringify(input.toString('latin1', 0, 600))}…`
    : JSON.stringify(input.toString('latin1'));

describe(`${INPUTS} files from strangers (seed ${SEED})`, () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-fuzz-'));
  const outcomes = new Map<string, Partial>();
  let targets: readonly Target[] = [];
  after(() => rmSync(scratch, { recursive: true }));

  before(async () => {
    targets = await fuzzTargets(scratch);
    const sum = targets.reduce((all, { weight }) => all + weight, 0);
    const jobs = targets.map(({ name, weight }) => [name, Math.ceil((INPUTS * weight) / sum)] as const);
    const work = async (): Promise<void> => {
      // One process reads for several readers; what kills it costs only that one.
      for (let own = jobs.splice(0, Math.ceil(jobs.length / 3)); own.length > 0;) {
        const found = await outcomesOf(own);
        for (const [k, outcome] of found.entries()) if (own[k]) outcomes.set(own[k][0], outcome);
        own = own.slice(found.length);
        if (own.length === 0) own = jobs.splice(0, Math.ceil(jobs.length / 3));
      }
    };
    await Promise.all(Array.from({ length: PROCESSES }, work));
  });

  it('each ends within two seconds and 500 MB in a result or one sentence', (context) => {
    const faults: string[] = [];
    for (const target of targets) {
      const outcome = outcomes.get(target.name);
      if (outcome === undefined) faults.push(`${target.name}: nothing was read`);
      else if (outcome.error !== undefined) {
        const { path: at = '', input } =
          outcome.run === undefined
            ? { path: outcome.path, input: Buffer.from(outcome.input ?? '', 'base64') }
            : smallest(target, outcome.run, scratch);
        faults.push(`${target.name}: ${outcome.error}\n  seed ${SEED}, path ${at}, input ${shown(input)}`);
      } else {
        const { runs, refused, seconds, slowest, megabytes } = outcome;
        context.diagnostic(
          `${target.name}: ${runs} inputs, ${refused} refused, ${seconds.toFixed(1)} s, the slowest ${slowest.toFixed(0)} ms, ${megabytes.toFixed(0)} MB at most`,
        );
      }
    }
    assert.deepEqual(faults, [], faults.join('\n'));
  });
});
