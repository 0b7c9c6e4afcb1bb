import assert from 'node:assert/strict';
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import { Random } from '../../../models/random';
import { openModelDirectory } from '../../../models/taggers/modelDirectory';
import type { RetrainRequest } from '../../../server/retraining/retrainFolder';
import { cacheOf, sweepFolder } from '../../../server/retraining/sweepFolder';
import type { TrainerMessage } from '../../../server/retraining/trainer';
import { root } from '../../shared';
import { makeTinyModelFolder } from '../../cli/tinyModel';
import { labelledFolder } from './labelledFolder';

/** All 50 take minutes: `GLOSSATOR_KILLS=50`. */
const kills = Number(process.env.GLOSSATOR_KILLS ?? 5);
const trainer = path.join(root, 'out', 'server', 'retraining', 'trainer.js');
const settings = { epochs: 6, newEpochs: 6, foldsFrom: 10 };

interface End {
  readonly messages: TrainerMessage[];
  readonly signal: string | null;
}

/** Runs the process that trains; kills it after so many milliseconds, if any. */
async function train(request: RetrainRequest, killAfter?: number): Promise<End> {
  const child = fork(trainer, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  const messages: TrainerMessage[] = [];
  child.on('message', (message: TrainerMessage) => messages.push(message));
  child.send(request);
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  return { messages, signal };
}

describe('the process that trains', () => {
  let tiny: string;
  let base: string;
  let folder: string;

  before(async () => {
    ({ folder: tiny, model: base } = await makeTinyModelFolder());
    folder = labelledFolder();
  });
  after(() => {
    for (const made of [tiny, folder]) rmSync(made, { recursive: true, force: true });
  });

  it(`leaves the old model serving when it is killed at any of ${kills} moments, and no debris`, async () => {
    const history = new ModelHistory(folder, { keep: 100 });
    const begun = performance.now();
    const { messages } = await train({ folder, base, settings, keep: 100 });
    const duration = performance.now() - begun;
    const done = messages.at(-1);
    assert.ok(done && 'phase' in done && done.phase === 'done');
    await history.use(done.record.run);
    const random = new Random(50);
    let killed = 0;
    for (let round = 0; round < kills; round++) {
      const origin = { directory: base, isChosen: true };
      const request = { folder, base: done.directory, origin, settings, keep: 100 };
      const { signal } = await train(request, random.uniform() * duration);
      if (signal === 'SIGKILL') killed++;
      assert.equal(await history.current(), done.directory, `round ${round}`);
      await sweepFolder(folder, history);
      const runs = (await history.list()).map(({ run }) => run);
      assert.deepEqual(
        readdirSync(history.folder).sort(),
        ['.gitignore', 'current.json', ...runs].sort(),
        `round ${round}`,
      );
      for (const { directory } of await history.list()) await openModelDirectory(directory);
      const cache = readdirSync(cacheOf(folder)).filter((name) => !name.endsWith('.f16'));
      assert.deepEqual(cache, ['.gitignore'], `round ${round}`);
    }
    assert.ok(killed > 0);
  });

  it('ends when who asked for it is gone', async () => {
    const child = fork(trainer, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
    child.send({ folder, base, settings });
    await once(child, 'message');
    child.disconnect();
    await once(child, 'exit');
    await new ModelHistory(folder).sweep();
    assert.ok(!readdirSync(new ModelHistory(folder).folder).some((name) => name.endsWith('.partial')));
  });

  it('says in one sentence that the disk is full', async (t) => {
    const disk = mkdtempSync(path.join(tmpdir(), 'glossator-full-'));
    const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', disk]).status === 0;
    t.after(() => {
      if (isMounted) spawnSync('umount', [disk]);
      rmSync(disk, { recursive: true, force: true });
    });
    if (!isMounted) return t.skip('needs the right to mount a small disk');
    cpSync(folder, disk, { recursive: true, filter: (source) => !/models|cache/.test(source) });
    assert.throws(() => writeFileSync(path.join(disk, 'filler'), Buffer.alloc(1 << 20)), { code: 'ENOSPC' });
    const { messages } = await train({ folder: disk, base, settings });
    assert.deepEqual(messages.at(-1), {
      failed: 'The disk is full, so the new model could not be written; the old one stays.',
    });
    const history = new ModelHistory(disk);
    await history.sweep();
    assert.deepEqual(await history.list(), []);
    assert.ok(!readdirSync(history.folder).some((name) => name.endsWith('.partial')));
  });
});
