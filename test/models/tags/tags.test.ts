import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../models/random';
import { parseBioTag, spansOfTags, tagsOfSpans, type LabelledSpan } from '../../../models/tags/bio';
import { TagSet } from '../../../models/tags/tagSet';
import { allowedTransitions, transitionPenalties } from '../../../models/tags/transitions';

const NER = new TagSet({ kind: 'span', labels: ['PER', 'WORK-OF-ART'] });
const POS = new TagSet({ kind: 'token', labels: ['NOUN', 'VERB'] });

/** Spans that do not overlap, over a sentence of `length` tokens. */
function randomSpans(random: Random, length: number): LabelledSpan[] {
  const spans: LabelledSpan[] = [];
  for (let at = random.below(3); at < length; at += random.below(3)) {
    const end = Math.min(length, at + 1 + random.below(3));
    spans.push({ start: at, end, label: random.below(2) ? 'PER' : 'WORK-OF-ART' });
    at = end;
  }
  return spans;
}

describe('TagSet', () => {
  it('numbers labels and BIO tags', () => {
    assert.deepEqual(POS.tags, ['NOUN', 'VERB']);
    assert.deepEqual(NER.tags, ['O', 'B-PER', 'I-PER', 'B-WORK-OF-ART', 'I-WORK-OF-ART']);
    assert.equal(NER.size, 5);
    assert.deepEqual(NER.tagsOf(NER.indicesOf(['O', 'I-PER'])), ['O', 'I-PER']);
  });

  it('refuses what it does not hold', () => {
    assert.throws(() => POS.indexOf('O'), RangeError);
    assert.throws(() => POS.tagOf(2), RangeError);
    assert.throws(() => new TagSet({ kind: 'token', labels: ['A', 'A'] }), RangeError);
    assert.throws(() => new TagSet({ kind: 'span', labels: [''] }), RangeError);
  });
});

describe('spansOfTags', () => {
  const cases: [tags: string, conlleval: string, strict: string][] = [
    ['', '', ''],
    ['O O', '', ''],
    ['B-A I-A O', '0-2:A', '0-2:A'],
    ['B-A B-A', '0-1:A 1-2:A', '0-1:A 1-2:A'],
    ['O I-A I-A', '1-3:A', ''],
    ['I-A', '0-1:A', ''],
    ['B-A I-B I-B', '0-1:A 1-3:B', '0-1:A'],
    ['I-A I-B B-B', '0-1:A 1-2:B 2-3:B', '2-3:B'],
    ['B-A I-B I-A', '0-1:A 1-2:B 2-3:A', '0-1:A'],
    ['B-A-B I-A-B', '0-2:A-B', '0-2:A-B'],
  ];
  const show = (spans: LabelledSpan[]): string =>
    spans.map(({ start, end, label }) => `${start}-${end}:${label}`).join(' ');
  for (const [tags, conlleval, strict] of cases) {
    it(`reads "${tags}"`, () => {
      const list = tags.split(' ').filter(Boolean);
      assert.equal(show(spansOfTags(list)), conlleval);
      assert.equal(show(spansOfTags(list, 'strict')), strict);
    });
  }

  it('refuses tags that are not BIO', () => {
    for (const tag of ['X', 'B', 'B-', 'S-PER', 'PER', '']) {
      assert.equal(parseBioTag(tag), null);
      assert.throws(() => spansOfTags([tag]), RangeError);
    }
  });

  it('is the inverse of tagsOfSpans', () => {
    const random = new Random(1);
    for (let round = 0; round < 500; round++) {
      const length = random.below(12);
      const spans = randomSpans(random, length);
      const tags = tagsOfSpans(spans, length);
      assert.deepEqual(spansOfTags(tags), spans);
      assert.deepEqual(spansOfTags(tags, 'strict'), spans);
    }
  });

  it('finds spans in order that do not overlap, whatever the tags', () => {
    const random = new Random(2);
    for (let round = 0; round < 500; round++) {
      const tags = Array.from({ length: random.below(12) }, () => NER.tagOf(random.below(NER.size)));
      for (const reading of ['conlleval', 'strict'] as const) {
        let end = 0;
        for (const span of spansOfTags(tags, reading)) {
          assert.ok(span.start >= end && span.end > span.start);
          end = span.end;
        }
      }
    }
  });

  it('refuses spans that overlap or leave the sentence', () => {
    const label = 'PER';
    assert.throws(
      () =>
        tagsOfSpans(
          [
            { start: 0, end: 2, label },
            { start: 1, end: 3, label },
          ],
          3,
        ),
      RangeError,
    );
    assert.throws(() => tagsOfSpans([{ start: 0, end: 4, label }], 3), RangeError);
    assert.throws(() => tagsOfSpans([{ start: 1, end: 1, label }], 3), RangeError);
  });
});

describe('allowedTransitions', () => {
  it('allows everything in token layers', () => {
    assert.deepEqual(allowedTransitions(POS), {
      start: [true, true],
      between: [
        [true, true],
        [true, true],
      ],
      end: [true, true],
    });
  });

  it('allows exactly the sequences that both readings agree on', () => {
    const { start, between, end } = allowedTransitions(NER);
    const random = new Random(3);
    for (let round = 0; round < 2000; round++) {
      const path = Array.from({ length: 1 + random.below(5) }, () => random.below(NER.size));
      const allowed =
        start[path[0]] &&
        path.every((to, i) => i === 0 || between[path[i - 1]][to]) &&
        end[path[path.length - 1]];
      const tags = NER.tagsOf(path);
      const spans = spansOfTags(tags, 'strict');
      assert.equal(allowed, tagsOfSpans(spans, tags.length).join() === tags.join());
    }
  });

  it('gives penalties in rows', () => {
    const { start, between, end } = transitionPenalties(allowedTransitions(NER), -9);
    assert.deepEqual([...start], [0, 0, -9, 0, -9]);
    assert.deepEqual([...between.subarray(0, 5)], [0, 0, -9, 0, -9]);
    assert.deepEqual([...between.subarray(5, 10)], [0, 0, 0, 0, -9]);
    assert.deepEqual([...end], [0, 0, 0, 0, 0]);
  });
});
