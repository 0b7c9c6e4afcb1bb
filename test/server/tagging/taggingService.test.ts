import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Random } from '../../../models/random';
import { Segmenter, segment } from '../../../models/text/segmenter';
import { TrackedDocument } from '../../../server/documents/trackedDocument';
import { randomEdit } from '../documents/randomEdit';
import { segmentNow } from '../documents/segmentNow';
import { nextError } from '../nextError';
import { HeldTagger, predictionFor } from './heldTagger';
import { Bench, LINES, nextCall } from './taggingBench';

test('edited first, then what is visible, then the rest', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  document.show([{ start: 100, end: 104 }]);
  bench.service.reprioritize(document);
  await bench.answer(); // on its way since the document was opened
  bench.replace(document, 'S90', 'T90');
  await bench.answer();
  await bench.answer();
  await bench.settle();
  const order = bench.tagger.batches.flat();
  const place = (word: string): number => bench.tagger.batches.findIndex((batch) => batch.includes(word));
  assert.ok(place('T90') < place('S60'), order.join(' '));
  for (const shown of ['S50', 'S51']) assert.ok(place(shown) <= place('S60'), order.join(' '));
  assert.deepEqual(new Set(order).size, order.length, 'no sentence twice');
});

test('what is scrolled to goes next, and what was scrolled past goes back', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  await nextCall(bench); // on its way since the document was opened
  const show = (...sentences: number[]): void => {
    document.show(sentences.map((i) => ({ start: 2 * i, end: 2 * i + 1 }))); // every other line is empty
    bench.service.reprioritize(document);
  };
  show(70, 95, 96);
  show(95, 98);
  await bench.answer();
  await nextCall(bench);
  assert.deepEqual(bench.tagger.batches[1], ['S95', 'S98']);
  bench.replace(document, 'S80', 'T80');
  show(99);
  await bench.answer();
  await nextCall(bench);
  assert.deepEqual(bench.tagger.batches[2], ['T80'], 'what was edited is not for scrolling to put back');
  await bench.answer();
  await nextCall(bench);
  assert.deepEqual(bench.tagger.batches[3], ['S99']);
});

test('one batch is at the tagger at a time, and each is of several sentences', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  bench.open('b', LINES);
  while (bench.service.pending > 0) {
    await nextCall(bench);
    bench.service.reprioritize(document);
    bench.service.update(document, { removed: [], added: [] }, false);
    for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    assert.equal(bench.tagger.held, 1);
    await bench.answer();
  }
  const { batches } = bench.tagger;
  assert.ok(batches.length < 100, `200 sentences in ${batches.length} batches`);
});

test('an edit waits for at most the batch that runs', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  await bench.answer();
  bench.replace(document, 'S99', 'T99');
  await bench.answer();
  assert.ok(bench.tagger.batches[1].includes('T99') || bench.tagger.batches[2]?.includes('T99'));
  await bench.settle();
});

test('a sentence edited while it is tagged publishes nothing, but is remembered', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  await bench.settle();
  assert.deepEqual(bench.published, ['a:1:1', 'a:1:0']);
  bench.replace(document, 'One', 'Two');
  await nextCall(bench);
  bench.replace(document, 'Two', 'Three');
  await bench.answer(); // Two: stale
  assert.deepEqual(bench.published, ['a:1:1', 'a:1:0'], 'nothing for the stale text');
  await bench.settle(); // Three
  assert.deepEqual(bench.published.slice(2), ['a:3:0']);
  const calls = bench.tagger.batches.length;
  bench.replace(document, 'Three', 'Two');
  assert.deepEqual(bench.published.slice(3), ['a:4:0'], 'from the cache, at once');
  assert.equal(bench.tagger.batches.length, calls);
});

test('nothing is published while an edited sentence waits, so that no tag flickers', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  await bench.answer();
  bench.replace(document, 'S0', 'T0');
  const before = bench.published.length;
  await bench.answer();
  const versions = bench.published.slice(before).map((line) => line.split(':')[1]);
  assert.ok(versions.every((version) => version === '2'));
  await bench.settle();
  assert.equal(bench.published.at(-1), 'a:2:0');
});

test('a closed document gets no tags', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  await nextCall(bench);
  const before = bench.published.length;
  bench.service.close(document);
  assert.equal(bench.service.pending, 0);
  await bench.answer();
  assert.equal(bench.published.length, before);
  assert.deepEqual(bench.labels(document), [null]);
});

