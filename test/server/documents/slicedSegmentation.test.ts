import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter, segment } from '../../../models/text/segmenter';
import { SlicedSegmentation, type Segmented } from '../../../server/documents/slicedSegmentation';
import { TrackedDocument } from '../../../server/documents/trackedDocument';

const LONG = Array.from({ length: 6000 }, (_, i) => `Ada number ${i} met Bob in London.`).join('\n\n');

function open(text: string): TrackedDocument {
  return new TrackedDocument(TextDocument.create('file:///a.txt', 'plain', 1, text), new Segmenter('plain'));
}

/** Segmentation on a clock that stands still, so that any text fits into a slice. */
const atOnce = (): SlicedSegmentation => new SlicedSegmentation(() => 0);

/** Segmentation on a clock that goes on by a millisecond whenever it is asked, so that a slice has a few steps. */
function inSlices(): SlicedSegmentation {
  let time = 0;
  return new SlicedSegmentation(() => time++);
}

function next(segmentation: SlicedSegmentation): Promise<Segmented> {
  return new Promise((resolve) => segmentation.done.on(resolve));
}

test('what fits into a slice is segmented at once', () => {
  const segmentation = atOnce();
  const done: Segmented[] = [];
  segmentation.done.on((segmented) => done.push(segmented));
  const document = open('Ada met Bob. Bob saw London.');
  segmentation.start(document, 1000, true);
  assert.equal(done[0].change.added.length, 2);
  assert.equal(done[0].isEdit, true);
});

test('what does not lets other work in, and has no sentences until it is done', async () => {
  const segmentation = inSlices();
  const document = open(LONG);
  let turns = 0;
  const count = (): void => {
    turns++;
    if (!document.isSegmented) setImmediate(count);
  };
  const done = next(segmentation);
  segmentation.start(document, 10_000_000, false);
  assert.equal(document.isSegmented, false);
  assert.equal(document.sentenceAt(0), undefined);
  count();
  const { change } = await done;
  assert.ok(turns > 2, `${turns} turns`);
  assert.equal(change.added.length, segment(LONG, 'plain').length);
});

test('an edit meanwhile starts afresh on the new text', async () => {
  const segmentation = inSlices();
  const document = open(LONG);
  const all: Segmented[] = [];
  segmentation.done.on((segmented) => all.push(segmented));
  segmentation.start(document, 10_000_000, false);
  document.applyChanges([{ text: `New. ${LONG}` }], 2);
  const done = next(segmentation);
  segmentation.start(document, 10_000_000, true);
  await done;
  assert.equal(all.length, 1);
  assert.equal(document.sentences.length, segment(`New. ${LONG}`, 'plain').length);
});

test('what is left can be done at once, or left off', () => {
  const segmentation = inSlices();
  const [a, b] = [open(LONG), open(LONG)];
  const done: TrackedDocument[] = [];
  segmentation.done.on(({ document }) => done.push(document));
  segmentation.start(a, 10_000_000, false);
  segmentation.start(b, 10_000_000, false);
  segmentation.cancel(b);
  segmentation.finish(a);
  segmentation.finish(a); // nothing is left
  assert.deepEqual(done, [a]);
});
