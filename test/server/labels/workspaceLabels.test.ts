import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LSPErrorCodes } from 'vscode-languageserver';
import { convert } from '../../../server/protocol/conversion';
import { CancellationTokenSource, ReferencesRequest } from 'vscode-languageserver/node';
import { Event } from '../../../server/event';
import * as protocol from '../../../server/protocol/labels';
import { labelled, Workspace } from '../labelStore/workspace';
import { first } from '../features/memoryClient';
import { connect, watched } from './askingClient';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

test('a text that is named twice in one request gets all that was asked for, as one step, or nothing', async (t) => {
  const workspace = new Workspace(t);
  const { client } = await connect(workspace);
  const { connection } = client.client;
  await client.open('a.txt', TEXT);
  writeFileSync(path.join(workspace.root, 'b.txt'), TEXT);
  const add = (words: string, label: string) => [client.add('a.txt', words, label)];
  const all = (...lists: (readonly protocol.WireLabelOperation[])[]) => {
    const texts = ['a.txt', 'b.txt'].flatMap((name) =>
      lists.map((operations, i) => ({
        // The same file may be written in several ways.
        uri: i === 0 ? client.uri(name) : client.uri(name).replace(/\.txt$/, '%2etxt'),
        ...(name === 'a.txt' ? { version: 1 } : {}),
        operations,
      })),
    );
    return connection.sendRequest(protocol.labelAll, { title: 'Label all', texts });
  };
  const labels = (name: string): string[] =>
    existsSync(workspace.sidecar(name))
      ? workspace.lines(name).map(({ label, start, end }) => `${label} ${TEXT.slice(start, end)}`)
      : [];
  await assert.rejects(
    all(add('Ada', 'PER'), [{ kind: 'remove', id: 'nothing' }]),
    /There is no label nothing/,
  );
  assert.deepEqual([labels('a.txt'), labels('b.txt'), client.labels('a.txt')], [[], [], []]);
  await all([...add('Bob', 'PER'), ...add('Ada', 'ORG')], [...add('London', 'LOC'), ...add('Ada', 'PER')]);
  for (const name of ['a.txt', 'b.txt'])
    assert.deepEqual(labels(name), ['PER Ada', 'PER Bob', 'LOC London'], name);
  await connection.sendRequest(protocol.undoLabels, { uri: client.uri('a.txt') });
  assert.deepEqual([labels('a.txt'), labels('b.txt')], [[], []]);
});

test('the folder of annotations is deleted: its labels stay, are saved again, and one sentence says so', async (t) => {
  for (const folder of ['.glossator', '.glossator/annotations']) {
    const workspace = new Workspace(t);
    const { client } = await connect(workspace);
    const shown = new Event<string>();
    client.client.connection.onNotification('window/showMessage', ({ message }: { message: string }) =>
      shown.fire(message),
    );
    for (const name of ['a.txt', 'b.txt']) {
      await client.open(name, TEXT);
      await client.label(name, client.add(name, 'Bob', 'PER'));
    }
    rmSync(path.join(workspace.root, folder), { recursive: true });
    const told = first(shown, () => true);
    await watched(client, client.uri(folder));
    assert.equal(
      await told,
      'Glossator: The folder .glossator/annotations was deleted, so the 2 labels of 2 texts, still in memory, were saved again.',
    );
    for (const name of ['a.txt', 'b.txt']) {
      assert.deepEqual(client.labels(name).map(({ start }) => start), [17]); // prettier-ignore
      assert.deepEqual(workspace.lines(name).map(({ start }) => start), [17]); // prettier-ignore
    }
  }
});

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
    version: found.find(({ uri }) => uri === client.uri(name))?.version,
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

