import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import type { RunRecord } from '../../../models/retraining/runRecord';

const record = (run: string): RunRecord => ({
  ...{ format: 'glossator-run', version: 1, run, time: '2026-01-01T00:00:00.000Z', seconds: 1 },
  ...{ modelId: 'b', baseId: 'a', dataHash: '', seed: 1, settings: {}, glossator: '0.1.0' },
  ...{ texts: 1, sentences: 1, verdict: 'unmeasured', layers: [], flips: [] },
});

describe('model history', () => {
  let root: string;
  let history: ModelHistory;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'glossator-history-'));
    history = new ModelHistory(root, { keep: 2 });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** A model of the given second, complete as far as the history can see. */
  async function add(second: number): Promise<string> {
    const made = await history.begin(new Date(Date.UTC(2026, 0, 1, 0, 0, second)));
    writeFileSync(path.join(made.partial, 'config.json'), '{}');
    await made.commit(record(made.run));
    return made.run;
  }
  const runs = async (): Promise<string[]> => (await history.list()).map(({ run }) => run);

  it('is empty where nothing was retrained', async () => {
    assert.deepEqual(await history.list(), []);
    assert.equal(await history.current(), null);
    assert.deepEqual(await history.sweep(), []);
    assert.deepEqual(readdirSync(root), []);
  });

  it('lists models by time; one serves, and may be rolled back', async () => {
    const [first, second] = [await add(1), await add(2)];
    assert.deepEqual(await runs(), [first, second]);
    assert.equal(await history.current(), null);
    await history.use(second);
    assert.equal(await history.current(), path.join(history.folder, second));
    await history.use(first);
    assert.deepEqual(
      (await history.list()).map(({ current }) => current),
      [true, false],
    );
    await history.use(null);
    assert.equal(await history.current(), null);
    assert.equal(readFileSync(path.join(history.folder, '.gitignore'), 'utf8'), '*\n');
  });

  it('gives two models of one second two names', async () => {
    const [first, second] = [await add(1), await add(1)];
    assert.notEqual(first, second);
    assert.deepEqual(await runs(), [first, second]);
  });

  it('keeps the newest, the pinned, the one that serves and the one before', async () => {
    const all: string[] = [];
    for (let second = 1; second <= 7; second++) all.push(await add(second));
    await history.pin(all[0], true);
    await history.use(all[1]);
    await history.use(all[2]);
    assert.deepEqual(await history.sweep(), [all[3], all[4]]);
    assert.deepEqual(await runs(), [all[0], all[1], all[2], all[5], all[6]]);
    await history.pin(all[0], false);
    assert.deepEqual(await history.sweep(), [all[0]]);
  });

  it('removes models, but not the one that serves', async () => {
    const [first, second] = [await add(1), await add(2)];
    await history.use(first);
    await assert.rejects(history.remove(first), InputError);
    await history.remove(second);
    assert.deepEqual(await runs(), [first]);
    await assert.rejects(history.use(second), /no such retrained model/);
    await assert.rejects(history.use('../..'), InputError);
  });

  it('sweeps what dead processes left, and nothing else', async () => {
    const run = await add(1);
    const living = await history.begin(new Date(Date.UTC(2026, 0, 2)));
    const dead = path.join(history.folder, '.2026-01-03T00-00-00.partial');
    mkdirSync(dead);
    writeFileSync(path.join(dead, 'ner.safetensors'), '');
    const headless = path.join(history.folder, '2026-01-04T00-00-00');
    mkdirSync(headless);
    writeFileSync(path.join(headless, 'config.json'), '{}');
    mkdirSync(path.join(history.folder, 'notes'));
    assert.deepEqual((await history.sweep()).sort(), [path.basename(dead), path.basename(headless)]);
    assert.deepEqual(readdirSync(history.folder).sort(), [
      ...[path.basename(living.partial), '.gitignore', run, 'notes'].sort(),
    ]);
    await living.abandon();
    assert.deepEqual(await runs(), [run]);
  });

  it('changes and deletes nothing where current.json says nothing sound, and names the file', async () => {
    const all: string[] = [];
    for (let second = 1; second <= 4; second++) all.push(await add(second));
    const file = path.join(history.folder, 'current.json');
    const cases: readonly [string, RegExp][] = [
      ['{', /does not say which model is in use/],
      ['[]', /does not say which model is in use/],
      ['{"current":"../../elsewhere"}', /The entry "current" is wrong: names no model of this folder/],
      [`{"pinned":["${all[0]}","/etc"]}`, /The entry "pinned.1" is wrong/],
    ];
    for (const [text, sentence] of cases) {
      writeFileSync(file, text);
      const works = [
        () => history.current(),
        () => history.use(all[1]),
        () => history.pin(all[0], true),
        () => history.remove(all[0]),
        () => history.sweep(),
        () => history.sweepDebris(),
      ];
      for (const work of works)
        await assert.rejects(work, (error: InputError) => {
          assert.match(error.message, sentence);
          return error.place.file === file;
        });
      assert.deepEqual([readFileSync(file, 'utf8'), await runs()], [text, all]);
    }
  });

  it('keeps what a newer version wrote into current.json', async () => {
    const run = await add(1);
    writeFileSync(path.join(history.folder, 'current.json'), '{"version":2,"favourite":"x"}');
    await history.use(run);
    const now = JSON.parse(readFileSync(path.join(history.folder, 'current.json'), 'utf8')) as object;
    assert.deepEqual(now, {
      ...{ format: 'glossator-models', version: 2, current: run, previous: null, pinned: [] },
      favourite: 'x',
    });
  });

  it('loses no choice and no pin of programs that make them at once, and sweeps nothing pinned', async () => {
    const all: string[] = [];
    for (let second = 1; second <= 8; second++) all.push(await add(second));
    const programs = [history, new ModelHistory(root, { keep: 2 }), new ModelHistory(root, { keep: 2 })];
    for (let round = 0; round < 10; round++) {
      await programs[0].pin(all[0], false);
      await programs[0].pin(all[1], false);
      const used = all[2 + (round % 6)];
      await Promise.all([
        programs[0].pin(all[0], true),
        programs[1].use(used),
        programs[2].pin(all[1], true),
      ]);
      const entries = await history.list();
      assert.deepEqual(entries.map(({ pinned }) => pinned).slice(0, 2), [true, true], `round ${round}`);
      assert.equal(entries.find(({ current }) => current)?.run, used);
    }
    await programs[0].pin(all[0], false);
    // Whichever comes first: a model that was pinned is there.
    const [pinning] = await Promise.allSettled([programs[0].pin(all[0], true), programs[1].sweep()]);
    assert.equal((await runs()).includes(all[0]), pinning.status === 'fulfilled');
  });

  it('takes no model for its own that a link leads to', async () => {
    const run = await add(1);
    const directory = path.join(history.folder, run);
    await history.requireOwn(directory);
    symlinkSync('/etc/hostname', path.join(directory, 'ner.safetensors'));
    await assert.rejects(history.requireOwn(directory), /is a link/);
    const linked = path.join(history.folder, '2026-01-02T00-00-00');
    symlinkSync(directory, linked);
    await assert.rejects(history.requireOwn(linked), /is a link/);
    await assert.rejects(history.use(path.basename(linked)), /is a link/);
    for (const elsewhere of ['/', root + '-other', path.join(root, '..', 'x')])
      await assert.rejects(history.hasModel(elsewhere), /lies outside the workspace/);
  });

  it('names the chosen model even where it is damaged, and never sweeps that away', async () => {
    const [first, second, third] = [await add(1), await add(2), await add(3)];
    await history.pin(first, true);
    await history.use(second);
    await history.use(third);
    for (const run of [first, second, third]) rmSync(path.join(history.folder, run, 'run.json'));
    assert.deepEqual(await history.sweep(), []);
    assert.equal(await history.current(), path.join(history.folder, third));
    assert.deepEqual(
      readdirSync(history.folder).filter((name) => /^\d/.test(name)),
      [first, second, third],
    );
    rmSync(path.join(history.folder, third), { recursive: true });
    assert.equal(await history.current(), path.join(history.folder, third));
  });

  it('touches nothing behind a link that leads out of the workspace', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'glossator-outside-'));
    mkdirSync(path.join(outside, '2026-01-01T00-00-00'));
    mkdirSync(path.join(root, '.glossator'));
    symlinkSync(outside, history.folder);
    await assert.rejects(history.sweep(), /is a link/);
    await assert.rejects(history.begin(), /is a link/);
    assert.deepEqual(readdirSync(outside), ['2026-01-01T00-00-00']);
    rmSync(outside, { recursive: true });
  });
});
