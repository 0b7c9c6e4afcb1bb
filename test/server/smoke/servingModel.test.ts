import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ShowMessageNotification } from 'vscode-languageserver-protocol/node';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import { modelIdOf } from '../../../models/taggers/modelDirectory';
import { StdioClient } from '../../../cli/start/stdioClient';
import { modelHistory, useModel } from '../../../server/protocol/retraining';
import { sampleRecord } from '../../report/sampleRecord';
import { makeTinyModelFolder } from '../../cli/tinyModel';
import { serverCommand, skipWithoutBuild } from './builtServer';

describe('the model that serves a folder', { skip: skipWithoutBuild }, () => {
  let base: string;
  let baseId: string;
  const made: string[] = [];

  before(async () => {
    const tiny = await makeTinyModelFolder();
    made.push(tiny.folder);
    base = tiny.model;
    baseId = await modelIdOf(base);
  });
  after(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  /** A folder whose project names a model, with a retrained one that is in use. */
  async function workFolder(madeFrom = baseId) {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'glossator-serving-')));
    made.push(folder);
    mkdirSync(path.join(folder, '.glossator'));
    cpSync(base, path.join(folder, 'base'), { recursive: true });
    writeFileSync(path.join(folder, '.glossator', 'project.json'), JSON.stringify({ model: 'base' }));
    const history = new ModelHistory(folder);
    const begun = await history.begin();
    const { run, partial } = begun;
    cpSync(base, partial, { recursive: true });
    writeFileSync(path.join(partial, 'config.json'), '\n', { flag: 'a' }); // the same model by another id
    const modelId = await modelIdOf(partial);
    const directory = await begun.commit({ ...sampleRecord, run, modelId, baseId: madeFrom, settings: {} });
    await history.use(run);
    return { folder, history, run, directory, modelId };
  }

  /** Starts the built server on a folder and waits until a model serves. */
  async function serve(t: TestContext, folder: string, settings: object = {}) {
    const client = new StdioClient({ command: serverCommand });
    t.after(() => client.stop());
    const told: string[] = [];
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => void told.push(message));
    await client.initialize({
      initializationOptions: { trusted: true, glossator: settings },
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'work' }],
    });
    const { modelId } = await client.nextStatus(({ state }) => state === 'idle' || state === 'failed');
    return { client, told, modelId };
  }

  it('is the retrained one, before that of the project', async (t) => {
    const { folder, modelId } = await workFolder();
    const served = await serve(t, folder);
    assert.deepEqual([served.modelId, served.told], [modelId, []]);
  });

  it('is that of the setting, before the retrained one', async (t) => {
    const { folder } = await workFolder('another');
    const { client, told, modelId } = await serve(t, folder, { model: 'base' });
    assert.deepEqual([modelId, told], [baseId, []]);
    assert.equal(
      (await client.connection.sendRequest(modelHistory)).overruled,
      'The setting glossator.model names the model that serves; empty it to use retrained ones.',
    );
  });

  it('is the retrained one where the project names another base now, and that is said', async (t) => {
    const { folder, run, modelId } = await workFolder('another');
    const served = await serve(t, folder);
    assert.equal(served.modelId, modelId);
    assert.deepEqual(served.told, [
      `Glossator: The retrained model ${run} serves, which was made from another model than the one that the project file names now. Retrain to start from that one.`,
    ]);
  });

  const sentence =
    /^Glossator: The retrained model (.+?) cannot be loaded \((.+)\)\. The original model is in use; retrain, or choose another one in Model History\.$/;
  const damages: readonly (readonly [string, (directory: string) => void, string])[] = [
    [
      'has a corrupt file',
      (directory) => writeFileSync(path.join(directory, 'ner.safetensors'), 'no weights'),
      'ner.safetensors: The file is damaged: its checksum is not the one in config.json',
    ],
    [
      'lacks a file',
      (directory) => rmSync(path.join(directory, 'pos.words.txt')),
      'pos.words.txt: A file of the model is missing',
    ],
    [
      'lacks its configuration',
      (directory) => rmSync(path.join(directory, 'config.json')),
      'This is not a model directory: it has no config.json',
    ],
    [
      'has a corrupt configuration',
      (directory) => writeFileSync(path.join(directory, 'config.json'), '{'),
      'config.json: The model’s configuration is not JSON',
    ],
    [
      'is gone',
      (directory) => rmSync(directory, { recursive: true }),
      'This is not a model directory: it has no config.json',
    ],
  ];
  for (const [what, damage, why] of damages)
    it(`is the original one where the retrained one ${what}; one message, nothing deleted`, async (t) => {
      const { folder, history, run, directory } = await workFolder();
      damage(directory);
      const isThere = existsSync(directory);
      const { client, told, modelId } = await serve(t, folder);
      assert.equal(modelId, baseId);
      assert.equal(told.length, 1, told.join('\n'));
      const [message] = told;
      const [, named, reason] = sentence.exec(message) ?? [];
      assert.deepEqual([named, reason], [run, why]);
      const { overruled } = await client.connection.sendRequest(modelHistory);
      assert.equal(`Glossator: ${overruled ?? ''}`, message, 'the history says it, too');
      assert.deepEqual([existsSync(directory), await history.current()], [isThere, directory]);
      assert.equal(await client.connection.sendRequest(useModel, { run: null }), null);
      const now = await client.connection.sendRequest(modelHistory);
      assert.deepEqual([now.overruled, await history.current()], [undefined, null]);
    });

  it('may be one without a record, which says nothing of its origin', async (t) => {
    const { folder, directory, modelId } = await workFolder();
    rmSync(path.join(directory, 'run.json'));
    const served = await serve(t, folder);
    assert.deepEqual([served.modelId, served.told], [modelId, []]);
  });
});
