import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter } from '../../../models/text/segmenter';
import { ArrivingEdits } from '../../../server/documents/arrivingEdits';
import { TrackedDocument } from '../../../server/documents/trackedDocument';

interface Applied {
  readonly uri: string;
  readonly version: number;
  readonly isLast: boolean;
}

function start(...names: string[]): {
  edits: ArrivingEdits;
  documents: TrackedDocument[];
  applied: Applied[];
} {
  const applied: Applied[] = [];
  const edits = new ArrivingEdits(({ uri }, { version }, isLast) => applied.push({ uri, version, isLast }));
  const documents = names.map(
    (name) => new TrackedDocument(TextDocument.create(name, 'plaintext', 1, ''), new Segmenter('plain')),
  );
  return { edits, documents, applied };
}

async function untilApplied(applied: readonly Applied[], count: number): Promise<void> {
  while (applied.length < count) await nextTurn();
}

test('an edit that comes alone is applied a turn later', async () => {
  const { edits, documents, applied } = start('a');
  edits.add(documents[0], { changes: [], version: 2 });
  assert.deepEqual(applied, []);
  await untilApplied(applied, 1);
  assert.deepEqual(applied, [{ uri: 'a', version: 2, isLast: true }]);
});

test('of a burst everything is applied in order, and what follows is done once', async () => {
  const { edits, documents, applied } = start('a');
  for (let version = 2; version < 1002; version++) edits.add(documents[0], { changes: [], version });
  await untilApplied(applied, 1000);
  assert.deepEqual(
    applied.map(({ version }) => version),
    Array.from({ length: 1000 }, (_, i) => i + 2),
  );
  assert.deepEqual(
    applied.filter(({ isLast }) => isLast).map(({ version }) => version),
    [1001],
  );
});

test('a replacement of thousands of places is applied in parts, in order, and followed by one last', async () => {
  const parts: { texts: string[]; isLast: boolean }[] = [];
  const edits = new ArrivingEdits((_, { changes }, isLast) =>
    parts.push({ texts: changes.map(({ text }) => text), isLast }),
  );
  const { documents } = start('a');
  const texts = Array.from({ length: 20_000 }, (_, i) => String(i));
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  edits.add(documents[0], { changes: texts.map((text) => ({ range, text })), version: 2 });
  edits.settle('a');
  assert.deepEqual(
    parts.flatMap((part) => part.texts),
    texts,
  );
  assert.ok(parts.every((part) => part.texts.length <= 1000));
  assert.deepEqual(
    parts.map(({ isLast }) => isLast),
    parts.map((_, i) => i === parts.length - 1),
  );
});

test('who needs a document has its edits applied at once, and those alone', async () => {
  const { edits, documents, applied } = start('a', 'b');
  for (const document of documents)
    for (const version of [2, 3]) edits.add(document, { changes: [], version });
  edits.settle('b');
  assert.deepEqual(applied, [
    { uri: 'b', version: 2, isLast: false },
    { uri: 'b', version: 3, isLast: true },
  ]);
  edits.settle('c');
  edits.settle();
  assert.equal(applied.length, 4);
  await nextTurn();
  await nextTurn();
  await nextTurn();
  assert.equal(applied.length, 4);
});

test('edits of a document that was closed are dropped', async () => {
  const { edits, documents, applied } = start('a', 'b');
  for (const document of documents) edits.add(document, { changes: [], version: 2 });
  edits.drop(documents[0]);
  await untilApplied(applied, 1);
  assert.deepEqual(applied, [{ uri: 'b', version: 2, isLast: true }]);
});
