import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { moveLabel, shiftLabel } from '../../../client/labels/shiftLabel';
import { sideBySide } from '../../../server/protocol/sideBySide';

describe('sideBySide', () => {
  it('takes a place to where the changes one after the other take it', () => {
    const change = fc.record({ start: fc.nat(40), removed: fc.nat(4), length: fc.nat(3) });
    const place = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 6 }) });
    const order = fc.constantFrom(1, -1, 0);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), place, order, (drawn, { start, length }, direction) => {
        const changes = drawn
          .map((one) => ({ start: one.start, end: one.start + one.removed, length: one.length }))
          .sort((a, b) => direction * (a.start - b.start));
        const label = { start, end: start + length };
        const slow = changes.reduce(shiftLabel, label);
        // Within a label both sides guess; what no change cuts is exact.
        const cut = changes.some((_, i) => {
          const now = changes.slice(0, i).reduce(shiftLabel, label);
          return changes[i].start < now.end && changes[i].end > now.start;
        });
        const fast = sideBySide(changes).reduce(
          (now, group) => group.follow(now, shiftLabel, moveLabel),
          label,
        );
        if (!cut) assert.deepEqual(fast, slow);
      }),
      { seed: 5, numRuns: 6000 },
    );
  });

  it('makes one group of what replaces all matches, from either end', () => {
    const up = Array.from({ length: 1000 }, (_, i) => ({ start: 10 * i, end: 10 * i + 6, length: 5 }));
    assert.equal(sideBySide([...up].reverse()).length, 1);
    assert.equal(
      sideBySide(up.map(({ start, end, length }, i) => ({ start: start - i, end: end - i, length }))).length,
      1,
    );
  });
});
