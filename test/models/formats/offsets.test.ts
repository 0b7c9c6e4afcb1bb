import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Counting, offsetsOf, splitsCharacter } from '../../../models/formats/offsets';
import { countingFits } from '../../../models/formats/quotedSpans';
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
    const fits = (start: number): number[] =>
      countingFits(text, [{ parts: [{ start, end: start + 10 }], quote: 'annotation' }], {
        usual: 'codepoints',
      }).map((one) => one.fits);
    assert.deepEqual(fits(12), [1, 0]);
    assert.deepEqual(fits(13), [0, 1]);
    assert.deepEqual(fits(14), [0, 0]);
  });
});

describe('offsets by other ways to count', () => {
  /** The lengths of the characters of a text as a file counts them. */
  const counted = (text: string, { unit, lineEnds }: Counting): [units: number, counts: number][] =>
    (text.match(/\r\n|[\s\S]/gu) ?? []).flatMap((sign): [number, number][] => {
      if (sign === '\r\n') return lineEnds === 'as-one' ? [[2, 1]] : [[1, 1], [1, 1]]; // prettier-ignore
      if (sign === '\n' && lineEnds === 'as-two') return [[1, 2]];
      return [[sign.length, unit === 'utf16' ? sign.length : 1]];
    });

  for (const unit of ['utf16', 'codepoints'] as const)
    for (const lineEnds of [undefined, 'as-one', 'as-two'] as const)
      for (const mark of [undefined, 'counted', 'skipped'] as const)
        it(`agree with counting: ${unit}, line ends ${lineEnds ?? 'as they are'}, mark ${mark ?? 'none'}`, () => {
          const random = new Random(7);
          const counting = { unit, lineEnds, mark };
          const shift = mark === 'counted' ? 1 : mark === 'skipped' ? -1 : 0;
          for (let round = 0; round < 30; round++) {
            const text = randomText(random, random.below(20));
            const offsets = offsetsOf(text, counting);
            let [at, count] = [0, shift];
            for (const [units, counts] of counted(text, counting)) {
              assert.equal(offsets.toUtf16(count), at);
              assert.equal(offsets.fromUtf16(at), count);
              at += units;
              count += counts;
            }
            assert.equal(offsets.length, count);
            assert.equal(offsets.toUtf16(count), at);
          }
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
