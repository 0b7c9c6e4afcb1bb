import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DocumentSymbolRequest,
  HoverRequest,
  PublishDiagnosticsNotification,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type DocumentSymbol,
  type MarkupContent,
  type PublishDiagnosticsParams,
  type SemanticTokens,
  type SemanticTokensDelta,
} from 'vscode-languageserver/node';
import { Event } from '../../../server/event';
import { retag, tags, visible } from '../../../server/protocol/messages';
import { applyEdits } from '../documents/wireList';
import { lexiconTagger } from './lexiconTagger';
import { first, MemoryClient } from './memoryClient';

const uri = 'file:///notes.txt';
const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

async function hover(client: MemoryClient, line: number, character: number) {
  const params = { textDocument: { uri }, position: { line, character } };
  return client.connection.sendRequest(HoverRequest.type, params);
}

test('opening a document brings its tags', async () => {
  const client = await MemoryClient.start();
  const { version, modelId, pending, reset } = await client.open(uri, TEXT);
  assert.deepEqual(
    { version, modelId, pending, reset },
    { version: 1, modelId: 'lexicon', pending: 0, reset: false },
  );
  const all = await client.connection.sendRequest(tags, { uri });
  assert.equal(all?.reset, true);
  assert.deepEqual(applyEdits([], true, all.edits), [
    {
      gap: 0,
      length: 21,
      tokens: [0, 3, 4, 12, 13, 16, 17, 20, 20, 21],
      layers: {
        pos: {
          kind: 'token',
          labels: ['PROPN', 'PROPN', 'VERB', 'NOUN', 'PUNCT'],
          probabilities: [0.99, 0.97, 0.9, 0.8, 0.9999],
        },
        ner: { kind: 'span', spans: [{ start: 0, end: 2, label: 'PER', probability: 0.85 }] },
      },
    },
    {
      gap: 1,
      length: 15,
      tokens: [0, 3, 4, 7, 8, 14, 14, 15],
      layers: {
        pos: {
          kind: 'token',
          labels: ['NOUN', 'VERB', 'PROPN', 'PUNCT'],
          probabilities: [0.8, 0.4, 0.95, 0.9999],
        },
        ner: { kind: 'span', spans: [{ start: 2, end: 3, label: 'LOC', probability: 0.85 }] },
      },
    },
  ]);
  assert.equal(await client.connection.sendRequest(tags, { uri: 'file:///other.txt' }), null);
});

test('every change is answered for its version, also when no word changed', async () => {
  const client = await MemoryClient.start();
  await client.open(uri, TEXT);
  const { edits } = await client.replace(uri, 2, TEXT);
  assert.deepEqual(edits, []);
  const last = await client.replace(uri, 3, `${TEXT} Bob met Bob.`);
  assert.deepEqual(
    last.edits.map(({ index, deleteCount }) => ({ index, deleteCount })),
    [{ index: 2, deleteCount: 0 }],
  );
});

test('hover tells every layer in Markdown', async () => {
  const client = await MemoryClient.start();
  await client.open(uri, TEXT);
  const answer = await hover(client, 0, 5);
  assert.deepEqual(answer?.range, { start: { line: 0, character: 4 }, end: { line: 0, character: 12 } });
  const { kind, value } = answer.contents as MarkupContent;
  assert.equal(kind, 'markdown');
  for (const part of [
    '**Lovelace**',
    'Part of speech: **PROPN** (proper noun) 97.0%',
    'The name of one person, place',
    'Runner-up: **X** (other) 1.5%',
    'Named entity: **PER** (person) 85.0%, “Ada Lovelace”',
  ])
    assert.ok(value.includes(part), `${part} in ${value}`);
});

test('hover in plain text for a client that shows no Markdown', async () => {
  const client = await MemoryClient.start({
    capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } },
  });
  await client.open(uri, TEXT);
  const { kind, value } = (await hover(client, 1, 5))?.contents as MarkupContent;
  assert.equal(kind, 'plaintext');
  assert.match(
    value,
    /^saw\n\nPart of speech: VERB \(verb\) 40\.0%\n.*\nRunner-up: X \(other\) 30\.0%\n\nNamed entity: none$/,
  );
});

