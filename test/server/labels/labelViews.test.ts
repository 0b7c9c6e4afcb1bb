import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import {
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  type DocumentSymbol,
  type MarkupContent,
  type SelectionRange,
} from 'vscode-languageserver/node';
import { labelled, Workspace } from '../labelStore/workspace';
import { LabelClient } from './labelClient';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.\n\nLondon.';
const tree = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };

const at = (client: LabelClient, line: number, character: number) => ({
  textDocument: { uri: client.uri('a.txt') },
  position: { line, character },
});

async function hover(client: LabelClient, line: number, character: number): Promise<string> {
  const answer = await client.client.connection.sendRequest(HoverRequest.type, at(client, line, character));
  return (answer?.contents as MarkupContent).value;
}

test('a hover says of a label who gave it, when, why, and what it was suggested with', async (t) => {
  const workspace = new Workspace(t);
  workspace.write(path.join(workspace.root, '.glossator', 'project.json'), '{ "annotator": "Grace *H*" }');
  const client = await LabelClient.start(workspace.root, {}, { commandLinks: true });
  await client.open('a.txt', TEXT);
  assert.match(await hover(client, 0, 18), /Named entity: none/);
  assert.match(await hover(client, 0, 1), /\[Accept\]\(command:glossator\.acceptSuggestion\?/);
  const operation = { ...client.add('a.txt', 'Bob', 'PER'), note: 'a [friend]', confidence: 0.4321 };
  await client.label('a.txt', operation);
  const said = await hover(client, 0, 18);
  assert.match(said, /Named entity: \*\*PER\*\* \(person\), “Bob”/);
  assert.match(said, /Labelled by Grace \\\*H\\\*, \d{4}-\d\d-\d\d \d\d:\d\d UTC; suggested with 43\.2%/);
  assert.match(said, /Note: a \\\[friend\\\]/);
  assert.doesNotMatch(said, /Named entity: none/);
  const [, query] = /command:glossator\.removeLabel\?([^)]+)\)/.exec(said) ?? [];
  const [label] = client.labels('a.txt');
  assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ uri: client.uri('a.txt'), id: label.id }]);

  await client.edit('a.txt', { start: label.start, end: label.end, newText: 'Eve' });
  assert.match(await hover(client, 0, 18), /Needs review: was “Bob”, now “Eve”/);
});

test('links are left out where the client does not ask for them', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  assert.doesNotMatch(await hover(client, 0, 18), /command:/);
});

test('a part of speech that a person corrected is coloured as corrected', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  const { textDocument } = at(client, 0, 0);
  const types = async () => {
    const answer = await client.client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    return (answer?.data ?? []).filter((_, i) => i % 5 === 3);
  };
  const before = await types();
  await client.label('a.txt', client.add('a.txt', 'met', 'NOUN', 'pos'));
  const after = await types();
  assert.equal(after[2], before[3]); // as Bob, a noun to this tagger
  assert.notEqual(after[2], before[2]);
});

test('the outline shows labels beside what the model suggests, and nothing that was rejected', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root, tree);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Ada', 'ORG'), client.add('a.txt', 'Bob', 'PER'), {
    ...client.add('a.txt', 'London', 'LOC'),
    state: 'rejected',
  });
  const { textDocument } = at(client, 0, 0);
  const groups = (await client.client.connection.sendRequest(DocumentSymbolRequest.type, {
    textDocument,
  })) as DocumentSymbol[];
  assert.deepEqual(
    groups.map(({ name, children }) => [
      name,
      children?.map((child) => `${child.name} ${child.detail ?? ''}`),
    ]),
    [
      ['ORG', ['Ada ✓']],
      ['PER', ['Bob ✓']],
      ['LOC', ['London 85.0%']],
    ],
  );
});

test('a selection grows from the token to the entity, the sentence, the paragraph and the text', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'met Bob', 'MISC'));
  const { textDocument, position } = at(client, 0, 18);
  const answer = await client.client.connection.sendRequest(SelectionRangeRequest.type, {
    textDocument,
    positions: [position],
  });
  const texts: string[] = [];
  const lines = TEXT.split('\n');
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character);
  for (let range: SelectionRange | undefined = answer?.[0]; range; range = range.parent)
    texts.push(TEXT.slice(offset(range.range.start), offset(range.range.end)));
  assert.deepEqual(texts, ['Bob', 'met Bob', lines[0], `${lines[0]}\n${lines[1]}`, TEXT]);
});

test('the same entity is highlighted in the text, and found in texts that are closed', async (t) => {
  const workspace = new Workspace(t);
  const other = 'To London,\nby train.';
  writeFileSync(path.join(workspace.root, 'b.txt'), other);
  const store = workspace.store();
  await store.open('b.txt', other);
  await store.apply('b.txt', 'Label', [{ kind: 'add', label: labelled(other, 'London', 'LOC') }]);
  await store.close('b.txt');
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'London', 'LOC'));
  const { connection } = client.client;
  const place = at(client, 3, 2);
  const highlights = await connection.sendRequest(DocumentHighlightRequest.type, place);
  assert.deepEqual(highlights?.map(({ range, kind }) => [range.start, kind]), [[{ line: 1, character: 8 }, 3], [{ line: 3, character: 0 }, 2]]); // prettier-ignore
  assert.equal(await connection.sendRequest(DocumentHighlightRequest.type, at(client, 1, 4)), null);
  const references = await connection.sendRequest(ReferencesRequest.type, {
    ...place,
    context: { includeDeclaration: true },
  });
  assert.deepEqual(
    references?.map(({ uri, range }) => [path.basename(uri), range.start.line]),
    [['a.txt', 1], ['a.txt', 3], ['b.txt', 0]],
  ); // prettier-ignore
});
