import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Label } from '../../../models/annotations/label';
import { mergeLabels } from '../../../models/annotations/mergeLabels';
import { sampleOf } from './sampleLabel';

const TEXT = 'Ada met Charles in London.';
const base = sampleOf(TEXT, 'Ada', { id: 'a' });
const other = sampleOf(TEXT, 'London', { id: 'b', label: 'LOC' });
const later = '2026-11-22T15:00:00.000Z';
const changed = (label: Label, more: Partial<Label>): Label => ({ ...label, time: later, ...more });

describe('mergeLabels', () => {
  const relabelled = changed(base, { label: 'ORG' });
  const noted = changed(base, { note: 'why?' });
  const moved: Label = { ...base, start: 5, end: 8, before: 'Lady ' };
  const table: [string, Label[], Label[], Label[], Label[]][] = [
    ['nothing changed', [base], [base], [base], [base]],
    ['additions of both sides', [], [base], [other], [base, other]],
    ['a change of mine', [base], [relabelled], [base], [relabelled]],
    ['a change of theirs', [base], [base], [relabelled], [relabelled]],
    [
      'a move of mine and a decision of theirs',
      [base],
      [moved],
      [relabelled],
      [{ ...relabelled, start: 5, end: 8, before: 'Lady ' }],
    ],
    ['a move of theirs', [base], [base], [moved], [moved]],
    ['a move of theirs of what I did not have before', [], [base], [moved], [base]],
    [
      'a decision of mine and a move of theirs',
      [base],
      [relabelled],
      [moved],
      [{ ...relabelled, start: 5, end: 8, before: 'Lady ' }],
    ],
    ['the same decision, made later here', [], [noted], [{ ...noted, time: base.time }], [noted]],
    ['the same decision, made later there', [], [{ ...noted, time: base.time }], [noted], [noted]],
    ['a deletion of mine', [base, other], [other], [base, other], [other]],
    ['a deletion of theirs of what only moved here', [base], [moved], [], []],
    [
      'the same decision twice',
      [base],
      [relabelled],
      [{ ...relabelled, time: '2026-11-22T16:00:00.000Z' }],
      [{ ...relabelled, time: '2026-11-22T16:00:00.000Z' }],
    ],
    ['moves of both sides', [base], [moved], [{ ...base, start: 9, end: 12, before: 'Countess ' }], [moved]],
    ['no common base', [], [base], [base], [base]],
  ];
  for (const [name, was, mine, theirs, expected] of table) {
    it(`merges ${name}`, () => {
      const { labels, conflicts } = mergeLabels(was, mine, theirs);
      assert.deepEqual(labels, expected);
      assert.deepEqual(conflicts, []);
    });
  }

  it('keeps both versions of a label that both sides decided on, and says so', () => {
    const { labels, conflicts } = mergeLabels([base], [relabelled], [noted]);
    assert.equal(labels.length, 2);
    assert.deepEqual(labels[0], relabelled);
    assert.deepEqual({ ...labels[1], id: 'a' }, { ...noted, rivalOf: 'a' });
    assert.deepEqual(conflicts, [{ id: 'a', mine: relabelled, theirs: noted }]);
  });

  it('gives the rival the same id on both sides, and no more of them when they merge again', () => {
    const first = mergeLabels([base], [relabelled], [noted]).labels;
    const second = mergeLabels([noted], [noted], first);
    assert.deepEqual(second.labels, first);
    assert.deepEqual(second.conflicts, []);
  });

  it('keeps what one side deleted and the other decided on', () => {
    assert.deepEqual(mergeLabels([base], [], [relabelled]), {
      labels: [relabelled],
      conflicts: [{ id: 'a', mine: undefined, theirs: relabelled }],
    });
    assert.deepEqual(mergeLabels([base], [relabelled], []).labels, [relabelled]);
  });

  it('does not take a person’s new borders for a moved text', () => {
    const wider: Label = { ...base, end: 7, quote: 'Ada met' };
    const widest: Label = { ...base, end: 15, quote: 'Ada met Charles' };
    const { labels, conflicts } = mergeLabels([base], [wider], [widest]);
    assert.equal(labels.length, 2);
    assert.equal(conflicts.length, 1);
  });
});
