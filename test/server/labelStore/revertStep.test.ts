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
  [
    'does not cut a character',
    ada,
    { before: ada, after: { ...ada, end: TEXT.indexOf('😀') + 1 } },
    undefined,
  ],
  ['does not begin in a character', ada, { before: ada, after: { ...ada, start: 14, end: 15 } }, undefined],
  ['does not end behind the text', ada, { before: ada, after: { ...ada, end: TEXT.length + 1 } }, undefined],
  [
    'may end where the text does',
    ada,
    { before: ada, after: { ...ada, end: TEXT.length } },
    { end: TEXT.length },
  ],
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

  it('sets no borders that are outside the text after it moved', () => {
    const [start, end] = [TEXT.indexOf('Ben'), TEXT.length];
    const ben = sampleLabel(TEXT, start, start + 3, { id: 'a' });
    const first = sampleLabel(TEXT, 0, 3, { id: 'a' });
    const document = documentOf(TEXT, [ben]);
    document.live.edit([{ start: 0, end: 5, newText: '' }]);
    const moved = document.live.labels;
    assert.equal(revertStep(document, { before: ben, after: first }), false);
    assert.deepEqual(document.live.labels, moved);
    assert.ok(revertStep(document, { before: ben, after: { ...ben, end } }));
    assert.equal(document.live.labels[0].end, end - 5);
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
