import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ShowMessageRequest } from 'vscode-languageserver/node';
import { InputError } from '../../../models/errors';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import * as messages from '../../../server/protocol/retraining';
import type { StartTrainer } from '../../../server/retraining/trainerProcess';
import { sampleRecord } from '../../report/sampleRecord';
import { lexiconTagger } from './lexiconTagger';
import { first, MemoryClient } from './memoryClient';

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'glossator-retraining-'));
});
after(() => rm(folder, { recursive: true }));

/** A trainer that makes a model of this verdict at once. */
const trainer =
  (verdict: 'better' | 'worse'): StartTrainer =>
  async (request, _backend, report) => {
    const run = await new ModelHistory(request.folder).begin();
    await writeFile(path.join(run.partial, 'config.json'), '{}');
    report({ phase: 'notice', message: 'PROTEIN has 3 examples.' });
    const record = { ...sampleRecord, run: run.run, verdict };
    return { record, directory: await run.commit(record) };
  };

interface Options {
  readonly startTrainer?: StartTrainer;
  readonly trusted?: boolean;
  readonly model?: string;
  /** Directories that no tagger comes from. */
  readonly broken?: (directory: string) => boolean;
}

/** A client with the models that its server loaded, in a folder of its own. */
async function connect({
  startTrainer = trainer('better'),
  trusted = true,
  model = '',
  broken,
}: Options = {}) {
  const own = await mkdtemp(path.join(folder, 'work-'));
  await mkdir(path.join(own, '.glossator'));
  const loaded: string[] = [];
  const client = await MemoryClient.start({
    startTrainer,
    startTagger: ({ directory }) => {
      if (broken?.(directory) === true) return Promise.reject(new InputError('The weights are damaged.'));
      loaded.push(directory);
      return Promise.resolve({ ...lexiconTagger(), modelId: directory });
    },
    workspaceFolders: [{ uri: pathToFileURL(own).href, name: 'work' }],
    initializationOptions: { trusted, glossator: { model } },
  });
  await client.state('idle');
  const retrain = (): Promise<messages.RetrainAnswer> => client.connection.sendRequest(messages.retrain);
  return { client, loaded, retrain, history: new ModelHistory(own) };
}

test('the new model is tried out, serves, and is chosen on disk', async () => {
  const { loaded, retrain, history } = await connect();
  const answer = await retrain();
  assert.equal(answer.outcome, 'used');
  assert.match(
    answer.message,
    /^Now using the new model\. gene F1 41\.0 % → 78\.0 %; .* PROTEIN has 3 examples\.$/,
  );
  assert.equal(await history.current(), loaded.at(-1));
  assert.equal(path.basename(loaded.at(-1) ?? ''), answer.run);
});

test('a model that is worse serves only where the user wants it', async () => {
  for (const wanted of [true, false]) {
    const { client, loaded, retrain, history } = await connect({ startTrainer: trainer('worse') });
    client.connection.onRequest(ShowMessageRequest.type, ({ message, actions = [] }) => {
      assert.match(message, /worse on held-out labels/);
      return actions[wanted ? 0 : 1];
    });
    const { outcome, run } = await retrain();
    assert.equal(outcome, wanted ? 'used' : 'kept');
    assert.equal((await history.current()) !== null, wanted);
    assert.equal(loaded.length, wanted ? 2 : 1);
    assert.deepEqual(
      (await history.list()).map((entry) => entry.run),
      [run],
      'it is in the history',
    );
  }
});

test('a model that does not load is one sentence, and the old one serves on', async () => {
  const { client, loaded, retrain, history } = await connect({
    broken: (directory) => directory.includes('models/2'),
  });
  await assert.rejects(retrain(), { message: 'The weights are damaged.' });
  assert.equal(await history.current(), null);
  assert.equal(client.status?.state, 'idle');
  assert.equal(client.status?.modelId, loaded[0]);
});

test('a trainer that fails is one sentence', async () => {
  const startTrainer: StartTrainer = () =>
    Promise.reject(new InputError('There is not enough memory to retrain.'));
  const { client, retrain } = await connect({ startTrainer });
  await assert.rejects(retrain(), { message: 'There is not enough memory to retrain.' });
  assert.equal(client.status?.state, 'idle');
});

