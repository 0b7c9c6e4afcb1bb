import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { batchesOf, type BatchStep } from '../../../models/annotations/changeBatch';
import { fingerprintAfter } from '../../../models/annotations/fingerprint';
import { PatchedText } from '../../../models/annotations/patchedText';
import { splitsCharacter } from '../../../models/annotations/quoteLabel';
import { shiftSpan } from '../../../models/annotations/shiftSpan';
import { applyChange, type TextChange, trimChange } from '../../../models/annotations/textChange';

const words = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\r\n', '🎉', '👩', '\ud83d'),
  maxLength: 12,
});

/** Changes of whatever text there is, each of the one before it. */
const drawn = fc.array(fc.record({ at: fc.nat(1000), length: fc.nat(6), newText: words }), { maxLength: 8 });

function changesOf(
  text: string,
  wanted: typeof drawn extends fc.Arbitrary<infer T> ? T : never,
): TextChange[] {
  let now = text;
  return wanted.map(({ at, length, newText }) => {
    const start = at % (now.length + 1);
    const change = { start, end: Math.min(now.length, start + length), newText };
    now = applyChange(now, change);
    return change;
  });
}

const held = (run: (text: string, steps: readonly BatchStep[], after: string) => void): void =>
  fc.assert(
    fc.property(words, words, drawn, (left, right, wanted) => {
      const text = left + right;
      const changes = changesOf(text, wanted);
      run(text, batchesOf(text, changes), changes.reduce(applyChange, text));
    }),
    { seed: 12, numRuns: 1500 },
  );

describe('the batches of an edit', () => {
  it('make the text that its changes make one after the other, and take it back', () => {
    held((text, steps, after) => {
      assert.equal(steps.at(-1)?.after ?? text, after);
      let now = text;
      for (const { batch, after } of steps) {
        assert.equal(batch.apply(now), after);
        assert.equal(batch.inverse.apply(after), now);
        assert.equal(batch.growth, after.length - now.length);
        assert.equal(batch.inverse.inverse, batch);
        for (const [i, { start, end, removed, newText }] of batch.changes.entries()) {
          assert.equal(removed, now.slice(start, end));
          assert.notEqual(newText, removed);
          if (i > 0) assert.ok(start >= batch.changes[i - 1].end);
        }
        now = after;
      }
    });
  });

  it('say which changes touch a span, and where it stands afterwards', () => {
    held((text, steps) => {
      for (const { batch } of steps.slice(0, 1))
        for (let start = 0; start <= text.length; start++)
          for (const end of [start, start + 3]) {
            const isTouched = batch.changes.map((change) => change.end >= start && change.start <= end);
            const [from, to] = batch.touching(start, end);
            const touched = batch.changes.map((_, i) => i >= from && i < to);
            assert.deepEqual(touched, isTouched);
            // From the last to the first no change moves another.
            const slow = batch.changes.reduceRight(shiftSpan, { start, end });
            const quick = batch.follow({ start, end });
            if (slow.end > slow.start) assert.deepEqual(quick, slow);
            else assert.equal(quick.end, quick.start);
          }
    });
  });

  it('tell where the new texts stand', () => {
    held((_, steps) => {
      for (const { batch, after } of steps)
        assert.deepEqual(
          batch.inserted.map(({ start, end }) => after.slice(start, end)),
          batch.changes.flatMap(({ newText }) => (newText === '' ? [] : [newText])),
        );
    });
  });

  it('are one where all occurrences are replaced, from either end, and two where an edit goes back', () => {
    const text = 'one two one two one';
    const back: TextChange[] = [16, 8, 0].map((start) => ({ start, end: start + 3, newText: 'three' }));
    const forth: TextChange[] = [0, 10, 20].map((start) => ({ start, end: start + 3, newText: 'three' }));
    for (const changes of [back, forth]) {
      const steps = batchesOf(text, changes);
      assert.deepEqual(
        steps.map(({ after }) => after),
        ['three two three two three'],
      );
    }
    const within = [...back, { start: 1, end: 2, newText: '' }];
    assert.deepEqual(
      batchesOf(text, within).map(({ after }) => after),
      ['three two three two three', 'tree two three two three'],
    );
  });

  it('are none of a change outside the text', () => {
    for (const [start, end] of [
      [-1, 0],
      [2, 1],
      [0, 4],
      [4, 4],
    ]) {
      assert.throws(() => batchesOf('one', [{ start, end, newText: 'x' }]), RangeError);
      const longer = [{ start: 0, end: 0, newText: 'x' }];
      assert.throws(() => batchesOf('on', [...longer, { start, end, newText: 'x' }]), RangeError);
    }
  });

  it('leave the white space out of what they removed', () => {
    const [{ batch }] = batchesOf('one \r\n Ada  two', [{ start: 3, end: 12, newText: '' }]);
    assert.deepEqual(batch.block(0), { text: 'Ada', start: 7 });
  });
});

describe('a text with changes that are not carried out', () => {
  it('is the text with them', () => {
    held((text, steps, after) => {
      let patched = new PatchedText(text);
      for (const { batch } of steps) patched = patched.after(batch);
      assert.equal(patched.length, after.length);
      assert.ok(patched.equals(after));
      assert.ok(!patched.equals(`${after}x`));
      for (let at = 0; at < after.length; at++) {
        const other = `${after.slice(0, at)}\0${after.slice(at + 1)}`;
        assert.ok(!patched.equals(other));
        assert.equal(patched.slice(at, at + 4), after.slice(at, at + 4));
      }
    });
  });
});

describe('the fingerprint of a text', () => {
  it('is the same by whatever way the text came to be, and another one for another text', () => {
    held((text, steps, after) => {
      let way = 0;
      let now = text;
      for (const step of steps) {
        way = fingerprintAfter(way, step.batch, now, step.after);
        now = step.after;
      }
      const [whole] = batchesOf(text, [{ start: 0, end: text.length, newText: after }]);
      const atOnce = whole === undefined ? 0 : fingerprintAfter(0, whole.batch, text, after);
      assert.equal(way, atOnce);
      if (after !== text && Math.max(text.length, after.length) > 3) assert.notEqual(way, 0);
    });
  });
});

describe('a change without what its old and new text share', () => {
  it('makes the same text, is as short as can be, and cuts no character', () => {
    fc.assert(
      fc.property(words, words, words, words, (left, old, newText, right) => {
        const text = left + old + right;
        const change = { start: left.length, end: left.length + old.length, newText };
        const trimmed = trimChange(text, change);
        const after = applyChange(text, change);
        assert.equal(applyChange(text, trimmed), after);
        if (old === '' || newText === '') return assert.deepEqual(trimmed, change);
        const { start, end, newText: rest } = trimmed;
        if (!splitsCharacter(text, change.start)) assert.ok(!splitsCharacter(text, start));
        if (!splitsCharacter(text, change.end)) assert.ok(!splitsCharacter(text, end));
        const [first, last] = [text.slice(start, end), rest];
        const isShort = first === '' || last === '' || (first[0] !== last[0] && first.at(-1) !== last.at(-1));
        const isHalf = /[\ud800-\udfff]/.test(first + last);
        assert.ok(isShort || isHalf, JSON.stringify([text, change, trimmed]));
      }),
      { seed: 12, numRuns: 3000 },
    );
  });
});
