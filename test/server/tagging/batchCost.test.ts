import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../models/random';
import { BatchCost } from '../../../server/tagging/batchCost';

const TARGET = 60;

/** Sentences of 20 words that fit into a batch. */
function sentencesOf(cost: BatchCost): number {
  let count = 1;
  while (count < 10_000 && cost.allows({ longest: 20, places: 20 * (count + 1) })) count++;
  return count;
}

// step and place in milliseconds; the batch of 20-word sentences that follows from the rule.
const MACHINES = [
  { name: 'native', step: 2, place: 0.12, sentences: 16 },
  { name: 'native on a busy machine', step: 20, place: 1.2, sentences: 16 },
  { name: 'wasm', step: 0.3, place: 1.5, sentences: 1 },
  { name: 'wasm with a small model', step: 0.1, place: 0.3, sentences: 9 },
  { name: 'fast', step: 0.1, place: 0.01, sentences: 290 },
];

for (const { name, step, place, sentences } of MACHINES) {
  test(`${name}: learns to send batches of about ${sentences} sentences`, () => {
    const random = new Random(1);
    const cost = new BatchCost(TARGET);
    for (let i = 0; i < 300; i++) {
      const longest = 5 + random.below(40);
      let count = 1;
      while (count < 64 && cost.allows({ longest, places: longest * (count + 1) })) count++;
      const places = longest * (1 + random.below(count));
      const noise = 0.7 + 0.6 * random.uniform();
      cost.observe({ longest, places }, (step * longest + place * places) * noise);
    }
    const found = sentencesOf(cost);
    assert.ok(found >= 0.6 * sentences && found <= 1.6 * sentences + 1, `${found} sentences`);
  });
}

test('batches that were all alike do not lead astray', () => {
  const cost = new BatchCost(TARGET);
  for (let i = 0; i < 2000; i++) cost.observe({ longest: 20, places: 320 }, 80);
  const found = sentencesOf(cost);
  assert.ok(found >= 8 && found <= 20, `${found} sentences`);
});
