import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nextEntity } from '../../client/entityWalk';
import type { Mark } from '../../client/marks';

const at = (start: number, end: number): Mark => ({ start, end, layer: 'ner', kind: 'span', label: 'PER' });

suite('nextEntity', () => {
  const entities = [at(20, 25), at(0, 3), at(10, 15)];

  const cases: [string, number, 'next' | 'previous', number, number][] = [
    ['forward from between two', 5, 'next', 10, 2],
    ['forward from one to the one after', 10, 'next', 20, 3],
    ['forward from within one', 12, 'next', 20, 3],
    ['forward around the end', 20, 'next', 0, 1],
    ['backward from between two', 5, 'previous', 0, 1],
    ['backward from one to the one before', 20, 'previous', 10, 2],
    ['backward from within one to its beginning', 12, 'previous', 10, 2],
    ['backward around the beginning', 0, 'previous', 20, 3],
  ];
  for (const [name, offset, direction, start, number] of cases) {
    test(name, () => {
      const stop = nextEntity(entities, offset, direction);
      assert.deepEqual([stop?.mark.start, stop?.number, stop?.total], [start, number, 3]);
    });
  }

  test('there is none in a text without entities', () => {
    assert.equal(nextEntity([], 0, 'next'), undefined);
  });

  test('one entity is its own next and previous', () => {
    assert.equal(nextEntity([at(4, 6)], 4, 'next')?.mark.start, 4);
    assert.equal(nextEntity([at(4, 6)], 4, 'previous')?.mark.start, 4);
  });
});

test('nested entities that begin together are visited one after the other', () => {
  const nested = [
    { start: 3, end: 20, layer: 'theme', kind: 'span', label: 'outer' },
    { start: 3, end: 8, layer: 'ner', kind: 'span', label: 'inner' },
    { start: 10, end: 12, layer: 'ner', kind: 'span', label: 'other' },
  ] as const;
  const walk = (offset: number, direction: 'next' | 'previous', end?: number): string | undefined =>
    nextEntity(nested, offset, direction, end)?.mark.label;
  assert.equal(walk(0, 'next'), 'outer');
  assert.equal(walk(3, 'next', 20), 'inner');
  assert.equal(walk(3, 'next', 8), 'other');
  assert.equal(walk(10, 'previous', 12), 'inner');
  assert.equal(walk(3, 'previous', 8), 'outer');
});
