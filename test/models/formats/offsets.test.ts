import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offsetsOf, splitsCharacter, unitOfQuotes } from '../../../models/formats/offsets';
import { decodeSpans, encodeSpans } from '../../../models/formats/spanTags';
import { Random } from '../../../models/random';
import { randomText } from './randomTexts';

describe('offsets in code points', () => {
  it('agree with counting characters', () => {
    const random = new Random(3);
    for (let round = 0; round < 50; round++) {
      const text = randomText(random, random.below(20));
      const points = Array.from(text);
      const offsets = offsetsOf(text, 'codepoints');
      assert.equal(offsets.length, points.length);
      for (let k = 0; k <= points.length; k++) {
        const unit = points.slice(0, k).join('').length;
        assert.equal(offsets.toUtf16(k), unit);
        assert.equal(offsets.fromUtf16(unit), k);
        if (k < points.length && points[k].length === 2) {
          assert.equal(offsets.fromUtf16(unit + 1), k);
          assert.ok(splitsCharacter(text, unit + 1));
        }
        assert.ok(!splitsCharacter(text, unit));
      }
    }
  });

  it('are told from UTF-16 by the quotes of a file', () => {
    const text = '💩This is an annotation.';
    const quote = 'annotation';
    assert.equal(unitOfQuotes(text, [{ span: { start: 12, end: 22 }, quote }], 'codepoints'), 'codepoints');
    assert.equal(unitOfQuotes(text, [{ span: { start: 13, end: 23 }, quote }], 'codepoints'), 'utf16');
    assert.equal(unitOfQuotes(text, [], 'utf16'), 'utf16');
  });
});

describe('tags of spans', () => {
  const cases: [tags: string, spans: [number, number, string][]][] = [
    ['', []],
    ['O O', []],
    [
      'B-A I-A O B-A',
      [
        [0, 2, 'A'],
        [3, 4, 'A'],
      ],
    ],
    [
      'B-A B-A I-A',
      [
        [0, 1, 'A'],
        [1, 3, 'A'],
      ],
    ],
    [
      'I-A I-A I-B',
      [
        [0, 2, 'A'],
        [2, 3, 'B'],
      ],
    ], // IOB1
    [
      'U-A U-A B-A L-A',
      [
        [0, 1, 'A'],
        [1, 2, 'A'],
        [2, 4, 'A'],
      ],
    ],
    [
      'S-A B-x-y I-x-y E-x-y',
      [
        [0, 1, 'A'],
        [1, 4, 'x-y'],
      ],
    ],
    [
      'B-A L-A I-A',
      [
        [0, 2, 'A'],
        [2, 3, 'A'],
      ],
    ],
    ['B-A _ -', [[0, 1, 'A']]],
  ];
  for (const [tags, spans] of cases)
    it(`reads "${tags}"`, () =>
      assert.deepEqual(
        decodeSpans(tags.split(' ').filter(Boolean)),
        spans.map(([start, end, label]) => ({ start, end, label })),
      ));

  it('names the first that is none', () => assert.equal(decodeSpans(['O', 'PER']), 1));

  it('come back in every scheme', () => {
    const random = new Random(5);
    for (let round = 0; round < 200; round++) {
      const spans: { start: number; end: number; label: string }[] = [];
      for (let at = random.below(3); at < 12;) {
        const end = Math.min(12, at + 1 + random.below(4));
        spans.push({ start: at, end, label: 'AB'[random.below(2)] });
        at = end + random.below(3);
      }
      for (const scheme of ['iob2', 'bilou', 'bioes'] as const)
        assert.deepEqual(decodeSpans(encodeSpans(spans, 12, scheme)), spans);
    }
  });
});
