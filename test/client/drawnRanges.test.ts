import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DrawnRanges } from '../../client/drawnRanges';
import type { DocumentChange } from '../../client/drawnRanges';
import { Random } from '../../models/random';

suite('DrawnRanges', () => {
  const insert = (at: number, length: number): DocumentChange => ({ start: at, end: at, length });
  const remove = (start: number, end: number): DocumentChange => ({ start, end, length: 0 });

  // Ranges [10, 15) and [20, 25); null: their place is no longer certain.
  const cases: [string, DocumentChange, number[] | null][] = [
    ['an insertion before', insert(3, 2), [12, 17, 22, 27]],
    ['a deletion before', remove(3, 5), [8, 13, 18, 23]],
    ['an insertion between', insert(17, 1), [10, 15, 21, 26]],
    ['an insertion after', insert(30, 9), [10, 15, 20, 25]],
    ['an insertion within', insert(12, 1), null],
    ['an insertion at the start of a range', insert(10, 1), null],
    ['an insertion at the end of a range', insert(15, 1), null],
    ['a deletion over an edge', remove(14, 17), null],
    ['a deletion around', remove(9, 30), null],
    ['a replacement of the same length', { start: 16, end: 19, length: 3 }, [10, 15, 20, 25]],
  ];
  for (const [name, change, expected] of cases) {
    test(name, () => {
      const drawn = arrived([10, 15, 20, 25]);
      drawn.follow(change);
      if (expected === null) assert.equal(drawn.equal([10, 15, 20, 25]), false);
      else assert.equal(drawn.equal(expected), true);
    });
  }

  test('an edit before the ranges have arrived leaves their place uncertain', () => {
    const drawn = new DrawnRanges([10, 15]);
    drawn.follow(insert(3, 2));
    drawn.arrive();
    assert.equal(drawn.equal([12, 17]), false);
    assert.equal(drawn.equal([10, 15]), false);
  });

  test('no ranges have no uncertain place', () => {
    const drawn = new DrawnRanges([]);
    drawn.follow(insert(3, 2));
    assert.equal(drawn.equal([]), true);
  });

  test('compares numbers and order', () => {
    const drawn = new DrawnRanges([1, 2]);
    assert.equal(drawn.equal([1, 2]), true);
    assert.equal(drawn.equal([1, 3]), false);
    assert.equal(drawn.equal([1, 2, 3, 4]), false);
    assert.equal(drawn.equal([]), false);
    assert.equal(new DrawnRanges([]).equal([]), true);
  });

  test('follows random edits as markers in the text do, wherever it is certain', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = new Random(seed);
      // Each character is itself a marker: "«" opens a range and "»" closes it.
      let text = '';
      for (let i = 0; i < 8; i++) text += `${'.'.repeat(1 + random.below(4))}«ab»`;
      const drawn = arrived(rangesOf(text));
      let certain = true;
      for (let step = 0; step < 10; step++) {
        const start = random.below(text.length + 1);
        const end = Math.min(text.length, start + random.below(4));
        const inserted = '.'.repeat(random.below(4));
        const touches = pairs(rangesOf(text)).some(([from, to]) => from <= end && start <= to);
        text = text.slice(0, start) + inserted + text.slice(end);
        drawn.follow({ start, end, length: inserted.length });
        if (touches) certain = false;
        if (!certain) break;
        assert.equal(drawn.equal(rangesOf(text)), true, `seed ${seed}, step ${step}`);
      }
      if (!certain) assert.equal(drawn.equal(rangesOf(text)), false);
    }
  });
});

function arrived(bounds: readonly number[]): DrawnRanges {
  const drawn = new DrawnRanges(bounds);
  drawn.arrive();
  return drawn;
}

function rangesOf(text: string): number[] {
  return [...text.matchAll(/«ab»/g)].flatMap(({ index, 0: match }) => [index, index + match.length]);
}

function pairs(bounds: readonly number[]): [number, number][] {
  return bounds.flatMap((from, i) => (i % 2 === 0 ? [[from, bounds[i + 1]] as [number, number]] : []));
}
