import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { score } from '../../models/evaluation/score';
import { SentenceScorer } from '../../models/evaluation/sentenceScorer';
import { SpanScorer } from '../../models/evaluation/spanScorer';
import { TagScorer } from '../../models/evaluation/tagScorer';
import { layerReport, rawTextReport } from '../../cli/eval/evaluationReport';

describe('layerReport', () => {
  it('reports a token layer by tag', () => {
    const scorer = new TagScorer();
    scorer.add(['NOUN', 'VERB'], ['NOUN', 'NOUN']);
    const { fractions, table } = layerReport({ kind: 'token', scorer });
    assert.deepEqual(fractions, { accuracy: 0.5 });
    assert.deepEqual(table.split('\n'), [
      'tag   precision  recall     F1  gold  predicted',
      'NOUN      50.00  100.00  66.67     1          2',
      'VERB       0.00    0.00   0.00     1          0',
      '',
      'accuracy 50.00 %',
    ]);
  });

  it('reports a sentence layer by label, with what was taken for what', () => {
    const scorer = new SentenceScorer();
    const pairs = ['a a', 'a a', 'a b', 'b b', 'c a'].map((pair) => pair.split(' '));
    for (const [gold, predicted] of pairs) scorer.add(gold, predicted);
    const { fractions, details, table } = layerReport({ kind: 'sentence', scorer });
    // F1 of a: 4/6, of b: 2/3, of c: 0
    assert.deepEqual(fractions, { accuracy: 0.6, macroF1: (4 / 6 + 2 / 3) / 3 });
    assert.deepEqual(details?.['confusions'], {
      labels: ['a', 'b', 'c'],
      counts: [
        [2, 1, 0],
        [0, 1, 0],
        [1, 0, 0],
      ],
    });
    const byLabel = details?.['byLabel'] as Record<string, unknown>;
    assert.deepEqual(byLabel['b'], { precision: 0.5, recall: 1, f1: 2 / 3, gold: 1 });
    assert.deepEqual(table.split('\n'), [
      'label  precision  recall     F1  gold  predicted',
      'a          66.67   66.67  66.67     3          3',
      'b          50.00  100.00  66.67     1          2',
      'c           0.00    0.00   0.00     1          0',
      '',
      'gold, predicted as  a  b  c',
      'a                   2  1  0',
      'b                   0  1  0',
      'c                   1  0  0',
      '',
      'accuracy 60.00 %, macro-F1 44.44 %',
    ]);
  });

  it('reports a span layer by type', () => {
    const scorer = new SpanScorer();
    scorer.addTags(['B-PER', 'O'], ['B-PER', 'B-LOC']);
    const { fractions, table } = layerReport({ kind: 'span', scorer });
    assert.deepEqual(fractions, { precision: 0.5, recall: 1, f1: 2 / 3 });
    assert.equal(table.split('\n').at(-1), 'all       50.00  100.00   66.67     1          2');
  });
});

describe('rawTextReport', () => {
  it('gives four F1 scores under flat names', () => {
    const half = score({ gold: 2, predicted: 2, correct: 1 });
    const { fractions } = rawTextReport({ tokens: half, sentences: half, words: half, upos: half });
    assert.deepEqual(fractions, { 'tokens.f1': 0.5, 'sentences.f1': 0.5, 'words.f1': 0.5, 'upos.f1': 0.5 });
  });
});
