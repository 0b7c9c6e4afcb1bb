import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Label } from '../../../models/annotations/label';
import { formatLabelLine, parseLabelLine } from '../../../models/annotations/labelLine';
import { derivedLabelId, newLabelId } from '../../../models/annotations/newLabelId';
import { sortLabels } from '../../../models/annotations/sortLabels';
import { InputError } from '../../../models/errors';
import { sampleLabel, sampleOf } from './sampleLabel';

const TEXT = 'שלום, Ada 👩‍👩‍👧 "Lovelace"\r\n e\u0301te\u0301';

describe('the line of a label', () => {
  for (const words of ['Ada', 'שלום', '👩‍👩‍👧', '"Lovelace"\r\n', 'e\u0301te\u0301']) {
    it(`keeps ${JSON.stringify(words)}`, () => {
      const label = sampleOf(TEXT, words, { note: 'a\nb', confidence: 0.25 });
      const line = formatLabelLine(label);
      assert.ok(!line.includes('\n'));
      assert.deepEqual(parseLabelLine(line), label);
      assert.equal(formatLabelLine(parseLabelLine(line)), line);
    });
  }

  it('keeps all that a label may have', () => {
    const label = sampleOf(TEXT, 'Ada');
    for (const more of [
      { state: 'rejected' },
      { review: 'changed' },
      { review: 'lost' },
      { review: 'lost', end: label.start },
      { rivalOf: 'other' },
      { note: '' },
      { confidence: 0 },
      { confidence: 1 },
      { annotator: '', before: '', after: '' },
    ] as const)
      assert.deepEqual(parseLabelLine(formatLabelLine({ ...label, ...more })), { ...label, ...more });
  });

  it('is the same for equal labels, whatever the order of their keys', () => {
    const label = sampleOf(TEXT, 'Ada', { note: 'why' });
    const turned = Object.fromEntries(Object.entries(label).reverse()) as unknown as Label;
    assert.equal(formatLabelLine(turned), formatLabelLine(label));
    assert.match(
      formatLabelLine(label),
      /^\{"id":"l6-9","layer":"ner","label":"PER","start":6,"end":9,"quote":"Ada",/,
    );
  });

  const label = sampleOf(TEXT, 'Ada');
  const broken: [string, RegExp][] = [
    ['{"id":', /is not JSON/],
    ['[]', /is not a label/],
    [formatLabelLine({ ...label, end: label.start }), /"end" is wrong/],
    [formatLabelLine({ ...label, end: label.start, review: 'changed' }), /"end" is wrong/],
    [formatLabelLine({ ...label, end: label.start - 1, review: 'lost' }), /"end" is wrong/],
    [formatLabelLine({ ...label, start: -1 }), /"start" is wrong/],
    [formatLabelLine({ ...label, end: 9.5 }), /"end" is wrong/],
    [formatLabelLine({ ...label, quote: '' }), /"quote" is wrong/],
    [formatLabelLine({ ...label, confidence: 1.01 }), /"confidence" is wrong/],
    [formatLabelLine({ ...label, rivalOf: '' }), /"rivalOf" is wrong/],
    [JSON.stringify({ ...label, state: 'odd' }), /"state" is wrong/],
    [JSON.stringify({ ...label, review: 'odd' }), /"review" is wrong/],
    [formatLabelLine({ ...label, time: 'yesterday' }), /"time" is wrong/],
    [JSON.stringify({ ...label, colour: 'red' }), /colour/],
    [JSON.stringify({ ...label, layer: undefined }), /"layer" is wrong/],
  ];
  for (const [line, message] of broken) {
    it(`refuses ${line.slice(0, 60)}`, () => {
      assert.throws(
        () => parseLabelLine(line, { file: 'a.jsonl', line: 3 }),
        (error) => error instanceof InputError && message.test(error.message) && error.place.line === 3,
      );
    });
  }

  it('is sorted by start, layer, end, label and id', () => {
    const labels = [
      sampleLabel(TEXT, 3, 5),
      sampleLabel(TEXT, 0, 5, { layer: 'pos' }),
      sampleLabel(TEXT, 0, 5, { id: 'b' }),
      sampleLabel(TEXT, 0, 5, { id: 'a' }),
      sampleLabel(TEXT, 0, 2, { id: 'z' }),
    ];
    assert.deepEqual(
      sortLabels(labels).map(({ id }) => id),
      ['z', 'a', 'b', 'l0-5', 'l3-5'],
    );
  });

  it('has ids that are short and differ', () => {
    const ids = new Set(Array.from({ length: 10_000 }, newLabelId));
    assert.equal(ids.size, 10_000);
    for (const id of ids) assert.match(id, /^[0-9a-z]{10}$/);
    assert.equal(derivedLabelId('x'), derivedLabelId('x'));
  });
});
