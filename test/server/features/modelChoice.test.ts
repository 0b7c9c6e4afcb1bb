import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import { Event } from '../../../server/event';
import { trusted } from '../../../server/protocol/messages';
import type { RunningTagger } from '../../../server/tagging/modelLoader';
import type { ModelSource } from '../../../server/tagging/threadMessages';
import { lexiconTagger } from './lexiconTagger';
import { first, MemoryClient } from './memoryClient';

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'glossator-choice-'));
  await mkdir(path.join(folder, '.glossator'));
});
after(() => rm(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const project = (json: unknown): Promise<void> =>
  writeFile(at('.glossator/project.json'), typeof json === 'string' ? json : JSON.stringify(json));

/** A client whose server tells which models it was to load. */
async function connect(settings: object, told: object = {}, warning?: string) {
  const loads = new Event<ModelSource>();
  const messages: string[] = [];
  const shown = new Event<string>();
  const startTagger = (source: ModelSource): Promise<RunningTagger> => {
    setImmediate(() => loads.fire(source));
    return Promise.resolve({ ...lexiconTagger(), warning });
  };
  const loaded = first(loads);
  const client = await MemoryClient.start({
    startTagger,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'work' }],
    initializationOptions: { ...told, glossator: settings },
  });
  client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    messages.push(message);
    shown.fire(message);
  });
  return { client, loads, loaded: await loaded, messages, shown };
}

const pretrained = 'models/pretrained';

test('settings choose model and embedder, read from the workspace folder', async () => {
  await project({});
  const { loaded } = await connect({ backend: 'wasm', model: 'mine', embedder: 'o.json,w.hdf5' });
  const source = `${at('o.json')},${at('w.hdf5')}`;
  assert.deepEqual(loaded, { backend: 'wasm', directory: at('mine'), embedder: { source, trusted: false } });
});

test('without an embedder nothing is said of one', async () => {
  await project({});
  const { loaded } = await connect({}, { trusted: true, cache: '/cache' });
  assert.deepEqual(loaded, { backend: 'auto', directory: pretrained });
});

test('the project file counts where the workspace is trusted, and a setting wins over it', async () => {
  await project({ model: 'theirs', embedder: 'elmo' });
  const { loaded } = await connect({}, { trusted: true, cache: '/cache' });
  const embedder = { source: at('elmo'), trusted: true, cache: '/cache' };
  assert.deepEqual(loaded, { backend: 'auto', directory: at('theirs'), embedder });
  const chosen = await connect({ model: 'mine' }, { trusted: true });
  assert.deepEqual(chosen.loaded, {
    backend: 'auto',
    directory: at('mine'),
    embedder: { source: at('elmo'), trusted: true },
  });
  const other = await connect({ model: 'mine', embedder: '/x/elmo.tgz' }, { trusted: 'yes' });
  assert.deepEqual(other.loaded.embedder, { source: '/x/elmo.tgz', trusted: false });
});

test('trust that comes later loads what the project file names, and a change of it, too', async () => {
  await project({ embedder: 'elmo' });
  const { client, loads, loaded } = await connect({});
  assert.deepEqual(loaded, { backend: 'auto', directory: pretrained });
  const granted = first(loads);
  await client.connection.sendNotification(trusted);
  assert.deepEqual((await granted).embedder, { source: at('elmo'), trusted: true });
  await project({ embedder: 'other' });
  const changed = first(loads);
  const uri = pathToFileURL(at('.glossator/project.json')).href;
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri, type: FileChangeType.Changed }],
  });
  assert.equal((await changed).embedder?.source, at('other'));
});

test('a broken project file is one sentence, said once, and the embedded model serves', async () => {
  await project('{');
  const { client, loads, messages, loaded } = await connect({}, { trusted: true });
  assert.equal(loaded.directory, pretrained);
  const again = first(loads);
  const settings = { glossator: { backend: 'wasm' } };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  assert.equal((await again).backend, 'wasm');
  assert.equal(messages.length, 1);
  assert.match(messages[0], /^Glossator: .*project\.json: The project file is not JSON/);
});

test('why a chosen embedder is not used is said once', async () => {
  await project({});
  const sentence = 'The layer pos was trained on another embedder.';
  const { client, loads, messages } = await connect({ embedder: 'elmo' }, {}, sentence);
  await client.state('idle');
  const again = first(loads);
  const settings = { glossator: { embedder: 'other' } };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  await again;
  assert.deepEqual(messages, [`Glossator: ${sentence}`]);
});
