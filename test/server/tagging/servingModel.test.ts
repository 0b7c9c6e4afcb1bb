import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import type { RunRecord } from '../../../models/retraining/runRecord';
import { modelIdOf } from '../../../models/taggers/modelDirectory';
import { damageOf, originModel, otherOrigin, servingModel } from '../../../server/tagging/servingModel';
import { sampleRecord } from '../../report/sampleRecord';

describe('which model serves', () => {
  const chosen = '/chosen';
  const retrained = '/letters/.glossator/models/2026-01-01T00-00-00';
  const project = '/letters/base';
  const builtIn = '/built-in';

  it('is what a setting or flag names, else the retrained one, else that of the project, else the built-in one', () => {
    assert.equal(servingModel({ chosen, retrained, project, builtIn }), chosen);
    assert.equal(servingModel({ retrained, project, builtIn }), retrained);
    assert.equal(servingModel({ retrained: null, project, builtIn }), project);
    assert.equal(servingModel({ retrained: null, builtIn }), builtIn);
  });

  it('says in one sentence that a retrained one cannot, with the reason and without its place', () => {
    const said = `${path.join(retrained, 'ner.safetensors')}: The file is damaged. Name a folder that \`glossator train\` made, or make it again.`;
    assert.equal(
      damageOf(retrained, said),
      'The retrained model 2026-01-01T00-00-00 cannot be loaded (ner.safetensors: The file is damaged).',
    );
  });
});

describe('which model retraining starts from', () => {
  let folder: string;
  let history: ModelHistory;
  let builtIn: string;
  let project: string;
  let chosen: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'glossator-origin-'));
    history = new ModelHistory(folder);
    [builtIn, project, chosen] = ['built-in', 'project', 'chosen'].map((name) => {
      const directory = path.join(folder, name);
      mkdirSync(directory);
      writeFileSync(path.join(directory, 'config.json'), name);
      return directory;
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A model of the history that was made from another. */
  async function made(origin: string, isOriginChosen: boolean): Promise<string> {
    const run = await history.begin();
    const settings = { origin, isOriginChosen };
    return run.commit({ ...sampleRecord, run: run.run, baseId: await modelIdOf(origin), settings });
  }

  it('is what a setting or flag names, else that of the project, else the built-in one', async () => {
    const origin = async (choices: { chosen?: string; project?: string }) =>
      originModel({ ...choices, retrained: await made(builtIn, false), builtIn }, history);
    assert.deepEqual(await origin({ chosen, project }), { directory: chosen, isChosen: true });
    assert.deepEqual(await origin({ project }), { directory: project, isChosen: false });
    assert.deepEqual(await origin({}), { directory: builtIn, isChosen: false });
  });

  it('stays what was chosen once, as long as that is there', async () => {
    const retrained = await made(chosen, true);
    const choices = { retrained, project, builtIn };
    assert.deepEqual(await originModel(choices, history), { directory: chosen, isChosen: true });
    // A setting may name a retrained model itself: then what that was made from.
    assert.deepEqual(await originModel({ ...choices, chosen: retrained, retrained: null }, history), {
      directory: chosen,
      isChosen: true,
    });
    rmSync(chosen, { recursive: true });
    assert.deepEqual(await originModel(choices, history), { directory: project, isChosen: false });
  });

  it('is never a model outside the workspace that only a file of the workspace names', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'glossator-elsewhere-'));
    writeFileSync(path.join(outside, 'config.json'), '{}');
    symlinkSync(outside, path.join(folder, 'link'));
    const retrained = await made(builtIn, true);
    const record = path.join(retrained, 'run.json');
    const text = readFileSync(record, 'utf8');
    const origins = [
      ...[
        outside,
        path.relative(folder, outside),
        path.join(folder, 'link'),
        '/',
        '..',
        `${folder}/../${path.basename(outside)}`,
      ],
      ...(process.platform === 'win32' ? ['\\\\host\\share\\model', '\\\\?\\UNC\\host\\share'] : []),
    ];
    for (const origin of origins) {
      const said = { ...(JSON.parse(text) as RunRecord), settings: { origin, isOriginChosen: true } };
      writeFileSync(record, JSON.stringify(said));
      const found = await originModel({ retrained, builtIn }, history);
      assert.deepEqual([found.directory, found.isChosen], [builtIn, false], origin);
      assert.match(found.refused ?? '', /names a model outside this folder to start from, which is not used/);
      assert.equal(await otherOrigin({ retrained, builtIn }, history), found.refused);
      // Who names it may have it.
      assert.equal(
        (await originModel({ retrained: null, chosen: outside, builtIn }, history)).directory,
        outside,
      );
    }
    rmSync(outside, { recursive: true });
  });

  it('is said where the retrained model that serves was made from another', async () => {
    const retrained = await made(builtIn, false);
    const run = path.basename(retrained);
    const said = (now: string): string =>
      `The retrained model ${run} serves, which was made from another model than ${now}. Retrain to start from that one.`;
    assert.equal(await otherOrigin({ retrained, builtIn }, history), undefined);
    assert.equal(
      await otherOrigin({ retrained, project, builtIn }, history),
      said('the one that the project file names now'),
    );
    writeFileSync(path.join(builtIn, 'config.json'), 'newer');
    assert.equal(await otherOrigin({ retrained, builtIn }, history), said('the one built in now'));
    for (const choices of [
      { retrained, chosen, builtIn },
      { retrained: null, project, builtIn },
    ])
      assert.equal(await otherOrigin(choices, history), undefined, 'another one serves');
    const gone = path.join(folder, 'gone');
    assert.equal(await otherOrigin({ retrained, project: gone, builtIn }, history), undefined);
  });
});
