import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  CodeActionRequest,
  CodeActionTriggerKind,
  ExecuteCommandRequest,
  PublishDiagnosticsNotification,
  ShowDocumentRequest,
  type CodeAction,
  type PublishDiagnosticsParams,
  type ShowDocumentParams,
} from 'vscode-languageserver/node';
import { Event } from '../../../server/event';
import * as protocol from '../../../server/protocol/labels';
import { labelled, Workspace } from '../annotations/workspace';
import { first } from '../features/memoryClient';
import { LabelClient } from './labelClient';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

async function connect(workspace: Workspace) {
  const client = await LabelClient.start(workspace.root);
  const published = new Event<PublishDiagnosticsParams>();
  client.client.connection.onNotification(PublishDiagnosticsNotification.type, (params) =>
    published.fire(params),
  );
  return { client, published };
}

const watched = (client: LabelClient, uri: string) =>
  client.client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });

const actionsAt = async (client: LabelClient, uri: string, line: number, from: number, to: number) => {
  const range = { start: { line, character: from }, end: { line, character: to } };
  const context = { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked };
  const params = { textDocument: { uri }, range, context };
  return ((await client.client.connection.sendRequest(CodeActionRequest.type, params)) ?? []) as CodeAction[];
};

async function run(client: LabelClient, actions: readonly CodeAction[], title: string): Promise<void> {
  const action = actions.find((one) => one.title === title);
  assert.ok(action?.command, `${title} in ${actions.map((one) => one.title).join(', ')}`);
  const { command, arguments: args } = action.command;
  await client.client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
}

test('all places of some words, in texts open and closed, whole words alone', async (t) => {
  const workspace = new Workspace(t);
  writeFileSync(path.join(workspace.root, 'b.txt'), 'Bobby and\r\nBob 😀 Bob');
  writeFileSync(path.join(workspace.root, 'c.json'), 'Bob');
  const { client } = await connect(workspace);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const params = { uri: client.uri('a.txt'), text: 'Bob', layer: 'ner' };
  const { connection } = client.client;
  const found = await connection.sendRequest(protocol.matches, { ...params, scope: 'workspace' });
  assert.deepEqual(
    found.map(({ uri, start, line, preview, label }) => [path.basename(uri), start, line, preview, label]),
    [
      ['a.txt', 17, 0, 'Ada Lovelace met Bob.', 'PER'],
      ['a.txt', 22, 1, 'Bob saw London.', undefined],
      ['b.txt', 11, 1, 'Bob 😀 Bob', undefined],
      ['b.txt', 18, 1, 'Bob 😀 Bob', undefined],
    ],
  );
  const here = await connection.sendRequest(protocol.matches, { ...params, scope: 'document' });
  assert.equal(here.length, 2);

  const texts = ['a.txt', 'b.txt'].map((name) => ({
    uri: client.uri(name),
    operations: found
      .filter(({ uri }) => uri === client.uri(name))
      .map(({ start, end }) => ({ kind: 'add' as const, layer: 'ner', label: 'PER', start, end })),
  }));
  await connection.sendRequest(protocol.labelAll, { title: 'Label all', texts });
  assert.deepEqual(
    workspace.lines('b.txt').map(({ start }) => start),
    [11, 18],
  );
  const { texts: counted } = await connection.sendRequest(protocol.annotationCounts);
  const count = { layer: 'ner', label: 'PER', confirmed: 2, rejected: 0, review: 0 };
  assert.deepEqual(
    counted.map(({ name, counts, reviewed }) => ({ name, counts, reviewed })),
    [
      { name: 'a.txt', counts: [count], reviewed: { sentences: 0, all: 2 } },
      { name: 'b.txt', counts: [count], reviewed: null },
    ],
  );
  await connection.sendRequest(protocol.undoLabels, { uri: client.uri('a.txt') });
  assert.equal(client.labels('a.txt').length, 1);
  assert.throws(() => workspace.lines('b.txt'), { code: 'ENOENT' });
});

test('another program changes an annotation file: its labels show', async (t) => {
  const workspace = new Workspace(t);
  const { client } = await connect(workspace);
  await client.open('a.txt', TEXT);
  const other = workspace.store('Grace');
  await other.open('a.txt', TEXT);
  await other.apply('a.txt', 'Label', [{ kind: 'add', label: labelled(TEXT, 'London', 'LOC') }]);
  const told = first(client.didLabel);
  await watched(client, pathToFileURL(workspace.sidecar()).href);
  assert.deepEqual(
    (await told).put.map(({ quote, annotator }) => [quote, annotator]),
    [['London', 'Grace']],
  );
});

