import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { score } from '../../../models/evaluation/score';
import { SpanScorer } from '../../../models/evaluation/spanScorer';
import { TagScorer } from '../../../models/evaluation/tagScorer';
import { layerReport, rawTextReport } from '../../../server/cli/evaluationReport';

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
