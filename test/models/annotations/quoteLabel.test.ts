import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PatchedText } from '../../../models/annotations/patchedText';
import {
  CONTEXT,
  quoteAt,
  quoteIn,
  quoteLabel,
  splitsCharacter,
} from '../../../models/annotations/quoteLabel';
import { shiftSpan } from '../../../models/annotations/shiftSpan';
import { sampleOf } from './sampleLabel';

describe('the surroundings of a label', () => {
  it('are 32 code units on both sides, or one less where a character would be cut', () => {
    for (const [left, right] of [
      ['x', 'x'],
      ['🎉', '🎉'],
      ['\ud83d', '\udf89'],
    ])
      for (let gap = CONTEXT - 3; gap <= CONTEXT + 1; gap++) {
        const text = `xx${left}${'b'.repeat(gap)}Ada${'a'.repeat(gap)}${right}xx`;
        const start = text.indexOf('Ada');
        const quote = quoteAt(text, start, start + 3);
        const isCut = left === '🎉' && gap === CONTEXT - 1;
        const length = isCut ? CONTEXT - 1 : CONTEXT;
        assert.deepEqual(quote, {
          quote: 'Ada',
          before: text.slice(start - length, start),
          after: text.slice(start + 3, start + 3 + length),
        });
        assert.deepEqual(quoteIn(new PatchedText(text), start, start + 3), quote);
      }
  });

  it('end where the text does', () => {
    assert.deepEqual(quoteAt('Ada', 0, 3), { quote: 'Ada', before: '', after: '' });
    assert.deepEqual(quoteIn(new PatchedText('to Ada.'), 3, 6), { quote: 'Ada', before: 'to ', after: '.' });
  });

  it('are refreshed, but not while the label waits for review, and the label is the same if they are', () => {
    const label = sampleOf('I met Ada here.', 'Ada');
    assert.equal(quoteLabel(label, 'I met Ada here.'), label);
    for (const text of ['I saw Ada here.', 'I met Ada there.', 'I met Bob here.'])
      assert.deepEqual(quoteLabel(label, text), { ...label, ...quoteAt(text, label.start, label.end) });
    const waiting = { ...label, review: 'changed' as const };
    assert.equal(quoteLabel(waiting, 'I saw Bob there.'), waiting);
  });

  it('a character of two code units is cut in its middle alone', () => {
    const text = 'a🎉b\ud83d\ud83d\udf89\udf89';
    const cut = Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) =>
      splitsCharacter(text, at),
    );
    assert.deepEqual(cut, [2, 6]);
    assert.equal(splitsCharacter('🎉', 0), false);
  });
});

describe('a span follows a change', () => {
  /** The span [3, 6), what becomes of [start, end), by how many code units, and where the span stands then. */
  const table: [string, number, number, number, number, number][] = [
    ['well before it', 0, 1, 2, 4, 7],
    ['right before it', 1, 3, 0, 1, 4],
    ['typed at its start', 3, 3, 2, 5, 8],
    ['typed at its end', 6, 6, 2, 3, 6],
    ['behind it', 7, 9, 0, 3, 6],
    ['right behind it', 6, 9, 4, 3, 6],
    ['typed within', 4, 4, 2, 3, 8],
    ['deleted within', 4, 5, 0, 3, 5],
    ['replaced within', 4, 5, 3, 3, 8],
    ['replaced at its start', 3, 5, 3, 3, 7],
    ['deleted at its start', 3, 5, 0, 3, 4],
    ['replaced at its end', 5, 6, 3, 3, 8],
    ['deleted as a whole', 3, 6, 0, 3, 3],
    ['replaced as a whole', 3, 6, 2, 3, 5],
    ['replaced over its start', 1, 4, 2, 3, 5],
    ['deleted over its start', 2, 5, 0, 2, 3],
    ['replaced over its end', 5, 8, 2, 3, 5],
    ['replaced with more before it', 2, 6, 4, 2, 2],
    ['replaced with more behind it', 3, 7, 4, 3, 3],
    ['replaced with more on both sides', 2, 8, 9, 2, 2],
  ];
  for (const [name, start, end, length, from, to] of table)
    it(name, () => {
      const change = { start, end, newText: 'n'.repeat(length) };
      assert.deepEqual(shiftSpan({ start: 3, end: 6 }, change), { start: from, end: to });
    });

  it('without text it stays a point', () => {
    const point = { start: 3, end: 3 };
    for (const [start, end, length, at] of [
      [0, 1, 3, 5],
      [1, 3, 0, 1],
      [3, 3, 2, 3],
      [2, 4, 3, 2],
      [4, 5, 0, 3],
      [3, 5, 1, 3],
    ])
      assert.deepEqual(
        shiftSpan(point, { start, end, newText: 'n'.repeat(length) }),
        { start: at, end: at },
        `${start} to ${end}`,
      );
  });
});
