import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Occurrences } from '../../../models/annotations/occurrences';

const words = fc.string({ unit: fc.constantFrom('a', 'b', '🎉', '\r', '\ud83d'), maxLength: 70 });

function found(wanted: readonly string[], text: string): Occurrences {
  const steps = Occurrences.finding(wanted, text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

describe('Occurrences', () => {
  it('are all places where a word stands', () => {
    fc.assert(
      fc.property(words, words, fc.array(fc.nat(140), { maxLength: 12 }), (left, right, bounds) => {
        const text = left + right + left;
        const wanted = bounds.map((bound, i) => text.slice(bound % 70, (bound % 70) + 1 + (i % 5) * 9));
        const places = found(wanted, text);
        for (const word of wanted) {
          const slow = [];
          for (let at = 0; at < text.length; at++)
            if (word !== '' && text.startsWith(word, at)) slow.push(at);
          assert.deepEqual(places.of(word), slow);
        }
      }),
      { seed: 6, numRuns: 2000 },
    );
  });
});