test('one at a time; cancelling leaves everything as it was', async () => {
  const startTrainer: StartTrainer = (_request, _backend, _report, signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const { client, loaded, retrain, history } = await connect({ startTrainer });
  const first = retrain();
  assert.equal((await client.state('training')).training, 'reading the labels');
  await assert.rejects(retrain(), { message: /^A retraining runs already\. / });
  assert.equal(await client.connection.sendRequest(messages.cancelRetraining), true);
  assert.deepEqual([(await first).outcome, (await first).run], ['cancelled', null]);
  assert.equal((await client.state('idle')).training, undefined);
  assert.equal(await client.connection.sendRequest(messages.cancelRetraining), false);
  assert.deepEqual([loaded.length, await history.current()], [1, null]);
});

test('models are rolled back and forward, pinned and deleted', async () => {
  const { client, loaded, retrain } = await connect();
  const { run } = await retrain();
  assert.ok(run !== null);
  const ask = () => client.connection.sendRequest(messages.modelHistory);
  assert.deepEqual(
    (await ask()).models.map((model) => [model.run, model.isCurrent]),
    [[run, true]],
  );
  await assert.rejects(client.connection.sendRequest(messages.removeModel, { run }), /serves at the moment/);
  assert.equal(await client.connection.sendRequest(messages.useModel, { run: null }), null);
  while (client.status?.modelId !== loaded[0]) await first(client.statusChanged);
  assert.equal(await client.connection.sendRequest(messages.useModel, { run }), null);
  assert.equal(path.basename(loaded.at(-1) ?? ''), run);
  await client.connection.sendRequest(messages.pinModel, { run, isPinned: true });
  assert.equal((await ask()).models[0].isPinned, true);
  await client.connection.sendRequest(messages.useModel, { run: null });
  await client.connection.sendRequest(messages.removeModel, { run });
  assert.deepEqual((await ask()).models, []);
  await assert.rejects(client.connection.sendRequest(messages.useModel, { run }), /no such retrained model/);
});

test('a model that the setting names goes before retrained ones', async () => {
  const { loaded, retrain } = await connect({ model: '/mine' });
  const { outcome, message } = await retrain();
  assert.equal(outcome, 'kept');
  assert.match(message, /^The setting glossator\.model names the model that serves; empty it/);
  assert.deepEqual(loaded, [path.resolve('/mine')]);
});

test('parameters that nobody asked for change nothing', async () => {
  const { client } = await connect();
  const answer: messages.RetrainAnswer = await client.connection.sendRequest(messages.retrain.method, {});
  assert.equal(answer.outcome, 'used');
});

test('damaged models are named, and stop nothing else', async () => {
  const { client, retrain, history } = await connect();
  const { run } = await retrain();
  const damages: readonly [string, (directory: string) => Promise<unknown>, RegExp][] = [
    [
      '2026-01-01T00-00-01',
      (place) => writeFile(path.join(place, 'run.json'), '{'),
      /no record of a retraining/,
    ],
    ['2026-01-01T00-00-02', (place) => writeFile(path.join(place, 'run.json'), '{"layers":7}'), /no record/],
    ['2026-01-01T00-00-03', (place) => mkdir(path.join(place, 'run.json')), /is a folder, not a file/],
    ['2026-01-01T00-00-04', (place) => symlink('/dev/zero', path.join(place, 'run.json')), /is a link/],
  ];
  for (const [name, damage] of damages) {
    const place = path.join(history.folder, name);
    await mkdir(place);
    await writeFile(path.join(place, 'config.json'), '{}');
    await damage(place);
  }
  const ask = () => client.connection.sendRequest(messages.modelHistory);
  const { models, damaged = [] } = await ask();
  assert.deepEqual([models.map((model) => model.run), damaged.length], [[run], damages.length]);
  for (const [name, , why] of damages) assert.match(damaged.find((one) => one.run === name)?.why ?? '', why);
  const [{ run: first }, { run: second }] = damaged;
  await client.connection.sendRequest(messages.pinModel, { run: first, isPinned: true });
  await client.connection.sendRequest(messages.removeModel, { run: second });
  const after = (await ask()).damaged ?? [];
  assert.deepEqual([after.length, after[0].isPinned], [damages.length - 1, true]);
  await assert.rejects(
    client.connection.sendRequest(messages.report, { run: first, nonce: 'a1' }),
    /The retrained model .* is damaged/,
  );
  const answer = await client.connection.sendRequest(messages.report, { run: null, nonce: 'a1' });
  assert.equal(answer?.run, run);
  assert.equal((await retrain()).outcome, 'used');
});

test('nothing is retrained in a workspace that is not trusted', async () => {
  const { retrain } = await connect({ trusted: false });
  await assert.rejects(retrain(), { message: /trusted workspaces only/ });
});