test('a merge that git could not finish: marked in the file, labels kept, merged by the quick fix', async (t) => {
  const workspace = new Workspace(t);
  const { client, published } = await connect(workspace);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const [header, line] = readFileSync(workspace.sidecar(), 'utf8').trimEnd().split('\n');
  const theirs = line.replace('"PER"', '"LOC"').replace(/"id":"\w+"/, '"id":"0000000001"');
  writeFileSync(
    workspace.sidecar(),
    [header, '<<<<<<< ours', line, '=======', theirs, '>>>>>>> theirs', ''].join('\n'),
  );
  const uri = pathToFileURL(workspace.sidecar()).href;
  const marked = first(published, (params) => params.uri === uri);
  await watched(client, uri);
  const [diagnostic] = (await marked).diagnostics;
  assert.deepEqual([diagnostic.code, diagnostic.range.start.line], ['conflict', 1]);
  assert.equal(client.labels('a.txt').length, 1);
  await assert.rejects(client.label('a.txt', client.add('a.txt', 'London', 'LOC')), /marks of a merge/);
  assert.match(readFileSync(workspace.sidecar(), 'utf8'), /<<<<<<< ours/);

  const cleared = first(published, (params) => params.uri === uri && params.diagnostics.length === 0);
  await run(client, await actionsAt(client, uri, 1, 0, 0), 'Merge both sides by id');
  await cleared;
  assert.deepEqual(
    client
      .labels('a.txt')
      .map(({ label }) => label)
      .sort(),
    ['LOC', 'PER'],
  );
  assert.equal(workspace.lines().length, 2);
});

test('where the annotation file cannot be read, a quick fix at the beginning of the text opens it', async (t) => {
  const workspace = new Workspace(t);
  workspace.write(workspace.sidecar(), '{"format":"glossator-annotations","version":1}\nnot a label\n');
  const client = await LabelClient.start(workspace.root, { window: { showDocument: { support: true } } });
  const shown: ShowDocumentParams[] = [];
  client.client.connection.onRequest(ShowDocumentRequest.type, (params) => {
    shown.push(params);
    return { success: true };
  });
  await client.open('a.txt', TEXT);
  const uri = client.uri('a.txt');
  assert.deepEqual(
    (await actionsAt(client, uri, 1, 0, 0)).filter(({ title }) => title.startsWith('Open')),
    [],
  );
  await run(client, await actionsAt(client, uri, 0, 0, 0), 'Open the annotation file');
  assert.deepEqual(
    shown.map(({ uri, selection }) => [uri, selection?.start.line]),
    [[pathToFileURL(workspace.sidecar()).href, 1]],
  );
});

test('a lost label is placed on other words, and that is undone', async (t) => {
  const { client } = await connect(new Workspace(t));
  await client.open('a.txt', TEXT);
  await client.label('a.txt', { ...client.add('a.txt', 'Lovelace', 'PER'), note: 'née Byron' });
  await client.edit('a.txt', { start: 4, end: 13, newText: '' });
  const [lost] = await client.all('a.txt');
  assert.deepEqual([lost.review, lost.quote, lost.end - lost.start], ['lost', 'Lovelace', 0]);
  const start = client.text('a.txt').indexOf('London');
  await client.label('a.txt', { kind: 'change', id: lost.id, start, end: start + 6 });
  const [placed] = await client.all('a.txt');
  assert.deepEqual(
    [placed.id, placed.start, placed.quote, placed.review, placed.note],
    [lost.id, start, 'London', undefined, 'née Byron'],
  );
  await client.client.connection.sendRequest(protocol.undoLabels, { uri: client.uri('a.txt') });
  assert.equal((await client.all('a.txt'))[0].quote, 'Lovelace');
});

test('a text that is renamed takes its annotations along, open or not', async (t) => {
  const workspace = new Workspace(t);
  const { client } = await connect(workspace);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  mkdirSync(path.join(workspace.root, 'letters'));
  writeFileSync(path.join(workspace.root, 'a.txt'), TEXT);
  renameSync(path.join(workspace.root, 'a.txt'), path.join(workspace.root, 'letters', 'b.txt'));
  await client.close('a.txt');
  const opened = await client.open('letters/b.txt', TEXT);
  assert.deepEqual(opened.put, []);
  const told = first(client.didLabel, ({ put }) => put.length > 0);
  await client.client.connection.sendNotification('workspace/didRenameFiles', {
    files: [{ oldUri: client.uri('a.txt'), newUri: client.uri('letters/b.txt') }],
  });
  assert.equal((await told).uri, client.uri('letters/b.txt'));
  assert.deepEqual(
    workspace.lines('letters/b.txt').map(({ start }) => start),
    [17],
  );
  const { connection } = client.client;
  assert.ok(await connection.sendRequest(protocol.undoLabels, { uri: client.uri('letters/b.txt') }));
  assert.deepEqual(client.labels('letters/b.txt'), []);
});

