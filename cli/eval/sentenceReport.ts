import type { SentenceScorer } from '../../models/evaluation/sentenceScorer';
import type { ScoreReport } from './evaluationReport';
import { scoreColumns, scoreHeader, scorePercent } from './scoreColumns';
import { textTable } from '../terminal/textTable';

/** Accuracy and macro-F1 of a sentence layer, the scores of each label, and what was taken for what. */
export function sentenceReport(scorer: SentenceScorer): ScoreReport {
  const { accuracy, macroF1 } = scorer;
  const byLabel = [...scorer.byLabel()];
  const { labels, counts } = scorer.confusions();
  const scores = textTable([
    ['label', ...scoreHeader],
    ...byLabel.map(([label, score]) => [label, ...scoreColumns(score)]),
  ]);
  const confusions = textTable([
    ['gold, predicted as', ...labels],
    ...labels.map((label, gold) => [label, ...counts[gold].map(String)]),
  ]);
  return {
    fractions: { accuracy, macroF1 },
    details: {
      byLabel: Object.fromEntries(
        byLabel.map(([label, { precision, recall, f1, gold }]) => [label, { precision, recall, f1, gold }]),
      ),
      confusions: { labels, counts },
    },
    table: `${scores}\n\n${confusions}\n\naccuracy ${scorePercent(accuracy)} %, macro-F1 ${scorePercent(macroF1)} %`,
  };
}
