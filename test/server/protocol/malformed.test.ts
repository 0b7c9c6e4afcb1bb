import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test, type TestContext } from 'node:test';
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { serverCommands } from '../../../server/protocol/serverCommands';
import { Workspace } from '../labelStore/workspace';
import { LabelClient } from '../labels/labelClient';

const TEXT = 'Ada met Ben in Rome. Carl went to Oslo with Dora and Emil.\n';

/** A text with one label, on Rome. */
async function labelledText(t: TestContext) {
  const workspace = new Workspace(t);
  writeFileSync(path.join(workspace.root, 'a.txt'), TEXT);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Rome', 'LOC'));
  const [{ id }] = workspace.lines();
  return { workspace, client, connection: client.client.connection, id, uri: client.uri('a.txt') };
}

const ADD = { kind: 'add', layer: 'ner', label: 'PER', start: 0, end: 3 };

/** What an operation holds that it must not, and what the sentence says of it. */
const OPERATIONS: readonly (readonly [fault: unknown, said: RegExp])[] = [
  [{ ...ADD, start: 0.5 }, /operations\[0\]\.start must be a whole number, 0 or greater\.$/],
  [{ ...ADD, start: '0' }, /operations\[0\]\.start must be a whole number/],
  [{ ...ADD, start: [0] }, /operations\[0\]\.start must be a whole number/],
  [{ ...ADD, start: true }, /operations\[0\]\.start must be a whole number/],
  [{ ...ADD, start: -1 }, /operations\[0\]\.start must be a whole number/],
  [{ ...ADD, end: 1e308 }, /operations\[0\]\.end must be a whole number/],
  [{ ...ADD, end: 2 ** 53 }, /operations\[0\]\.end must be a whole number/],
  [{ ...ADD, start: 3, end: 3 }, /operations\[0\]\.end must be greater than start\.$/],
  [{ ...ADD, start: 3, end: 0 }, /operations\[0\]\.end must be greater than start/],
  [{ ...ADD, confidence: 5 }, /operations\[0\]\.confidence must be a number from 0 to 1\.$/],
  [{ ...ADD, confidence: -0.1 }, /operations\[0\]\.confidence must be/],
  [{ ...ADD, confidence: 'x' }, /operations\[0\]\.confidence must be/],
  [{ ...ADD, state: 'bogus' }, /operations\[0\]\.state must be one of confirmed, rejected\.$/],
  [{ ...ADD, note: 7 }, /operations\[0\]\.note must be a string\.$/],
  [{ ...ADD, note: 'n'.repeat(10_001) }, /operations\[0\]\.note must be at most 10000 characters\.$/],
  [{ ...ADD, layer: '@reviewed', label: '' }, /operations\[0\]\.label must be a name of 1 to 200 characters/],
  [{ ...ADD, label: 'P\nER' }, /operations\[0\]\.label must be a name/],
  [{ ...ADD, label: ' ' }, /operations\[0\]\.label must be a name/],
  [{ ...ADD, label: '\ud800' }, /operations\[0\]\.label must be a name/],
  [{ ...ADD, layer: 'n'.repeat(201) }, /operations\[0\]\.layer must be a name/],
  [{ ...ADD, kind: undefined }, /operations\[0\]\.kind must be one of add, change, remove\.$/],
  [{ ...ADD, kind: 'rename' }, /operations\[0\]\.kind must be one of/],
  [null, /operations\[0\] must be one of add, change, remove\.$/],
  [{ kind: 'change', id: 7 }, /operations\[0\]\.id must be a name\.$/],
  [{ kind: 'change', id: '$ID', state: 1 }, /operations\[0\]\.state must be one of/],
  [{ kind: 'change', id: '$ID', start: 0.25, end: 2.75 }, /operations\[0\]\.start must be a whole number/],
  [{ kind: 'change', id: '$ID', start: 4, end: 4 }, /operations\[0\]\.end must be greater than start/],
  [{ kind: 'change', id: '$ID', note: { a: 1 } }, /operations\[0\]\.note must be a string/],
];

