import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { annotationTree } from '../../../client/labels/annotationTree';
import type { TreeRow } from '../../../client/labels/annotationTree';
import type { AnnotationCounts } from '../../../server/protocol/labels';

const count = (layer: string, label: string, confirmed: number, rejected = 0, review = 0) => ({
  layer,
  label,
  confirmed,
  rejected,
  review,
});

const counts: AnnotationCounts = {
  texts: [
    {
      uri: 'file:///a.txt',
      name: 'a.txt',
      counts: [count('ner', 'PER', 3, 1), count('ner', 'LOC', 1, 0, 2), count('@reviewed', '*', 4)],
      reviewed: { sentences: 4, all: 10 },
    },
    { uri: 'file:///b.txt', name: 'b.txt', counts: [count('ner', 'PER', 2)], reviewed: null },
    {
      uri: 'file:///c.txt',
      name: 'c.txt',
      counts: [],
      reviewed: null,
      problem: 'The annotation file has merge-conflict markers in line 3.',
    },
  ],
};

function print(rows: readonly TreeRow[], indent = ''): string[] {
  return rows.flatMap(({ text, detail, children }) => [
    `${indent}${text}: ${detail}`,
    ...print(children, `${indent}  `),
  ]);
}

suite('annotationTree', () => {
  test('shows what is wrong, what needs review, layers with labels and texts, and progress', () => {
    assert.deepEqual(print(annotationTree(counts)), [
      'c.txt: The annotation file has merge-conflict markers in line 3.',
      'Needs review: 2',
      '  a.txt: 2',
      'ner: 6, 1 rejected, 2 to review',
      '  LOC: 1, 2 to review',
      '    a.txt: 1, 2 to review',
      '  PER: 5, 1 rejected',
      '    a.txt: 3, 1 rejected',
      '    b.txt: 2',
      'Reviewed sentences: 4 of 10',
      '  a.txt: 4 of 10',
    ]);
  });

  test('is empty without labels, so that the view says what to do', () => {
    assert.deepEqual(annotationTree({ texts: [] }), []);
    const empty = { uri: 'file:///a.txt', name: 'a.txt', counts: [], reviewed: { sentences: 0, all: 9 } };
    assert.deepEqual(annotationTree({ texts: [empty] }), []);
  });

  test('rows keep their ids while numbers change', () => {
    const ids = (rows: readonly TreeRow[]): string[] => rows.flatMap((row) => [row.id, ...ids(row.children)]);
    const all = ids(annotationTree(counts));
    assert.equal(new Set(all).size, all.length);
    const more = structuredClone(counts) as unknown as { texts: { counts: { confirmed: number }[] }[] };
    more.texts[0].counts[0].confirmed = 50;
    assert.deepEqual(ids(annotationTree(more as unknown as AnnotationCounts)), all);
  });
});
