import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../models/random';
import type { BatchShape } from '../../../server/tagging/batchCost';
import { TaggingQueue, type Lane } from '../../../server/tagging/taggingQueue';

interface Item {
  readonly name: string;
  readonly forms: readonly string[];
}

function item(name: string, length: number): Item {
  return { name, forms: Array.from({ length }, () => 'w') };
}

/** Batches of at most so many places. */
function places(most: number) {
  return (shape: BatchShape): boolean => shape.places <= most;
}

function names(batch: { items: readonly Item[] } | undefined): string[] {
  return (batch?.items ?? []).map(({ name }) => name);
}

test('edited comes before visible, visible before background, first come first within', () => {
  const queue = new TaggingQueue<Item>();
  const lanes: [string, Lane][] = [
    ['b1', 'background'], ['v1', 'visible'], ['b2', 'background'], ['e1', 'edited'], ['v2', 'visible'],
  ]; // prettier-ignore
  for (const [name, lane] of lanes) queue.add(item(name, 5), lane);
  const order: string[] = [];
  for (let batch = queue.take(places(5)); batch; batch = queue.take(places(5))) order.push(...names(batch));
  assert.deepEqual(order, ['e1', 'v1', 'v2', 'b1', 'b2']);
});

test('an item stands in one lane only', () => {
  const queue = new TaggingQueue<Item>();
  const moved = item('moved', 3);
  queue.add(moved, 'background');
  queue.add(moved, 'visible');
  assert.equal(queue.size, 1);
  assert.ok(queue.has(moved));
  assert.equal(queue.take(places(10))?.lane, 'visible');
  assert.equal(queue.take(places(10)), undefined);
  queue.add(moved, 'edited');
  queue.delete(moved);
  assert.equal(queue.size, 0);
});

test('a batch holds sentences of like length and counts their padding', () => {
  const queue = new TaggingQueue<Item>();
  for (const length of [10, 40, 11, 2, 9, 12, 41]) queue.add(item(`${length}`, length), 'background');
  assert.deepEqual(names(queue.take(places(36))), ['10', '11', '9']);
  assert.deepEqual(names(queue.take(places(100))), ['40', '41']);
  assert.deepEqual(names(queue.take(places(100))), ['2', '12']);
});

test('a batch takes nothing from far behind, however well it would fit', () => {
  for (const [between, batch] of [
    [254, ['first', 'last']],
    [255, ['first']],
  ] as const) {
    const queue = new TaggingQueue<Item>();
    queue.add(item('first', 5), 'background');
    for (let i = 0; i < between; i++) queue.add(item(`${i}`, 50), 'background');
    queue.add(item('last', 5), 'background');
    assert.deepEqual(names(queue.take(places(10))), batch);
  }
});

test('a sentence longer than the budget goes alone', () => {
  const queue = new TaggingQueue<Item>();
  queue.add(item('long', 500), 'edited');
  queue.add(item('longer', 501), 'edited');
  assert.deepEqual(names(queue.take(places(64))), ['long']);
  assert.deepEqual(names(queue.take(places(64))), ['longer']);
});

test('every item goes once, within its budget, and none waits for ever', () => {
  const random = new Random(3);
  const queue = new TaggingQueue<Item>();
  const added: string[] = [];
  const taken: string[] = [];
  const lanes: Lane[] = ['edited', 'visible', 'background'];
  for (let i = 0; i < 3000; i++) {
    const name = `${i}`;
    queue.add(item(name, 1 + random.below(60)), lanes[random.below(3)]);
    added.push(name);
    if (random.below(4) === 0) taken.push(...takeOne());
  }
  while (queue.size > 0) taken.push(...takeOne());
  assert.deepEqual(taken.sort(), added.sort());

  function takeOne(): string[] {
    const batch = queue.take(places(128));
    const items = batch?.items ?? [];
    const longest = Math.max(...items.map(({ forms }) => forms.length));
    assert.ok(items.length === 1 || longest * items.length <= 128);
    return items.map(({ name }) => name);
  }
});