test('what does not fit is refused with the name of the field, and nothing happens', async (t) => {
  const { workspace, client, connection, id, uri } = await labelledText(t);
  const before = readFileSync(workspace.sidecar(), 'utf8');
  const version = client.version('a.txt');
  const label = { uri, version, title: 'Label', operations: [ADD] };
  const refused: readonly (readonly [method: string, params: unknown, said: RegExp])[] = [
    ...OPERATIONS.flatMap(([operation, said]) => {
      const own = JSON.parse(JSON.stringify(operation).replace('$ID', id)) as unknown;
      const params = { ...label, operations: [own] };
      return [
        ['glossator/label', params, said] as const,
        ['workspace/executeCommand', { command: serverCommands.label, arguments: [params] }, said] as const,
      ];
    }),
    ['glossator/label', { ...label, version: 'x' }, /version must be a whole number\.$/],
    ['glossator/label', { ...label, version: null }, /version must be a whole number/],
    ['glossator/label', { ...label, title: 5 }, /title must be a string/],
    ['glossator/label', { ...label, operations: 'abc' }, /operations must be a list\.$/],
    ['glossator/label', { ...label, uri: 'a.txt' }, /uri must be a URI such as file:/],
    ['glossator/label', { ...label, uri: `${uri}%` }, /uri must be a URI/],
    ['glossator/label', { ...label, uri: `${uri}%00` }, /uri must be a URI/],
    ['glossator/label', { ...label, uri: `${uri}%2F` }, /uri must be a URI/],
    ['glossator/label', { ...label, uri: 'C:\\texts\\a.txt' }, /uri must be a URI/],
    ['glossator/label', 'x', /^The parameters of glossator\/label must be an object\.$/],
    ['glossator/undoLabels', {}, /uri must be a URI/],
    ['glossator/accept', { uri, version, start: 0, end: 9, threshold: 2 }, /threshold must be a number from/],
    ['glossator/accept', { uri, version, start: 9, end: 0, threshold: 0 }, /end must not be less than start/],
    [
      'glossator/matches',
      { uri, text: 'a', layer: 'ner', scope: 'world' },
      /scope must be one of document, wo/,
    ],
    ['glossator/pinModel', { run: '../..', isPinned: true }, /run must be the name of a model/],
    ['glossator/removeModel', { run: '..' }, /run must be the name of a model/],
    ['glossator/editProject', { kind: 'drop' }, /kind must be one of addLayer/],
    ['textDocument/hover', { textDocument: { uri } }, /position must be an object/],
    [
      'textDocument/hover',
      { textDocument: { uri }, position: { line: -1, character: 0 } },
      /position\.line must be a whole number, 0 or greater/,
    ],
    ['workspace/executeCommand', { command: 5 }, /command must be a string/],
    [
      'workspace/executeCommand',
      { command: serverCommands.openFile, arguments: [{ uri, line: 0 }] },
      /line must be 1 or greater/,
    ],
  ];
  for (const [method, params, said] of refused)
    await assert.rejects(
      connection.sendRequest(method, params),
      (error: unknown) => {
        assert.ok(error instanceof ResponseError);
        assert.equal(error.code, ErrorCodes.InvalidParams, error.message);
        assert.match(error.message, said);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
      `${method} ${JSON.stringify(params)}`,
    );
  assert.equal(readFileSync(workspace.sidecar(), 'utf8'), before);
  await client.label('a.txt', { kind: 'add', layer: 'ner', label: 'PER', start: 0, end: 3 });
  assert.equal(workspace.lines().length, 2);
});

test('a field that nobody knows is ignored', async (t) => {
  const { workspace, connection, id, uri } = await labelledText(t);
  const operations = [
    { kind: 'change', id, review: 'bogus', rivalOf: 5, quote: '', time: 'x', annotator: 3 },
  ];
  await connection.sendRequest('glossator/label', { uri, version: 1, title: 'T', operations, more: 1 });
  const [line] = workspace.lines() as unknown as Record<string, unknown>[];
  assert.equal(line['quote'], 'Rome');
  for (const field of ['review', 'rivalOf']) assert.ok(!(field in line), field);
});

const at = (line: unknown, character: unknown) => ({ line, character });
const insertion = { start: at(0, 0), end: at(0, 0) };

const CHANGES: readonly (readonly [what: string, change: unknown])[] = [
  ['no list', null],
  ['a string', 'abc'],
  ['an empty change', [null]],
  ['no text', [{ range: insertion }]],
  ['a number for a text', [{ range: insertion, text: 5 }]],
  ['a range that is null', [{ range: null, text: 'x' }]],
  ['an empty range', [{ range: {}, text: 'x' }]],
  ['a negative place', [{ range: { start: at(-1, -5), end: at(0, 3) }, text: 'x' }]],
  ['half a character', [{ range: { start: at(0, 1.5), end: at(0, 2.5) }, text: 'x' }]],
  ['words for numbers', [{ range: { start: at('a', 'b'), end: at(null, {}) }, text: 'x' }]],
  ['numbers beyond all', [{ range: { start: at(0, 1e300), end: at(1e300, 1e300) }, text: 'x' }]],
  [
    'one good change and a bad one',
    [
      { range: insertion, text: 'x' },
      { range: {}, text: 'x' },
    ],
  ],
];

test('an edit that does not fit is ignored, and said in the log', async (t) => {
  const { client, connection, uri } = await labelledText(t);
  const logged: string[] = [];
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    logged.push(message);
  });
  for (const [what, contentChanges] of CHANGES) {
    logged.length = 0;
    const params = { textDocument: { uri, version: 2 }, contentChanges };
    await connection.sendNotification('textDocument/didChange', params);
    const [label] = await client.all('a.txt');
    assert.deepEqual([label.start, label.end, label.quote], [15, 19, 'Rome'], what);
    assert.match(
      logged.join(),
      /Ignored: The parameters of textDocument\/didChange are wrong: contentCh/,
      what,
    );
  }
  for (const version of ['x', null, 1.5]) {
    const params = { textDocument: { uri, version }, contentChanges: [{ range: insertion, text: 'x' }] };
    await connection.sendNotification('textDocument/didChange', params);
    assert.equal((await client.all('a.txt'))[0].start, 15, `version ${String(version)}`);
  }
  await client.edit('a.txt', { start: 0, end: 0, newText: '> ' });
  assert.equal((await client.all('a.txt'))[0].start, 17);
});

