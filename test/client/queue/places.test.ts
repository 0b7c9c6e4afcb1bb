import assert from 'node:assert/strict';
import { test } from 'node:test';
import { itemAfter } from '../../../client/queue/itemAfter';
import { placeOfQuote } from '../../../client/queue/placeOfQuote';

test('the item after one, from the last to the first', () => {
  const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  const cases: [string | undefined, string][] = [
    [undefined, 'a'],
    ['a', 'b'],
    ['c', 'a'],
    ['gone', 'a'],
  ];
  for (const [id, next] of cases) assert.equal(itemAfter(items, id)?.id, next);
  assert.equal(itemAfter([], 'a'), undefined);
});

test('words are found where they stand, else where they stand nearest', () => {
  const text = 'May met May in May';
  const cases: [number, number | undefined, string][] = [
    [8, 8, 'May'],
    [9, 8, 'May'],
    [1, 0, 'May'],
    [14, 15, 'May'],
    [100, 15, 'May'],
    [8, undefined, 'June'],
  ];
  for (const [start, found, quote] of cases) {
    const place = placeOfQuote(text, { start, end: start + 3, quote });
    assert.deepEqual(place, found === undefined ? undefined : { start: found, end: found + 3 });
  }
});