test('what was meant for another version of a text is refused in all texts', async (t) => {
  const workspace = new Workspace(t);
  writeFileSync(path.join(workspace.root, 'b.txt'), 'Bob');
  const { client } = await connect(workspace);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'London', 'LOC'));
  const { connection } = client.client;
  const before = workspace.labelLines();
  const uri = client.uri('a.txt');
  const request = { uri, text: 'Bob', layer: 'ner', scope: 'workspace' } as const;
  const labelling = async () => {
    const found = await connection.sendRequest(protocol.matches, request);
    const texts = found.map(({ start, end, ...of }) => ({
      uri: of.uri,
      version: of.version,
      operations: [{ kind: 'add' as const, layer: 'ner', label: 'PER', start, end }],
    }));
    return { title: 'Label all', texts: [texts[0], texts[texts.length - 1]] };
  };
  const isRefused = async (work: Promise<unknown>, what: string): Promise<void> => {
    await assert.rejects(work, { code: LSPErrorCodes.ContentModified }, what);
    assert.deepEqual(workspace.labelLines(), before, what);
    assert.deepEqual(workspace.labelLines('b.txt'), [], what);
  };

  const early = await labelling();
  assert.deepEqual(
    early.texts.map((text) => path.basename(text.uri)),
    ['a.txt', 'b.txt'],
  );
  const [open, closed] = early.texts;
  const without = { ...early, texts: [{ ...open, version: undefined }, closed] };
  await isRefused(connection.sendRequest(protocol.labelAll, without), 'an open text without a version');
  const swapped = { ...early, texts: [open, { ...closed, version: 1 }] };
  await isRefused(connection.sendRequest(protocol.labelAll, swapped), 'a version of what is not open');

  const versions = [{ uri, version: client.version('a.txt') }];
  await client.edit('a.txt', { start: 0, end: 0, newText: 'Dr. ' });
  await isRefused(connection.sendRequest(protocol.labelAll, early), 'a key was pressed meanwhile');
  const edit = { kind: 'renameLabel', layer: 'ner', from: 'LOC', to: 'PLACE', versions } as const;
  await isRefused(connection.sendRequest(protocol.editProject, edit), 'a rename');
  const conversion = { files: [uri], to: 'glossator', out: pathToFileURL(workspace.root).href };
  const choices = { isFolder: true, choices: {}, lossy: true, replace: true, versions };
  await isRefused(connection.sendRequest(convert, { ...conversion, ...choices }), 'an import');

  const late = await labelling();
  writeFileSync(path.join(workspace.root, 'b.txt'), 'Rob and Bob');
  await isRefused(connection.sendRequest(protocol.labelAll, late), 'another program changed a closed text');
  await connection.sendRequest(protocol.labelAll, await labelling());
  assert.equal(workspace.labelLines('b.txt').length, 1);
  const now = [{ uri, version: client.version('a.txt') }];
  assert.deepEqual(await connection.sendRequest(protocol.editProject, { ...edit, versions: now }), {
    labels: 1,
  });
});

test('what is cancelled answers nothing, rather than a part as if it were all', async (t) => {
  const workspace = new Workspace(t);
  for (const name of ['b.txt', 'c.txt']) writeFileSync(path.join(workspace.root, name), 'Bob and Bob');
  const { client } = await connect(workspace);
  await client.open('a.txt', TEXT);
  const { connection } = client.client;
  for (const scope of ['document', 'workspace'] as const) {
    const source = new CancellationTokenSource();
    const params = { uri: client.uri('a.txt'), text: 'Bob', layer: 'ner', scope };
    const found = connection.sendRequest(protocol.matches, params, source.token);
    source.cancel();
    await assert.rejects(found, { code: LSPErrorCodes.RequestCancelled }, scope);
  }
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const source = new CancellationTokenSource();
  const position = { line: 0, character: TEXT.indexOf('Bob') };
  const params = {
    ...{ textDocument: { uri: client.uri('a.txt') }, position },
    context: { includeDeclaration: true },
  };
  const references = connection.sendRequest(ReferencesRequest.type, params, source.token);
  source.cancel();
  await assert.rejects(references, { code: LSPErrorCodes.RequestCancelled });
});
