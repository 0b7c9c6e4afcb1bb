import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  CodeActionRequest,
  ShowDocumentRequest,
  type ShowDocumentParams,
  type TextEdit,
} from 'vscode-languageserver/node';
import { resolveConflicts } from '../../../server/protocol/annotationFiles';
import * as protocol from '../../../server/protocol/labels';
import { labelled, Workspace } from '../labelStore/workspace';
import { first } from '../features/memoryClient';
import { actionsAt, connect, run, watched } from './askingClient';
import { LabelClient } from './labelClient';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

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
  await assert.rejects(
    client.label('a.txt', client.add('a.txt', 'London', 'LOC')),
    /unresolved git merge conflict/,
  );
  assert.match(readFileSync(workspace.sidecar(), 'utf8'), /<<<<<<< ours/);

  const cleared = first(published, (params) => params.uri === uri && params.diagnostics.length === 0);
  await run(client, await actionsAt(client, uri, 1, 0, 0), 'Merge both sides of the conflict');
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

/** A workspace whose text `a.txt` has an annotation file that git could not merge: Bob on one side, London on both. */
async function conflicted(t: TestContext): Promise<Workspace> {
  const workspace = new Workspace(t);
  const store = workspace.store();
  await store.open('a.txt', TEXT);
  const add = (words: string, label: string) => ({
    kind: 'add' as const,
    label: labelled(TEXT, words, label),
  });
  await store.apply('a.txt', 'Label', [add('Bob', 'PER'), add('London', 'LOC')]);
  const [header, bob, london] = readFileSync(workspace.sidecar(), 'utf8').trimEnd().split('\n');
  const theirs = london.replace('"LOC"', '"ORG"').replace(/"time":"\d+/, '"time":"2099');
  const content = [header, '<<<<<<< HEAD', bob, london, '=======', theirs, '>>>>>>> grace', ''];
  writeFileSync(workspace.sidecar(), content.join('\n'));
  return workspace;
}

const labelsOf = (workspace: Workspace): string[] => workspace.lines().map(({ label }) => label);

test('a conflict is resolved in the text, before the annotation file is known', async (t) => {
  const workspace = await conflicted(t);
  const { client } = await connect(workspace);
  const uri = client.uri('a.txt');
  const opened = await client.open('a.txt', TEXT);
  assert.match(opened.problem ?? '', /unresolved git merge conflict/);
  await run(client, await actionsAt(client, uri, 0, 0, 0), 'Merge both sides of the conflict');
  assert.deepEqual(labelsOf(workspace), ['PER', 'LOC', 'ORG']);
  const rivals = (await client.all('a.txt')).filter(({ rivalOf }) => rivalOf !== undefined);
  assert.deepEqual(
    rivals.map(({ label }) => label),
    ['ORG'],
  );
});

test('a conflict is resolved in an annotation file of a text that is not open', async (t) => {
  const workspace = await conflicted(t);
  const { client } = await connect(workspace);
  const uri = pathToFileURL(workspace.sidecar()).href;
  await run(client, await actionsAt(client, uri, 3, 0, 0), 'Merge both sides of the conflict');
  assert.deepEqual(labelsOf(workspace), ['PER', 'LOC', 'ORG']);
  assert.deepEqual(await actionsAt(client, uri, 0, 0, 0), []);
});

test('all conflicts of the workspace are resolved by one request', async (t) => {
  const workspace = await conflicted(t);
  const { client } = await connect(workspace);
  const resolve = () => client.client.connection.sendRequest(resolveConflicts, {});
  const uri = client.uri('a.txt');
  assert.deepEqual(await resolve(), [{ uri, name: 'a.txt', labels: 3, undecided: 1 }]);
  assert.deepEqual(await resolve(), []);
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
  await run(client, await actionsAt(client, uri, 1, 0, 0), 'Mark the sentence as reviewed (ner)');
  assert.deepEqual(
    client.labels('a.txt').map(({ label, quote, state }) => [label, quote, state]),
    [
      ['ORG', 'Ada Lovelace', 'confirmed'],
      ['PER', 'Bob', 'confirmed'],
      ['ner', 'Bob saw London.', 'confirmed'],
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

test('lines of an annotation file that cannot be read are marked there, told in the text, and mended by choice', async (t) => {
  const workspace = new Workspace(t);
  const { client, published } = await connect(workspace);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const [header, line] = readFileSync(workspace.sidecar(), 'utf8').trimEnd().split('\n');
  const twin = line.replace('"PER"', '"LOC"');
  writeFileSync(workspace.sidecar(), [header, 'half a line', line, twin, ''].join('\n'));
  const uri = pathToFileURL(workspace.sidecar()).href;
  const marked = first(published, (params) => params.uri === uri);
  const told = first(
    published,
    (params) =>
      params.uri === client.uri('a.txt') && params.diagnostics.some(({ code }) => code === 'annotation-file'),
  );
  await watched(client, uri);
  const { diagnostics } = await marked;
  assert.deepEqual(
    diagnostics.map(({ code, range }) => [code, range.start.line, range.end.character]),
    [
      ['line', 1, 'half a line'.length],
      ['duplicate', 3, twin.length],
    ],
  );
  const message = (await told).diagnostics.find(({ code }) => code === 'annotation-file')?.message;
  assert.ok(typeof message === 'string');
  assert.match(message, /^Line 2 \(and 1 more\) of the annotation file: .* All other labels are there\.$/);
  const offered = async (line: number): Promise<Map<string, TextEdit[]>> => {
    const context = { diagnostics: diagnostics.filter(({ range }) => range.start.line === line) };
    const range = { start: { line, character: 0 }, end: { line, character: 0 } };
    const actions = await client.client.connection.sendRequest(CodeActionRequest.type, {
      ...{ textDocument: { uri }, range, context },
    });
    return new Map(
      (actions ?? []).flatMap((one) => ('edit' in one ? [[one.title, one.edit?.changes?.[uri] ?? []]] : [])),
    );
  };
  assert.deepEqual(await offered(2), new Map());
  const removal = (line: number): TextEdit[] => [
    { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, newText: '' },
  ];
  assert.deepEqual(await offered(1), new Map([['Remove this line from the annotations', removal(1)]]));
  const fixes = await offered(3);
  assert.deepEqual(fixes.get('Keep only the label on line 3'), removal(3));
  assert.deepEqual(fixes.get('Keep only this label'), removal(2));
  const [edit] = fixes.get('Keep both labels: give this one an id of its own') ?? [];
  const { id } = JSON.parse(twin) as { id: string };
  assert.equal(twin.slice(edit.range.start.character, edit.range.end.character), id);
  const content = [header, line, twin.replace(id, edit.newText), ''].join('\n');
  writeFileSync(workspace.sidecar(), content);
  const cleared = first(published, (params) => params.uri === uri && params.diagnostics.length === 0);
  await watched(client, uri);
  await cleared;
  assert.equal(client.labels('a.txt').length, 2);
});