test('hover says nothing where there is nothing', async () => {
  const client = await MemoryClient.start();
  await client.open(uri, 'Ada.\n\nBob.');
  assert.equal(await hover(client, 1, 0), null);
  const params = { textDocument: { uri: 'file:///other.txt' }, position: { line: 0, character: 0 } };
  assert.equal(await client.connection.sendRequest(HoverRequest.type, params), null);
});

test('semantic tokens: whole, range, and a delta that gives the whole', async () => {
  const client = await MemoryClient.start();
  await client.open(uri, TEXT);
  const textDocument = { uri };
  const { connection } = client;
  const legend = client.capabilities.semanticTokensProvider?.legend;
  const whole = (await connection.sendRequest(SemanticTokensRequest.type, {
    textDocument,
  })) as SemanticTokens;
  const types = whole.data.filter((_, i) => i % 5 === 3).map((type) => legend?.tokenTypes[type]);
  assert.deepEqual(types, ['class', 'class', 'function', 'variable', 'variable', 'function', 'class']);
  assert.deepEqual(whole.data.slice(0, 10), [
    0,
    0,
    3,
    whole.data[3],
    whole.data[4],
    0,
    4,
    8,
    whole.data[8],
    whole.data[9],
  ]);

  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 15 } };
  const part = await connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range });
  assert.equal(part?.data.length, 15);

  await client.replace(uri, 2, `Bob met Ada.\n${TEXT}`);
  const deltaParams = { textDocument, previousResultId: whole.resultId ?? '' };
  const delta = (await connection.sendRequest(
    SemanticTokensDeltaRequest.type,
    deltaParams,
  )) as SemanticTokensDelta;
  const data = [...whole.data];
  for (const { start, deleteCount, data: inserted = [] } of delta.edits)
    data.splice(start, deleteCount, ...inserted);
  const again = (await connection.sendRequest(SemanticTokensRequest.type, {
    textDocument,
  })) as SemanticTokens;
  assert.deepEqual(data, again.data);
  const stale = await connection.sendRequest(SemanticTokensDeltaRequest.type, deltaParams);
  assert.ok(stale !== null && 'data' in stale, 'an unknown result id is answered with everything');
});

test('a client that can refresh is asked to', async () => {
  const client = await MemoryClient.start({
    capabilities: { workspace: { semanticTokens: { refreshSupport: true } } },
  });
  const asked = new Promise<void>((resolve) => {
    client.connection.onRequest('workspace/semanticTokens/refresh', () => {
      resolve();
      return null;
    });
  });
  await client.open(uri, TEXT);
  await asked;
});

test('the outline groups entities by label', async () => {
  const client = await MemoryClient.start({
    capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
  });
  await client.open(uri, `${TEXT} Ada met Ada Lovelace.`);
  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
  const outline = (symbols as DocumentSymbol[]).map(({ name, detail, children }) => ({
    name,
    detail,
    children: children?.map((child) => child.name),
  }));
  assert.deepEqual(outline, [
    { name: 'PER', detail: 'person, 3', children: ['Ada Lovelace', 'Ada', 'Ada Lovelace'] },
    { name: 'LOC', detail: 'location, 1', children: ['London'] },
  ]);
});

test('a client without trees gets a flat outline', async () => {
  const client = await MemoryClient.start();
  await client.open(uri, TEXT);
  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
  assert.deepEqual(
    symbols?.map((symbol) => [symbol.name, 'containerName' in symbol && symbol.containerName]),
    [['Ada Lovelace', 'PER'], ['London', 'LOC']],
  ); // prettier-ignore
});

function diagnosticsOf(client: MemoryClient): Event<PublishDiagnosticsParams> {
  const event = new Event<PublishDiagnosticsParams>();
  client.connection.onNotification(PublishDiagnosticsNotification.type, (params) => event.fire(params));
  return event;
}

