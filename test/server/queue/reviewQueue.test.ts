import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test, type TestContext } from 'node:test';
import { Event } from '../../../server/event';
import {
  didChangeReviewQueue,
  type DidChangeReviewQueueParams,
  reviewQueue,
  type ReviewQueueParams,
} from '../../../server/protocol/queue';
import { undoLabels } from '../../../server/protocol/labels';
import { Workspace } from '../labelStore/workspace';
import { first } from '../features/memoryClient';
import { LabelClient } from '../labels/labelClient';
import { explorerTagger } from './explorerTagger';

const OPEN = 'Ada met Jordan.\nBob saw London.\nThen May left.';
const CLOSED = 'Carl works for Vodafone.\nBob saw London.\nDora likes Phoenix a lot.';

async function connect(t: TestContext, onExplore?: () => void) {
  const workspace = new Workspace(t);
  writeFileSync(path.join(workspace.root, 'b.txt'), CLOSED);
  const client = await LabelClient.start(workspace.root, {}, {}, () =>
    Promise.resolve(explorerTagger('explorer', onExplore)),
  );
  const changed = new Event<DidChangeReviewQueueParams>();
  client.client.connection.onNotification(didChangeReviewQueue, (params) => changed.fire(params));
  await client.open('a.txt', OPEN);
  const ask = async (params: ReviewQueueParams = {}): Promise<DidChangeReviewQueueParams> => {
    const whole = first(changed, ({ waiting }) => waiting === 0);
    await client.client.connection.sendRequest(reviewQueue, params);
    return whole;
  };
  return { client, changed, ask };
}

test('texts open and closed are ranked, with words and reason, equal sentences once', async (t) => {
  const { client, ask } = await connect(t);
  const { items, sentences, problem } = await ask();
  assert.equal(problem, undefined);
  assert.equal(sentences, 5);
  assert.deepEqual(items.map(({ focus }) => focus.quote).slice(0, 3), ['Vodafone', 'Jordan', 'Phoenix']);
  const [item] = items;
  assert.deepEqual(
    { ...item, id: '' },
    {
      ...{ id: '', uri: client.uri('b.txt'), name: 'b.txt', start: 0, end: 24, layer: 'ner' },
      focus: { start: 15, end: 23, quote: 'Vodafone' },
      excerpt: 'Carl works for Vodafone.',
      reason: 'The model wavers between PER (0.55) and no label (0.45) for “Vodafone”.',
      brief: 'PER 0.55, no label 0.45',
    },
  );
});

test('a label on the words in question takes the item out at once; undo brings it back', async (t) => {
  const { client, changed, ask } = await connect(t);
  const { items } = await ask();
  const jordan = items.find(({ focus }) => focus.quote === 'Jordan');
  assert.ok(jordan);
  const dropped = first(changed, ({ decided }) => decided.length > 0);
  await client.label('a.txt', client.add('a.txt', 'Jordan', 'PER'));
  const after = await dropped;
  assert.deepEqual(after.decided, [jordan.id]);
  assert.ok(!after.items.some(({ id }) => id === jordan.id));
  const back = first(changed, (queue) => queue.items.some(({ id }) => id === jordan.id));
  await client.client.connection.sendRequest(undoLabels, { uri: client.uri('a.txt') });
  assert.equal((await back).decided.length, 0);
});

test('a sentence marked as reviewed leaves; a label elsewhere in it does not', async (t) => {
  const { client, changed, ask } = await connect(t);
  const { items } = await ask();
  const [bob, may] = ['Bob', 'May'].map((word) => items.find(({ excerpt }) => excerpt.includes(word)));
  assert.ok(bob && may);
  await client.label('a.txt', client.add('a.txt', 'Then', 'PER'));
  const dropped = first(changed, ({ decided }) => decided.length > 0);
  const { start, end } = may;
  await client.label('a.txt', { kind: 'add', layer: '@reviewed', label: '*', start, end });
  assert.deepEqual((await dropped).decided, [may.id]);
});

test('an edit is followed, and a sentence that is known is not looked at again', async (t) => {
  let asked = 0;
  const { client, changed, ask } = await connect(t, () => asked++);
  await ask();
  const before = asked;
  const moved = first(changed, ({ items }) =>
    items.some(({ focus }) => focus.quote === 'Jordan' && focus.start === 12),
  );
  await client.edit('a.txt', { start: 0, end: 0, newText: 'x\n\n\n' });
  await moved;
  assert.ok(asked <= before + 1, 'the new sentence alone');
});

test('a layer that the model does not know is shown by what is common', async (t) => {
  const { ask } = await connect(t);
  const { items } = await ask({ layer: 'gene' });
  assert.equal(items.length, 5);
  for (const { reason, focus, start, end } of items) {
    assert.match(reason, /^The model does not know gene yet/);
    assert.deepEqual([focus.start, focus.end], [start, end]);
  }
});

test('asked for a token layer, the doubts are of that layer', async (t) => {
  const { ask } = await connect(t);
  const { items } = await ask({ layer: 'pos' });
  assert.ok(items.length > 0 && items.every(({ layer }) => layer === 'pos'));
});
