import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { ModelFolder, type Nature, ServingBench } from './servingBench';

const [first, second, broken, unsound] = [1, 2, 3, 4].map((second) => `2026-01-01T00-00-0${second}`);
const nature: Nature = (directory) =>
  directory.endsWith(broken) || directory.endsWith('lost')
    ? 'broken'
    : directory.endsWith(unsound)
      ? 'unsound'
      : 'sound';

describe('the one way to another model', () => {
  let folder: ModelFolder;
  let bench: ServingBench;

  beforeEach(async () => {
    folder = new ModelFolder();
    for (const run of [first, second, broken, unsound]) folder.add(run);
    bench = new ServingBench(folder.path, nature);
    bench.settings.changed.on(() => void bench.follow());
    void bench.follow();
    await bench.finish();
    assert.equal(bench.serving, 'built-in on auto');
  });
  afterEach(() => folder.remove());

  const chosen = async (): Promise<string | null> => {
    const current = await folder.history.current();
    return current && path.basename(current);
  };
  /** Asks for a model, and waits until it is being loaded. */
  async function use(run: string | null): Promise<{ readonly answer: Promise<string | null> }> {
    const { asked } = bench.loader;
    const answer = bench.retrainer.use(run);
    answer.catch(() => undefined);
    while (bench.loader.asked === asked) await new Promise<void>((resolve) => setImmediate(resolve));
    await bench.settled();
    return { answer };
  }

  it('brings what was chosen, and writes it down', async () => {
    const { answer } = await use(first);
    assert.deepEqual([bench.serving, await chosen()], ['built-in on auto', null], 'while it is loaded');
    await bench.finish();
    assert.equal(await answer, null);
    assert.deepEqual([bench.serving, await chosen(), bench.alive.size], [`${first} on auto`, first, 1]);
  });

  it('tries a model out: one whose answers are not sound is refused, and what served serves on', async () => {
    for (const [run, why] of [
      [unsound, 'The model failed its self-test: its predictions are invalid.'],
      [broken, `${broken} is broken.`],
    ]) {
      const { answer } = await use(run);
      await bench.finish();
      await assert.rejects(answer, new InputError(why));
      assert.deepEqual([bench.serving, await chosen(), bench.alive.size], ['built-in on auto', null, 1]);
    }
    assert.deepEqual(bench.told, [], 'whoever asked is answered, and nobody else');
  });

  it('takes settings that changed meanwhile into account, and says that the choice was superseded', async () => {
    const { answer } = await use(first);
    bench.settings.update({ backend: 'wasm' });
    await bench.finish();
    assert.match(
      (await answer) ?? '',
      /^The model is not in use: while it was loading, the settings changed/,
    );
    assert.deepEqual([bench.serving, await chosen(), bench.alive.size], ['built-in on wasm', null, 1]);
  });

  it('takes no notice of settings that have nothing to do with models', async () => {
    const { answer } = await use(first);
    bench.settings.update({ diagnostics: { threshold: 0.1 } });
    await bench.finish();
    assert.equal(await answer, null);
    assert.deepEqual([bench.serving, await chosen()], [`${first} on auto`, first]);
  });

  it('lets the newest choice win', async () => {
    const [early, middle] = [await use(first), await use(second)];
    const { answer } = await use(null);
    await bench.finish();
    assert.match((await early.answer) ?? '', /another model was chosen/);
    assert.match((await middle.answer) ?? '', /another model was chosen/);
    assert.ok(!bench.begun.includes(`${second} on auto`), 'what nobody waits for any more is not loaded');
    assert.equal(await answer, null);
    assert.deepEqual([bench.serving, await chosen(), bench.alive.size], ['built-in on auto', null, 1]);
  });

  it('brings what settings want also where a choice comes in the midst of it and is refused', async () => {
    bench.settings.update({ backend: 'wasm' });
    const { answer } = await use(broken);
    await bench.finish();
    await assert.rejects(answer, /is broken/);
    assert.equal(bench.serving, 'built-in on wasm');
  });

  it('does not let a model serve that could not be written down', async () => {
    const { answer } = await use(first);
    const file = path.join(folder.history.folder, 'current.json');
    writeFileSync(file, 'pinned: all');
    await bench.finish();
    await assert.rejects(answer, /does not say which model is in use/);
    assert.deepEqual([bench.serving, bench.alive.size], ['built-in on auto', 1]);
    assert.equal(readFileSync(file, 'utf8'), 'pinned: all');
  });

  it('keeps what served where a setting names a model that cannot be loaded, and says so once', async () => {
    bench.settings.update({ model: 'lost' });
    await bench.finish();
    bench.settings.update({ model: 'lost', retrainOnSave: true });
    await bench.finish();
    assert.deepEqual(bench.told, ['lost is broken. The model before it is still in use.']);
    assert.deepEqual([bench.serving, bench.tagging.failure], ['built-in on auto', undefined]);
    bench.settings.update({});
    await bench.finish();
    assert.equal(bench.loader.damage, undefined);
  });

  it('is in state "failed" where nothing can serve, until something does', async () => {
    await bench.crash();
    bench.settings.update({ model: 'lost' });
    await bench.finish();
    assert.equal(bench.tagging.failure, 'lost is broken.');
    bench.settings.update({ model: 'mine' });
    await bench.finish();
    assert.deepEqual([bench.serving, bench.tagging.failure], ['mine on auto', undefined]);
  });

  it('recovers from a crash when asked to', async () => {
    await bench.crash();
    assert.equal(bench.serving, null);
    const asked = await bench.follow(); // which changes nothing
    assert.ok(asked.kind === 'refused' && /The tagger stopped/.test(asked.reason.message), asked.kind);
    void bench.loader.recover();
    await bench.finish();
    assert.equal(bench.serving, 'built-in on auto');
  });

  it('serves what all began with where another program chose a model that is gone', async () => {
    await folder.history.use(first);
    rmSync(path.join(folder.history.folder, broken), { recursive: true });
    writeFileSync(path.join(folder.history.folder, 'current.json'), JSON.stringify({ current: broken }));
    const told = bench.told.length;
    for (let times = 0; times < 2; times++) {
      void bench.follow();
      await bench.finish();
    }
    assert.equal(bench.serving, 'built-in on auto');
    assert.equal(bench.told.length, told + 1, 'said once');
    assert.match(bench.loader.damage ?? '', new RegExp(`^The retrained model ${broken} cannot be loaded`));
  });
});
