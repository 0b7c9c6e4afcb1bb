import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import type { RetrainProgress } from '../../../models/retraining/retrainProgress';
import { type TrainerCare, trainerProcesses } from '../../../server/retraining/trainerProcess';
import { root } from '../../shared';
import { makeTinyModelFolder } from '../../cli/tinyModel';
import { labelledFolder } from './labelledFolder';

/** The process that trains, as it is. */
const trainer = path.join(root, 'out', 'server', 'retraining', 'trainer.js');
const settings = { epochs: 6, newEpochs: 6, foldsFrom: 10 };
const read = { phase: 'read', texts: 1, labels: 1, sentences: 1 };

describe('looking after a trainer', () => {
  let tiny: string;
  let base: string;
  let folder: string;
  const logged: string[] = [];

  before(async () => {
    ({ folder: tiny, model: base } = await makeTinyModelFolder());
    folder = labelledFolder();
  });
  after(() => {
    for (const made of [tiny, folder]) rmSync(made, { recursive: true, force: true });
  });

  interface Run extends Partial<TrainerCare> {
    readonly controller?: AbortController;
    readonly follow?: (step: RetrainProgress) => void;
  }

  function train({ controller = new AbortController(), follow = () => undefined, ...care }: Run) {
    const log = (text: string): void => void logged.push(text);
    const start = trainerProcesses({ log, isInBackground: true, script: trainer, ...care });
    return start({ folder, base, settings }, 'auto', follow, controller.signal);
  }

  /** Runs a program in place of the trainer; it has the request already. */
  function runInstead(program: string, run: Run = {}) {
    const script = path.join(base, 'instead.js');
    writeFileSync(script, `process.once('message', () => { ${program} });`);
    return train({ ...run, script });
  }

  const sentence =
    (expected: string | RegExp) =>
    (error: unknown): boolean => {
      assert.ok(error instanceof InputError, String(error));
      if (typeof expected === 'string') assert.equal(error.format(), expected);
      else assert.match(error.format(), expected);
      return true;
    };

  function isClean(): void {
    const names = readdirSync(new ModelHistory(folder).folder);
    assert.ok(!names.some((name) => name.endsWith('.partial')), names.join(' '));
    assert.ok(!readdirSync(path.join(folder, '.glossator', 'cache')).some((name) => name.endsWith('.tmp')));
  }

  it('answers with the model, which is in the history and does not serve', async () => {
    const phases = new Set<string>();
    const { record, directory } = await train({ follow: ({ phase }) => phases.add(phase) });
    assert.deepEqual([...phases], ['read', 'embedding', 'epoch', 'notice', 'measuring', 'done']);
    const history = new ModelHistory(folder);
    assert.deepEqual([(await history.list())[0].directory, await history.current()], [directory, null]);
    assert.equal(record.run, path.basename(directory));
  });

  const noMemory =
    'There is not enough memory to retrain; the old model stays. Close other programs, or use the WebAssembly backend, which needs half as much.';
  const ends: readonly (readonly [what: string, program: string, said: string])[] = [
    [
      'it says why itself',
      `process.send({ failed: 'The disk is full.' }, () => process.exit(1))`,
      'The disk is full.',
    ],
    [
      'its heap is full',
      `process.stderr.write('FATAL ERROR: JavaScript heap out of memory', () => process.abort())`,
      noMemory,
    ],
    ['C++ gets no memory', `process.stderr.write("what(): std::bad_alloc", () => process.abort())`, noMemory],
    [
      'the system gives no thread',
      `process.stderr.write('tf_Compute creation via pthread_create() failed.', () => process.abort())`,
      noMemory,
    ],
    [
      'it aborts without a word',
      'process.abort()',
      'The process that trains crashed (SIGABRT), perhaps for want of memory; the old model stays.',
    ],
    [
      'it crashes',
      `process.kill(process.pid, 'SIGSEGV')`,
      'The process that trains crashed (SIGSEGV), perhaps for want of memory; the old model stays.',
    ],
    [
      'the system kills it',
      `process.kill(process.pid, 'SIGKILL')`,
      'The process that trains was killed, perhaps for want of memory; the old model stays.',
    ],
    [
      'somebody ends it',
      `process.kill(process.pid, 'SIGTERM')`,
      'The process that trains was ended by SIGTERM; the old model stays.',
    ],
    [
      'it throws',
      `throw new TypeError('x is undefined')`,
      'The process that trains ended with status 1 (TypeError: x is undefined); the old model stays.',
    ],
    [
      'it ends too early',
      'process.exit(3)',
      'The process that trains ended with status 3; the old model stays.',
    ],
  ];
  for (const [what, program, said] of ends)
    it(`says one sentence where ${what}`, () => assert.rejects(runInstead(program), sentence(said)));

  it('logs what a trainer wrote that crashed', async () => {
    logged.length = 0;
    await assert.rejects(runInstead(`process.stderr.write('a trace', () => process.abort())`));
    assert.equal(logged.length, 1);
    assert.match(logged[0], /^The trainer wrote:\na trace/);
  });

  it('ends a trainer that beats no more, and waits for one that does', async () => {
    const silent =
      'The process that trains no longer answered and was ended, perhaps for want of memory; the old model stays.';
    const block = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)';
    const steps: RetrainProgress[] = [];
    await assert.rejects(
      runInstead(`process.send(${JSON.stringify(read)}, () => ${block})`, {
        patience: 5000,
        follow: (step) => steps.push(step),
      }),
      sentence(silent),
    );
    assert.deepEqual(steps, [read]);
    const beating = `let left = 40; setInterval(() => left-- ? process.send({ beat: true }) : process.exit(4), 250)`;
    await assert.rejects(runInstead(beating, { patience: 5000 }), sentence(/ended with status 4/));
  });

  it('ends the real trainer when it hangs amidst its work, and sweeps up', async () => {
    const { folder: models } = new ModelHistory(folder);
    let isStopped = false;
    const follow = ({ phase }: RetrainProgress): void => {
      if (phase !== 'epoch' || isStopped) return;
      const partial = readdirSync(models).find((name) => name.endsWith('.partial')) ?? '';
      const { pid } = JSON.parse(readFileSync(path.join(models, partial, 'owner.json'), 'utf8')) as {
        pid: number;
      };
      process.kill(pid, 'SIGSTOP');
      isStopped = true;
    };
    await assert.rejects(train({ patience: 15_000, follow }), sentence(/no longer answered/));
    assert.ok(isStopped);
    isClean();
  });

  it('is cancelled at any step, even the last, and nothing is left', async () => {
    const history = new ModelHistory(folder);
    const runs = await history.list();
    for (const at of ['read', 'epoch', 'measuring']) {
      const controller = new AbortController();
      const reason = new Error('enough');
      const follow = ({ phase }: RetrainProgress): void => {
        if (phase === at) controller.abort(reason);
      };
      await assert.rejects(train({ controller, follow }), reason, at);
      assert.deepEqual(await history.list(), runs, at);
      isClean();
    }
    const controller = new AbortController();
    controller.abort(new Error('before'));
    await assert.rejects(train({ controller }), /before/);
  });

  it('gives it half of the cores and a low priority where somebody types, else all', async () => {
    const tell = `process.send({ failed: JSON.stringify([process.env.OMP_NUM_THREADS ?? 'all', require('os').getPriority()]) }, () => process.exit())`;
    const { availableParallelism, getPriority } = await import('node:os');
    const half = String(Math.max(1, availableParallelism() >> 1));
    await assert.rejects(runInstead(tell), sentence(JSON.stringify([half, 10])));
    await assert.rejects(
      runInstead(tell, { isInBackground: false }),
      sentence(JSON.stringify([process.env.OMP_NUM_THREADS ?? 'all', getPriority()])),
    );
  });

  it('says so where there is no trainer', async () => {
    const script = path.join(base, 'none.js');
    assert.ok(!existsSync(script));
    await assert.rejects(train({ script }), sentence(`${script}: This installation has no trainer.`));
  });
});