test('a change that comes with an old version, or twice, moves no label', async (t) => {
  const { client, connection, uri } = await labelledText(t);
  const logged: string[] = [];
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    logged.push(message);
  });
  const changes: readonly (readonly [version: number, contentChanges: readonly object[]])[] = [
    [1, [{ range: insertion, text: 'xx' }]],
    [0, [{ range: insertion, text: 'xx' }]],
    [-3, [{ text: '' }]],
    [5, [{ range: insertion, text: '> ' }]],
    [5, [{ range: insertion, text: '> ' }]], // the same again
    [4, [{ range: insertion, text: 'xxxx' }]], // out of order, while the one before it may still wait
    [5, [{ text: 'Something else' }]],
    [9, [{ range: insertion, text: '#' }]], // numbers may be left out
  ];
  for (const [version, contentChanges] of changes)
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  const [label] = await client.all('a.txt');
  assert.deepEqual([label.start, label.end, label.quote], [18, 22, 'Rome']);
  const params = { uri, version: 9, title: 'T', operations: [] };
  await connection.sendRequest('glossator/label', params);
  assert.equal(logged.length, 1, 'said once');
  assert.match(
    logged[0],
    /^A change of file:.*a\.txt was ignored, for it came with version 1 after version 1\. Close/,
  );
});

test('a client says hello once', async (t) => {
  const { connection } = await labelledText(t);
  const params = { processId: null, rootUri: null, capabilities: {} };
  await assert.rejects(connection.sendRequest('initialize', params), { code: ErrorCodes.InvalidRequest });
});
