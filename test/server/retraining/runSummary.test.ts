import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayerRecord, LayerScores } from '../../../models/retraining/runRecord';
import { layersOf, runSummary } from '../../../server/retraining/runSummary';
import { sampleRecord } from '../../report/sampleRecord';

const [gene] = sampleRecord.layers;
const scores = (measure: LayerScores['measure'], score: number): LayerScores => ({
  ...{ measure, score, labels: {}, calibration: null },
});
const summary = (changes: Partial<LayerRecord>): string =>
  runSummary({ ...sampleRecord, layers: [{ ...gene, ...changes }] });

test('records of earlier versions are read as they were meant', () => {
  assert.equal(runSummary({ ...sampleRecord, layers: [gene] }), 'gene F1 41.0 % → 78.0 %.');
});

test('a score is called by what it is, and what is unknown is said', () => {
  const recall = { before: scores('recall', 0.5), after: scores('recall', 0.75) };
  assert.equal(
    summary(recall),
    'gene recall 50.0 % → 75.0 % (precision can’t be measured until sentences are marked as reviewed).',
  );
  assert.equal(summary({ before: scores('F1', 0.5), after: scores('F1', 0.75) }), 'gene F1 50.0 % → 75.0 %.');
  assert.equal(summary({ before: null, after: null }), 'gene could not be measured yet.');
  assert.equal(layersOf({ ...sampleRecord, layers: [{ ...gene, ...recall }] })[0].measure, 'recall');
});