test('a new model tags everything again; the old tags stay until then', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here. Two is here.');
  await bench.settle();
  const old = bench.labels(document);
  const next = new HeldTagger('next');
  bench.service.useModel(next, [document]);
  assert.equal(bench.tagger.isDisposed, true);
  assert.deepEqual(bench.labels(document), old);
  while (bench.service.pending > 0) {
    await next.answer();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(
    bench.labels(document),
    document.sentences.map(({ forms }) => predictionFor(forms, 'next')),
  );
});

test('at a new model, too, the sentence just edited goes first, then what is visible', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  document.show([{ start: 100, end: 104 }]);
  await bench.settle();
  bench.replace(document, 'S90', 'T90');
  await nextCall(bench);
  const before = bench.published.length;
  const next = new HeldTagger('next');
  bench.service.useModel(next, [document]);
  assert.equal(bench.published.length, before, 'its old tags stay until the new ones replace them');
  await bench.answer(); // what the old model was at
  await next.answer();
  await next.answer();
  const [first, second] = next.batches;
  assert.deepEqual([first, second.includes('S50')], [['T90'], true]);
});

test('a model that tagged the open texts before it takes over makes nobody wait', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  await bench.settle();
  const next = new HeldTagger('next');
  let isReady = false;
  const ready = bench.service.prepare(next, [document]).then(() => (isReady = true));
  while (!isReady) {
    if (next.held > 0) await next.answer();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await ready;
  assert.ok(next.batches.length < 50, `100 sentences in ${next.batches.length} batches`);
  bench.service.useModel(next, [document]);
  assert.equal(bench.service.pending, 0);
  assert.deepEqual(
    bench.labels(document),
    document.sentences.map(({ forms }) => predictionFor(forms, 'next')),
  );
});

test('tags of a model that was swapped out while it ran are shown to nobody', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  await nextCall(bench);
  const next = new HeldTagger('next');
  bench.service.useModel(next, [document]);
  assert.equal(bench.tagger.isDisposed, false, 'it still works');
  await bench.answer();
  assert.equal(bench.tagger.isDisposed, true);
  assert.deepEqual(bench.labels(document), [null]);
  await next.answer();
  await new Promise<void>((resolve) => setImmediate(resolve));
  assert.deepEqual(bench.labels(document), [predictionFor(['One', 'is', 'here', '.'], 'next')]);
});

test('a failure says so in one sentence, and the next model takes up what waited', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  await bench.tagger.fail('The tagger stopped with code 1.');
  await new Promise<void>((resolve) => setImmediate(resolve));
  assert.equal(bench.service.failure, 'The tagger stopped with code 1.');
  assert.equal(bench.service.pending, 1);
  const next = new HeldTagger('next');
  bench.service.useModel(next, [document]);
  assert.equal(bench.service.failure, undefined);
  await next.answer();
  await new Promise<void>((resolve) => setImmediate(resolve));
  assert.equal(bench.service.pending, 0);
});

test('retagging asks the tagger again', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  await bench.settle();
  bench.service.retag(document);
  assert.equal(bench.service.pending, 1);
  await bench.settle();
  assert.equal(bench.tagger.batches.length, 2);
});

test('3,000 random edits at random moments end as a full re-tag', async () => {
  const random = new Random(7);
  const bench = new Bench();
  const document = bench.open('a', LINES.slice(0, 600));
  for (let i = 0; i < 3000; i++) {
    const { start, end, text } = randomEdit(document.length, random);
    bench.edit(document, start, end, text);
    if (random.below(3) === 0 && bench.tagger.held > 0) await bench.answer();
    if (random.below(100) !== 0) continue;
    await bench.settle();
    const full = segment(document.getText({ start: 0, end: document.length }), 'plain');
    assert.deepEqual(
      bench.labels(document),
      full.map(({ content }) => predictionFor(content.forms, 'held')),
      `edit ${i}`,
    );
  }
  assert.ok(bench.cache.words <= bench.cache.maxWords);
});