test('doubts are diagnostics with a version where the settings ask for them, and go with the setting', async () => {
  let lowConfidence = 'off';
  const client = await MemoryClient.start({
    capabilities: { workspace: { configuration: true } },
    configuration: () => ({ diagnostics: { lowConfidence, threshold: 0.5 } }),
  });
  const published = diagnosticsOf(client);
  const early = first(published);
  await client.open(uri, TEXT);
  lowConfidence = 'information';
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  const { version, diagnostics } = await early;
  assert.equal(version, 1);
  assert.deepEqual(
    diagnostics.map(({ severity, code, message, source }) => ({ severity, code, message, source })),
    [
      {
        severity: 3,
        code: 'pos',
        message: 'Perhaps VERB (verb) at 40.0%, or X (other) at 30.0%.',
        source: 'glossator',
      },
    ],
  );
  const cleared = first(published, (params) => params.diagnostics.length === 0);
  lowConfidence = 'off';
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await cleared;
});

test('a document full of doubts shows a hundred of them, as hints', async () => {
  const client = await MemoryClient.start({
    initializationOptions: { glossator: { diagnostics: { lowConfidence: 'hint' } } },
  });
  const published = diagnosticsOf(client);
  const full = first(published, ({ diagnostics }) => diagnostics.length >= 100);
  await client.open(uri, 'Ada saw Bob. '.repeat(150));
  const { diagnostics } = await full;
  assert.equal(diagnostics.length, 100);
  assert.ok(diagnostics.every(({ severity }) => severity === 4));
  const cleared = first(published, (params) => params.diagnostics.length === 0);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await cleared;
});

test('a document that is not text is left alone, and the status says why', async () => {
  const client = await MemoryClient.start();
  const { untagged, edits } = await client.open(uri, 'PK\0\u0003');
  assert.match(untagged ?? '', /contains invalid characters/);
  assert.deepEqual(edits, []);
  const { message } = await first(client.statusChanged, (status) => status.message !== undefined);
  assert.match(message ?? '', /notes\.txt.*contains invalid characters/);
});

test('a document that grows too long loses its tags, and gets them back', async () => {
  const client = await MemoryClient.start({ initializationOptions: { maxDocumentLength: 30 } });
  await client.state('idle');
  await client.open(uri, 'Ada met Bob.');
  const long = await client.replace(uri, 2, 'Ada met Bob. '.repeat(3));
  assert.deepEqual(long.edits, [{ index: 0, deleteCount: 1, sentences: [] }]);
  assert.match(long.untagged ?? '', /maxDocumentLength/);
  const short = await client.replace(uri, 3, 'Ada met Bob.');
  assert.equal(short.edits[0].sentences.length, 1);
  assert.equal(short.untagged, undefined);
});

test('a model that does not load is one sentence in the status; retag tries again', async () => {
  let isThere = false;
  const client = await MemoryClient.start({
    startTagger: () =>
      isThere ? Promise.resolve(lexiconTagger()) : Promise.reject(new Error('There is no model in m.')),
  });
  const textDocument = { uri, languageId: 'plaintext', version: 1, text: TEXT };
  await client.connection.sendNotification('textDocument/didOpen', { textDocument });
  const failed = await client.state('failed');
  assert.equal(failed.message, 'There is no model in m.');
  assert.equal(failed.modelId, null);
  isThere = true;
  const tagged = client.tagged(uri, 1);
  await client.connection.sendRequest(retag, { uri });
  await tagged;
  const idle = await client.state('idle');
  assert.equal(idle.modelId, 'lexicon');
  assert.equal(idle.backend, 'wasm');
  assert.equal(idle.message, undefined);
});

test('another model in the settings takes over, and open documents get its tags', async () => {
  let model = '';
  const client = await MemoryClient.start({
    capabilities: { workspace: { configuration: true } },
    configuration: () => ({ model }),
    startTagger: ({ directory }) => Promise.resolve(lexiconTagger(directory)),
  });
  assert.equal((await client.open(uri, TEXT)).modelId, 'models/pretrained');
  model = '/other';
  const taken = first(client.didTag, ({ modelId, pending }) => modelId === '/other' && pending === 0);
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  assert.equal((await taken).version, 1);
});

test('messages about unknown documents are harmless', async () => {
  const client = await MemoryClient.start();
  const unknown = 'file:///unknown.txt';
  await client.connection.sendNotification(visible, { uri: unknown, lines: [{ start: 0, end: 9 }] });
  assert.equal(await client.connection.sendRequest(retag, { uri: unknown }), null);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: unknown } });
  await client.open(uri, TEXT);
});
