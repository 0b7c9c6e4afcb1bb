import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segment } from '../../../models/text/segmenter';
import { benchText } from '../../../cli/bench/benchText';
import { memoryOf } from '../../../cli/terminal/processMemory';
import { summarize } from '../../../cli/bench/summary';

test('the benchmark’s text has its length, no sentence twice, and is the same for the same seed', () => {
  const text = benchText(['Ada met Bob.\n\nBob saw London.'], 3000, 5);
  const sentences = segment(text, 'plain').map(({ start, end }) => text.slice(start, end));
  const words = segment(text, 'plain').reduce((sum, { tokens }) => sum + tokens.length, 0);
  assert.ok(words >= 3000 && words < 3100, `${words} words`);
  assert.equal(new Set(sentences).size, sentences.length);
  assert.equal(benchText(['Ada met Bob.\n\nBob saw London.'], 3000, 5), text);
  assert.notEqual(benchText([], 3000, 6), benchText([], 3000, 7));
});

const SUMMARIES = [
  { values: [3], expected: { count: 1, p50: 3, p95: 3, max: 3 } },
  { values: [4, 1, 3, 2], expected: { count: 4, p50: 2, p95: 4, max: 4 } },
  {
    values: Array.from({ length: 100 }, (_, i) => 100 - i),
    expected: { count: 100, p50: 50, p95: 95, max: 100 },
  },
  { values: [], expected: { count: 0, p50: NaN, p95: NaN, max: NaN } },
];

for (const { values, expected } of SUMMARIES) {
  test(`percentiles of ${values.length} values`, () => assert.deepEqual(summarize(values), expected));
}

test('the memory of a process is told, and of none is not', async () => {
  const memory = await memoryOf(process.pid);
  assert.ok(memory === null || memory.resident > 10e6);
  assert.equal(await memoryOf(undefined), null);
});
