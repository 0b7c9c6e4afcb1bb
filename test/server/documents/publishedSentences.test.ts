import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Random } from '../../../models/random';
import { Segmenter } from '../../../models/text/segmenter';
import { toWireSentence } from '../../../server/documents/toWireSentence';
import { TrackedDocument } from '../../../server/documents/trackedDocument';
import type { WireSentence } from '../../../server/protocol/messages';
import { tagByLexicon } from '../features/lexiconTagger';
import { randomEdit } from './randomEdit';
import { segmentNow } from './segmentNow';
import { applyEdits } from './wireList';

const SENTENCES = ['Ada met Bob.', 'One is here.', 'He saw London.', 'Two are there.', 'Nobody spoke.'];

function open(text: string): TrackedDocument {
  const document = new TrackedDocument(
    TextDocument.create('file:///a.txt', 'plain', 1, text),
    new Segmenter('plain'),
  );
  segmentNow(document);
  return document;
}

/** The full list as it is to stand at the client. */
function wireList(document: TrackedDocument): WireSentence[] {
  let end = 0;
  return document.sentences.map((sentence) => {
    const gap = sentence.start - end;
    end = sentence.end;
    return toWireSentence(sentence, gap);
  });
}

test('1,000 random edits and taggings: the splices always give the client the full list', () => {
  const random = new Random(5);
  const document = open(Array.from({ length: 40 }, (_, i) => SENTENCES[i % 5]).join(' \n'));
  let held: WireSentence[] = [];
  for (let i = 0; i < 1000; i++) {
    const { start, end, text } = randomEdit(document.length, random);
    document.applyChanges([{ range: document.rangeOf({ start, end }), text }], i + 2);
    segmentNow(document);
    for (const sentence of document.sentences) {
      if (random.below(10) === 0) sentence.prediction ??= tagByLexicon(sentence.forms);
    }
    if (random.below(50) === 0) document.forgetPublished();
    if (random.below(3) === 0) continue; // several edits to one message
    const { reset, edits } = document.takeUpdate();
    held = applyEdits(held, reset, edits);
    assert.deepEqual(held, wireList(document), `edit ${i}`);
  }
});

test('an edit changes the message of its own sentence only', () => {
  const document = open(SENTENCES.join(' '));
  assert.equal(document.takeUpdate().reset, true);
  const range = document.rangeOf({ start: 0, end: 3 });
  document.applyChanges([{ range, text: 'Somebody' }], 2);
  segmentNow(document);
  const { reset, edits } = document.takeUpdate();
  assert.equal(reset, false);
  assert.deepEqual(
    edits.map(({ index, deleteCount, sentences }) => ({ index, deleteCount, inserted: sentences.length })),
    [{ index: 0, deleteCount: 1, inserted: 1 }],
  );
  assert.deepEqual(document.takeUpdate(), { reset: false, edits: [], left: 0 });
});

test('sentences tagged here and there come as separate splices', () => {
  const document = open(SENTENCES.join(' '));
  document.takeUpdate();
  for (const i of [0, 3]) document.sentences[i].prediction = tagByLexicon(document.sentences[i].forms);
  assert.deepEqual(
    document.takeUpdate().edits.map(({ index, deleteCount }) => ({ index, deleteCount })),
    [{ index: 0, deleteCount: 1 }, { index: 3, deleteCount: 1 }],
  ); // prettier-ignore
});

test('1,000 random edits and taggings in parts: each is at most so long, and together they give the full list', () => {
  const random = new Random(6);
  const document = open(Array.from({ length: 40 }, (_, i) => SENTENCES[i % 5]).join(' \n'));
  let held: WireSentence[] = [];
  for (let i = 0; i < 1000; i++) {
    const { start, end, text } = randomEdit(document.length, random);
    document.applyChanges([{ range: document.rangeOf({ start, end }), text }], i + 2);
    segmentNow(document);
    for (const sentence of document.sentences) {
      if (random.below(10) === 0) sentence.prediction = tagByLexicon(sentence.forms);
    }
    if (random.below(50) === 0) document.forgetPublished();
    let parts = 1 + random.below(3); // an edit may come before the last
    for (let left = 1; left > 0 && parts > 0; parts--) {
      const update = document.takeUpdate(16);
      left = update.left;
      held = applyEdits(held, update.reset, update.edits);
      // A sentence that stands behind others than before is told again, with its place.
      const whole = wireList(document);
      assert.ok(held.length <= whole.length);
      if (left === 0) assert.deepEqual(held, whole, `edit ${i}`);
    }
  }
});

test('a long list comes in parts, each in its place in the text', () => {
  const document = open(Array.from({ length: 100 }, (_, i) => SENTENCES[i % 5]).join(' '));
  let held: WireSentence[] = [];
  const words: number[] = [];
  for (let left = 1; left > 0;) {
    const update = document.takeUpdate(30);
    left = update.left;
    held = applyEdits(held, update.reset, update.edits);
    const given = update.edits.flatMap(({ sentences }) => sentences);
    words.push(given.reduce((sum, { tokens }) => sum + tokens.length / 2, 0));
    assert.deepEqual(held, wireList(document).slice(0, held.length));
  }
  assert.ok(
    words.length > 2 && words.every((count, i) => count <= 30 && (count > 25 || i === words.length - 1)),
    words.join(' '),
  );
  assert.deepEqual(held, wireList(document));
});
