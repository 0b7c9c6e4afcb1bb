import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { GROUPS, sourcesOf, testsOf } from '../../scripts/mutants/groups.mjs';
import { groupLine, interval, sampleOf } from '../../scripts/mutants/report.mjs';
import { root } from '../../scripts/paths.mjs';

test('every group names sources and tests that exist', () => {
  for (const group of Object.keys(GROUPS)) {
    const [sources, tests] = [sourcesOf(group), testsOf(group)];
    assert.ok(sources.length > 0 && tests.length > 0, group);
    for (const name of sources) assert.ok(existsSync(path.join(root, `${name}.ts`)), name);
    for (const name of tests) assert.ok(existsSync(path.join(root, 'test', `${name}.test.ts`)), name);
  }
});

test('a sample is the same for the same seed, in order, and has nothing twice', () => {
  const faults = Array.from({ length: 1000 }, (_, k) => k);
  const sample = sampleOf(faults, 100, 3);
  assert.deepEqual(sampleOf(faults, 100, 3), sample);
  assert.notDeepEqual(sampleOf(faults, 100, 4), sample);
  assert.equal(new Set(sample).size, 100);
  assert.deepEqual(
    [...sample].sort((a, b) => a - b),
    sample,
  );
  assert.equal(sampleOf(faults, 1000, 3), faults);
});

test('the interval is that of Wilson (1927)', () => {
  const rounded = (hits, tries) => interval(hits, tries).map((one) => Math.round(1000 * one) / 1000);
  assert.deepEqual(rounded(8, 10), [0.49, 0.943]);
  assert.deepEqual(rounded(0, 10), [0, 0.278]);
  assert.deepEqual(rounded(90, 100), [0.826, 0.945]);
});

test('a group is reported with its interval only where it was sampled', () => {
  const judged = ['killed', 'late', 'killed', 'survived'].map((verdict) => ({ verdict }));
  assert.equal(groupLine('locks', judged, 4), 'locks: 3 of 4 faults noticed, 75 % (1 by not ending)');
  assert.match(groupLine('locks', judged, 9), /; a sample of 9, 95 %: 30 % to 95 %\)$/);
});
