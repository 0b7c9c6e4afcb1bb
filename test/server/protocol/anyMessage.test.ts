import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { ResponseError } from 'vscode-languageserver';
import { parseLabelLine } from '../../../models/annotations/labelLine';
import { annotationCounts } from '../../../server/protocol/labels';
import { serverCommands } from '../../../server/protocol/serverCommands';
import { wire } from '../../../server/protocol/wire/schemas';
import { Workspace } from '../labelStore/workspace';
import { LabelClient } from '../labels/labelClient';

const TEXT = 'Ada met Ben in Rome. 😀 Carl went to Oslo\r\nwith Dora.\n';
/** Milliseconds in which a message has to be answered, on a busy machine. */
const BOUND = 5000;

/** Something that fits each message, to be damaged. */
function examples(root: string, uri: string): Record<keyof typeof wire, object> {
  const textDocument = { uri, version: 1, languageId: 'plaintext', text: TEXT };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
  const at = { textDocument, position: { line: 0, character: 16 } };
  const operations = [
    { kind: 'add', layer: 'ner', label: 'PER', start: 0, end: 3, note: 'n', confidence: 0.5 },
  ];
  const of = { uri, version: 1, start: 0, end: 20, layer: 'ner' };
  return {
    ...{ tags: { uri }, retag: { uri }, labels: { uri }, undoLabels: { uri }, redoLabels: { uri } },
    ...{
      model: {},
      trusted: {},
      saveLabels: {},
      annotationCounts: {},
      cancelRetraining: {},
      modelHistory: {},
    },
    ...{
      retrain: {},
      resolveConflicts: { uri },
      movedAnnotations: {},
      attachAnnotations: { from: uri, to: uri },
      reviewQueue: { layer: 'ner' },
    },
    visible: { uri, lines: [{ start: 0, end: 5 }] },
    label: { uri, version: 1, title: 'T', operations },
    labelAll: { title: 'T', texts: [{ uri, version: 1, operations }] },
    accept: { ...of, threshold: 0.5, layers: ['ner'] },
    labelChoices: of,
    sentence: { uri, version: 1, offset: 4 },
    reviewSentence: { uri, version: 1, offset: 4, layers: ['ner'] },
    matches: { uri, text: 'Rome', layer: 'ner', scope: 'workspace' },
    editProject: {
      kind: 'renameLabel',
      layer: 'ner',
      from: 'PER',
      to: 'WHO',
      versions: [{ uri, version: 1 }],
    },
    convert: {
      ...{ files: [uri], from: 'glossator', to: 'conllu', out: `${root}/out.conllu`, isFolder: false },
      ...{ choices: { layers: ['ner'], overlaps: 'longest' }, lossy: true, replace: false, textOnly: false },
      formats: [{ uri, format: 'conllu' }],
    },
    useModel: { run: null },
    pinModel: { run: '2026-01-01T00-00-00', isPinned: true },
    removeModel: { run: '2026-01-01T00-00-00' },
    report: { run: null, nonce: 'abc' },
    ...{ didOpen: { textDocument }, didSave: { textDocument }, didClose: { textDocument } },
    didChange: { textDocument, contentChanges: [{ range, text: 'x' }] },
    didChangeWatchedFiles: { changes: [{ uri, type: 2 }] },
    didRenameFiles: { files: [{ oldUri: `${root}/x.txt`, newUri: `${root}/y.txt` }] },
    didChangeWorkspaceFolders: { event: { added: [], removed: [] } },
    didChangeConfiguration: { settings: { glossator: { backend: 'wasm' } } },
    ...{ hover: at, documentHighlight: at, references: at, documentSymbol: { textDocument } },
    selectionRange: { textDocument, positions: [at.position] },
    codeAction: { textDocument, range, context: { diagnostics: [], only: ['quickfix'], triggerKind: 1 } },
    ...{ semanticTokens: { textDocument }, semanticTokensRange: { textDocument, range } },
    semanticTokensDelta: { textDocument, previousResultId: '1' },
    executeCommand: {
      command: serverCommands.label,
      arguments: [{ uri, version: 1, title: 'T', operations }],
    },
  };
}

const ODD = [
  null,
  0,
  -1,
  1.5,
  1e308,
  2 ** 31,
  2 ** 53,
  '',
  'x',
  '__proto__',
  'constructor',
  '\ud800',
  '\0',
  true,
  [],
  {},
];
const odd = fc.oneof(
  fc.constantFrom<unknown>(...ODD, 'file:///%', 'untitled:1', 'a'.repeat(3000)),
  fc.constantFrom(...Object.values(serverCommands)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Puts a value in a place of an object, found by turning at each level by the next number; or takes it out. */
function damage(value: unknown, turns: readonly number[], by: unknown): unknown {
  if (typeof value !== 'object' || value === null || turns.length === 0) return by;
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const key = keys[turns[0] % keys.length];
  const inner = damage((value as Record<string, unknown>)[key], turns.slice(1), by);
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === key ? inner : item));
  return Object.fromEntries(
    Object.entries(value).map(([k, old]) => [k, k === key ? inner : (old as unknown)]),
  );
}

test('whatever a client sends is answered, and every label can be read', async (t) => {
  const workspace = new Workspace(t);
  writeFileSync(path.join(workspace.root, 'a.txt'), TEXT);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Rome', 'LOC'));
  const { connection } = client.client;
  const good = examples(client.uri('').replace(/\/$/, ''), client.uri('a.txt'));
  // A retraining takes no parameters, and minutes.
  const names = (Object.keys(good) as (keyof typeof wire)[]).filter((name) => name !== 'retrain');
  const isNotification = (name: keyof typeof wire): boolean => /^(did|visible|trusted)/.test(name);

  const answered = async (name: keyof typeof wire, params: unknown): Promise<void> => {
    const { method } = wire[name];
    if (isNotification(name)) await connection.sendNotification(method, params);
    else
      await connection.sendRequest(method, params).catch((error: unknown) => {
        assert.ok(error instanceof ResponseError, String(error));
        assert.doesNotMatch(error.message, /error of its own|\n|^Request |undefined|Cannot read/, method);
      });
  };
  const damages = fc.array(fc.tuple(fc.array(fc.nat(9), { maxLength: 5 }), odd), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), damages, async (name, faults) => {
      const params = faults.reduce<unknown>((value, [turns, by]) => damage(value, turns, by), good[name]);
      await answered(name, params);
    }),
    { seed: 12, numRuns: 1000, timeout: BOUND },
  );
  await connection.sendRequest(annotationCounts);
  const [header, ...lines] = readFileSync(workspace.sidecar(), 'utf8').trimEnd().split('\n');
  assert.match(header, /glossator/);
  for (const line of lines) parseLabelLine(line);
});
