import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Label } from '../../../models/annotations/label';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import type { LabelDocument } from '../../../server/labelStore/labelDocument';
import { type LabelStep, revertStep } from '../../../server/labelStore/labelOperation';
import { sampleLabel } from '../../models/annotations/sampleLabel';

const TEXT = 'Ada Lovelace 😀 met Ben.';
const ada = sampleLabel(TEXT, 0, 3, { id: 'a' });
const lovelace = sampleLabel(TEXT, 0, 12, { id: 'a' });
const GONE: Label = { ...lovelace, quote: 'Grace Hopper', before: '', after: '' };
const review = 'changed' as const;

/** What of a document a step is taken back in. */
const documentOf = (text: string, labels: readonly Label[], isOpen = true): LabelDocument =>
  ({ live: new LiveLabels(text, labels), isOpen }) as LabelDocument;

/** What is there, the step, and what is there then; undefined where the step cannot be taken back. */
const CASES: [string, Label | undefined, LabelStep, Partial<Label> | null | undefined][] = [
  ['gives a label back', undefined, { after: ada }, ada],
  ['gives none back where there is one', ada, { after: ada }, undefined],
  ['takes a label away', ada, { before: ada }, null],
  ['takes none away that is not there', undefined, { before: ada }, undefined],
  ['takes none away that is called something else', { ...ada, label: 'LOC' }, { before: ada }, undefined],
  ['takes none away of another layer', { ...ada, layer: 'pos' }, { before: ada }, undefined],
  ['takes none away that was rejected since', { ...ada, state: 'rejected' }, { before: ada }, undefined],
  ['takes none away that got a note', { ...ada, note: '?' }, { before: ada }, undefined],
  ['takes one away that others looked at', { ...ada, annotator: 'x', time: 'y' }, { before: ada }, null],
  ['changes what it is called', ada, { before: ada, after: { ...ada, label: 'LOC' } }, { label: 'LOC' }],
  ['changes nothing that is not there', undefined, { before: ada, after: lovelace }, undefined],
  ['sets its borders', ada, { before: ada, after: lovelace }, { start: 0, end: 12 }],
  ['sets its end alone', lovelace, { before: lovelace, after: ada }, { start: 0, end: 3 }],
  ['looks for the words', ada, { before: ada, after: { ...lovelace, start: 14, end: 15 } }, { end: 12 }],
  ['sets no borders whose words are gone', ada, { before: ada, after: GONE }, undefined],
  [
    'keeps that it waits for review',
    { ...ada, review },
    { before: ada, after: { ...ada, label: 'LOC' } },
    { label: 'LOC', review },
  ],
  [
    'forgets that it waited then',
    ada,
    { before: ada, after: { ...ada, label: 'LOC', review } },
    { label: 'LOC', review: undefined },
  ],
];

describe('taking a step back', () => {
  for (const [name, now, step, then] of CASES)
    it(name, () => {
      const document = documentOf(TEXT, now === undefined ? [] : [now]);
      const before = document.live.labels;
      assert.equal(revertStep(document, step), then !== undefined);
      const label = document.live.get('a');
      if (then === undefined) assert.deepEqual(document.live.labels, before);
      else if (then === null) assert.equal(label, undefined);
      for (const [key, value] of Object.entries(then ?? {})) assert.equal(label?.[key as keyof Label], value);
    });

  it('leaves a label that moved at its place, with the words that it has there', () => {
    const document = documentOf(TEXT, [ada]);
    document.live.edit([{ start: 0, end: 0, newText: 'Lady ' }]);
    assert.ok(revertStep(document, { before: ada, after: { ...ada, label: 'LOC' } }));
    const { label, start, end, quote } = document.live.labels[0];
    assert.deepEqual([label, start, end, quote], ['LOC', 5, 8, 'Ada']);
  });

  it('moves new borders as far as the text moved', () => {
    for (const [newText, start] of [
      ['Lady ', 5],
      ['', 0],
    ] as const) {
      const document = documentOf(TEXT, [ada]);
      document.live.edit([{ start: 0, end: 0, newText }]);
      assert.ok(revertStep(document, { before: ada, after: lovelace }));
      const [label] = document.live.labels;
      assert.deepEqual([label.start, label.end], [start, start + 12]);
    }
  });

  it('gives back borders whose words have changed, as they have changed', () => {
    const document = documentOf(TEXT, [lovelace]);
    document.live.put(ada);
    document.live.edit([{ start: 0, end: 3, newText: 'New York' }]);
    assert.ok(revertStep(document, { before: ada, after: lovelace }));
    const place = (): (number | string | undefined)[] => {
      const [{ start, end, review: why }] = document.live.labels;
      return [document.live.text.slice(start, end), why];
    };
    assert.deepEqual(place(), ['New York Lovelace', undefined]);
    assert.ok(revertStep(document, { before: lovelace, after: ada }), 'and does them again');
    assert.equal(document.live.labels[0].review, 'changed');
  });

  it('sets borders in a closed text only where they are within it', () => {
    const closed = documentOf(TEXT, [ada], false);
    const cut = TEXT.indexOf('😀') + 1;
    for (const place of [{ end: cut }, { start: 14, end: 15 }, { end: TEXT.length + 1 }])
      assert.equal(revertStep(closed, { before: ada, after: { ...ada, ...place } }), false);
    assert.deepEqual(closed.live.labels, [ada]);
    assert.ok(revertStep(closed, { before: ada, after: { ...ada, end: TEXT.length } }));
    assert.equal(closed.live.labels[0].end, TEXT.length);
  });

  it('gives a label back at the place where its words stand, and in a closed text where they stood', () => {
    const open = documentOf(`Lady ${TEXT}`, []);
    assert.ok(revertStep(open, { after: ada }));
    assert.deepEqual([open.live.labels[0].start, open.live.labels[0].end], [5, 8]);
    const closed = documentOf('', [], false);
    assert.ok(revertStep(closed, { after: ada }));
    assert.deepEqual(closed.live.labels, [ada]);
    assert.ok(revertStep(closed, { before: ada, after: { ...ada, end: 9999 } }), 'no text is known');
    assert.equal(closed.live.labels[0].end, 9999);
  });
});