test('what needs a person is listed, and mended by quick fixes', async (t) => {
  const workspace = new Workspace(t);
  const { client, published } = await connect(workspace);
  const uri = client.uri('a.txt');
  await client.open('a.txt', TEXT);
  const listed = first(published, (params) => params.diagnostics.length === 2);
  await client.label(
    'a.txt',
    client.add('a.txt', 'Lovelace ', 'PER'),
    client.add('a.txt', 'saw London', 'LOC'),
  );
  await client.edit('a.txt', { start: TEXT.indexOf('saw'), end: TEXT.length, newText: 'left.' });
  const { diagnostics, version } = await listed;
  assert.equal(version, 2);
  assert.deepEqual(diagnostics.map(({ code, severity }) => [code, severity]), [['ragged-boundary', 3], ['lost-anchor', 2]]); // prettier-ignore
  await run(client, await actionsAt(client, uri, 0, 6, 6), 'Move to "Lovelace"');
  assert.equal(client.labels('a.txt')[0].quote, 'Lovelace');
  assert.equal(client.labels('a.txt')[1].review, 'changed');
  await run(client, await actionsAt(client, uri, 1, 4, 4), 'Keep LOC here');
  assert.deepEqual(
    client.labels('a.txt').map(({ quote, review }) => [quote, review]),
    [
      ['Lovelace', undefined],
      ['left', undefined],
    ],
  );
});

test('suggestions, labels and sentences can be decided on from any editor', async (t) => {
  const { client } = await connect(new Workspace(t));
  const uri = client.uri('a.txt');
  await client.open('a.txt', TEXT);
  await run(client, await actionsAt(client, uri, 0, 6, 6), 'Accept PER on “Ada Lovelace” (85.0%)');
  await run(client, await actionsAt(client, uri, 1, 9, 9), 'Reject LOC on “London”');
  await run(client, await actionsAt(client, uri, 0, 17, 20), 'Label “Bob” as PER (ner)');
  await run(client, await actionsAt(client, uri, 0, 6, 6), 'Relabel PER on “Ada Lovelace” as ORG');
  await run(client, await actionsAt(client, uri, 1, 0, 0), 'Mark the sentence as reviewed');
  assert.deepEqual(
    client.labels('a.txt').map(({ label, quote, state }) => [label, quote, state]),
    [
      ['ORG', 'Ada Lovelace', 'confirmed'],
      ['PER', 'Bob', 'confirmed'],
      ['*', 'Bob saw London.', 'confirmed'],
      ['LOC', 'London', 'rejected'],
    ],
  );
  const { texts } = await client.client.connection.sendRequest(protocol.annotationCounts);
  assert.deepEqual(texts[0].reviewed, { sentences: 1, all: 2 });
});

test('a label that two programs changed at once is listed, and a person chooses', async (t) => {
  const workspace = new Workspace(t);
  const { client, published } = await connect(workspace);
  const uri = client.uri('a.txt');
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const mine = readFileSync(workspace.sidecar(), 'utf8');
  const listed = first(published, (params) => params.diagnostics.some(({ code }) => code === 'two-versions'));
  // The other program writes while the label is being changed here: both started from PER.
  const { id } = client.labels('a.txt')[0];
  writeFileSync(workspace.sidecar(), mine.replace('"PER"', '"LOC"'));
  await client.label('a.txt', { kind: 'change', id, label: 'ORG' });
  const { diagnostics } = await listed;
  assert.match(JSON.stringify(diagnostics[0].message), /changed in two ways: ORG by .*, and LOC by /);
  assert.equal(client.labels('a.txt').length, 2);
  const actions = await actionsAt(client, uri, 0, 18, 18);
  await run(client, actions, actions.find(({ title }) => title.startsWith('Keep LOC'))?.title ?? '');
  assert.deepEqual(
    client.labels('a.txt').map(({ label, rivalOf }) => [label, rivalOf]),
    [['LOC', undefined]],
  );
});

test('who keeps a label that the model contradicts is not asked again', async (t) => {
  const workspace = new Workspace(t);
  const { client, published } = await connect(workspace);
  const uri = client.uri('a.txt');
  await client.open('a.txt', TEXT);
  const listed = first(published, ({ diagnostics }) => diagnostics.length === 1);
  await client.label('a.txt', client.add('a.txt', 'Ada', 'VERB', 'pos'));
  assert.equal((await listed).diagnostics[0].code, 'model-disagrees');
  const cleared = first(published, ({ diagnostics }) => diagnostics.length === 0);
  await run(client, await actionsAt(client, uri, 0, 1, 1), 'Keep VERB');
  await cleared;
  assert.deepEqual(
    client.labels('a.txt').map(({ label, confidence }) => [label, confidence]),
    [['VERB', 0.99]],
  );
});
