import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeldTagger } from './heldTagger';
import { Bench, LINES, nextCall } from './taggingBench';

test('the speed is that of the words that the tagger was asked for', async () => {
  const bench = new Bench();
  const begin = performance.now();
  assert.deepEqual(bench.service.speed, { words: 0, milliseconds: 0 });
  const document = bench.open('a', 'One is here.\n\nAnd two are here.');
  await bench.settle();
  const first = bench.service.speed;
  assert.equal(first.words, 9);
  assert.ok(first.milliseconds > 0 && first.milliseconds <= performance.now() - begin);
  bench.open('b', 'One is here.'); // from the cache
  assert.deepEqual(bench.service.speed, first);
  bench.service.retag(document);
  await bench.settle();
  const { words, milliseconds } = bench.service.speed;
  assert.equal(words, 18);
  assert.ok(milliseconds > first.milliseconds && milliseconds <= performance.now() - begin);
});

test('somebody types after an edit of few sentences, not after a paste or when a text is opened', () => {
  for (const [sentences, isTyping] of [
    [1, true],
    [8, true],
    [9, false],
  ] as const) {
    const bench = new Bench();
    const document = bench.open('a', 'One is here.\n\nTwo is here.');
    assert.equal(bench.service.isTyping, false);
    const pasted = Array.from({ length: sentences }, (_, i) => `P${i} is here.`).join('\n\n');
    bench.replace(document, 'Two is here.', pasted);
    assert.equal(bench.service.isTyping, isTyping, `${sentences} sentences`);
  }
});

test('it is over a second after the last edit', (t) => {
  const now = t.mock.method(performance, 'now', () => 5000);
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  bench.replace(document, 'One', 'Two');
  for (const [ms, isTyping] of [
    [5000, true],
    [5999, true],
    [6000, false],
  ] as const) {
    now.mock.mockImplementation(() => ms);
    assert.equal(bench.service.isTyping, isTyping, `${ms}`);
  }
});

test('what the user scrolls to goes before what was seen, and what is at the tagger is not sent again', async () => {
  const bench = new Bench();
  const document = bench.open('a', LINES);
  await nextCall(bench); // the first sentences are on their way
  document.show([{ start: 0, end: 4 }]);
  bench.service.reprioritize(document);
  bench.replace(document, 'S70', 'T70');
  document.show([{ start: 180, end: 184 }]);
  bench.service.reprioritize(document);
  await bench.settle();
  const { batches } = bench.tagger;
  assert.deepEqual(batches[1], ['T70']);
  assert.ok(batches[2].includes('S90'), batches[2].join(' '));
  const all = batches.flat();
  assert.equal(new Set(all).size, all.length, 'none is sent twice');
  assert.equal(bench.service.pendingOf(document), 0);
});

test('a failure of a model that has been swapped out is none of the one that serves', async () => {
  const bench = new Bench();
  const document = bench.open('a', 'One is here.');
  await nextCall(bench);
  const next = new HeldTagger('next');
  bench.service.useModel(next, [document]);
  await bench.tagger.fail('The old one stopped.');
  await new Promise<void>((resolve) => setImmediate(resolve));
  assert.equal(bench.service.failure, undefined);
  assert.equal(bench.service.model.tagger, next);
});

test('a service without documents has nothing that waits, and without a model nothing to publish', () => {
  const bench = new Bench();
  bench.service.fail('It stopped.');
  const published: string[] = [];
  bench.service.tagged.on(({ uri }) => void published.push(uri));
  const document = bench.open('a', 'One is here.');
  assert.deepEqual(published, []);
  assert.deepEqual([bench.service.pendingOf(document), bench.service.pending], [1, 1]);
  bench.service.close(document);
  assert.deepEqual([bench.service.pendingOf(document), bench.service.pending], [0, 0]);
  assert.equal(bench.service.failure, 'It stopped.');
  bench.service.clearFailure();
  assert.equal(bench.service.failure, undefined);
});