test('a listener that throws once keeps no text from its tags', async (t) => {
  const errors = t.mock.method(console, 'error', () => undefined);
  const bench = new Bench();
  let hasThrown = false;
  bench.service.tagged.on(() => {
    if (hasThrown || bench.published.length < 2) return;
    hasThrown = true;
    throw new Error('once');
  });
  const heard: string[] = [];
  bench.service.tagged.on(({ uri }) => void heard.push(uri));
  bench.open('a', 'One is here.');
  await bench.settle();
  const second = bench.open('b', 'Two is here.');
  await bench.settle();
  assert.deepEqual(bench.labels(second), [predictionFor(['Two', 'is', 'here', '.'], 'held')]);
  assert.ok(hasThrown);
  assert.deepEqual(heard, ['a', 'a', 'b', 'b'], 'the listener after it hears everything');
  assert.equal(errors.mock.callCount(), 1, 'it is logged');
  bench.service.useModel(new HeldTagger('next'), []);
  assert.equal(bench.tagger.isDisposed, true, 'no lease is left');
});

test('a tagger that answers for fewer sentences than it was asked fails, and the next one tags them', async () => {
  const bench = new Bench();
  const short = { ...new HeldTagger('short'), tag: () => Promise.resolve([]), dispose: () => undefined };
  bench.service.useModel(short, []);
  const document = bench.open('a', 'One is here.');
  while (bench.service.failure === undefined) await new Promise<void>((resolve) => setImmediate(resolve));
  assert.equal(bench.service.failure, 'The tagger answered for 0 of 1 sentences.');
  bench.service.useModel(bench.tagger, [document]);
  await bench.settle();
  assert.deepEqual(bench.labels(document), [predictionFor(['One', 'is', 'here', '.'], 'held')]);
});

test('an error that nobody foresaw costs its batch, not those after it', async (t) => {
  const bench = new Bench();
  const logged = nextError(t);
  const set = t.mock.method(bench.cache, 'set');
  set.mock.mockImplementationOnce(() => {
    throw new Error('no room');
  });
  bench.open('a', 'One is here.');
  await nextCall(bench);
  const second = bench.open('b', 'Two is here, and more.');
  await bench.answer();
  assert.match(await logged, /no room/);
  await nextCall(bench);
  await bench.answer();
  assert.notDeepEqual(bench.labels(second), [null]);
  bench.service.useModel(new HeldTagger('next'), []);
  assert.equal(bench.tagger.isDisposed, true, 'no lease is left');
});

test('nothing is published while the text is segmented anew', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.\n\nTwo is here.');
  await nextCall(bench);
  const before = bench.published.length;
  document.applyChanges([{ range: document.rangeOf({ start: 0, end: 3 }), text: 'Once' }], 2);
  await bench.answer(); // tags of sentences as they stood before the edit
  assert.equal(bench.published.length, before);
  bench.service.update(document, segmentNow(document), true);
  await bench.settle();
  assert.equal(bench.published.at(-1), 'a:2:0');
});

/** A text of 2,000 sentences that are in the cache. */
function bookIn({ cache, tagger: { modelId } }: Bench): string {
  const text = Array.from({ length: 2000 }, (_, i) => `S${i} is here.`).join('\n\n');
  for (const { content } of segment(text, 'plain'))
    cache.set(modelId, content, predictionFor(content.forms, modelId));
  return text;
}

test('a book whose sentences are known is tagged from the cache, all of it', async () => {
  const bench = new Bench();
  const text = bookIn(bench);
  const document = new TrackedDocument(TextDocument.create('a', 'plain', 1, text), new Segmenter('plain'));
  const isWhole = new Promise<void>((resolve) =>
    bench.service.tagged.on((one) => {
      if (bench.service.pendingOf(one) === 0) resolve();
    }),
  );
  bench.service.update(document, segmentNow(document), false);
  assert.ok(bench.service.pendingOf(document) > 0, 'looked up at once');
  await isWhole;
  assert.ok(bench.labels(document).every((prediction) => prediction !== null));
  assert.deepEqual(bench.tagger.batches, []);
});

test('a book that is closed while its sentences are looked up costs nothing more', async (t) => {
  const errors = t.mock.method(console, 'error', () => undefined);
  const bench = new Bench();
  const text = bookIn(bench);
  bench.service.close(bench.open('a', text));
  const second = bench.open('b', text); // looked up after the first
  while (bench.service.pendingOf(second) > 0) await new Promise<void>((resolve) => setImmediate(resolve));
  assert.equal(errors.mock.callCount(), 0);
  assert.equal(bench.service.pending, 0);
  assert.ok(!bench.published.slice(1).some((line) => line.startsWith('a:')));
});
