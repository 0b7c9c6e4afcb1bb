import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchBudget } from '../../../server/tagging/batchBudget';

const MACHINES = [
  { name: 'fast', wordsPerSecond: 20_000, least: 900, most: 1100 },
  { name: 'middling', wordsPerSecond: 4_000, least: 180, most: 220 },
  { name: 'slow', wordsPerSecond: 800, least: 36, most: 44 },
  { name: 'very slow', wordsPerSecond: 50, least: 32, most: 32 },
  { name: 'absurdly fast', wordsPerSecond: 1e9, least: 2048, most: 2048 },
];

for (const { name, wordsPerSecond, least, most } of MACHINES) {
  test(`on a ${name} machine batches come to take the target`, () => {
    const budget = new BatchBudget(50);
    for (let i = 0; i < 30; i++) budget.observe(budget.words, (budget.words / wordsPerSecond) * 1000);
    assert.ok(budget.words >= least && budget.words <= most, `${budget.words} words`);
  });
}

test('small batches that were fast say nothing', () => {
  const budget = new BatchBudget(50, 128);
  for (let i = 0; i < 30; i++) budget.observe(4, 1);
  assert.equal(budget.words, 128);
});
