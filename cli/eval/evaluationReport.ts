import type { LayerScores } from '../../models/evaluation/evaluateLayer';
import type { Score } from '../../models/evaluation/score';
import type { RawTextScores } from '../../models/evaluation/scoreRawText';
import { sentenceReport } from './sentenceReport';
import { scoreColumns, scoreHeader, scorePercent } from './scoreColumns';
import { textTable } from '../terminal/textTable';

/** Scores for programs and for people. */
export interface ScoreReport {
  /** Fractions in [0, 1] by name. */
  readonly fractions: Readonly<Record<string, number>>;
  /** What programs may want to know besides, as JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Lines of aligned columns. */
  readonly table: string;
}

/**
 * Accuracy of a token or sentence layer, or precision, recall and F1 of a span layer, with a row for each label;
 * sentence layers also have a confusion matrix.
 */
export function layerReport(scores: LayerScores): ScoreReport {
  if (scores.kind === 'token') {
    const { accuracy } = scores.scorer;
    const rows = [...scores.scorer.byTag()].map(([tag, score]) => [tag, ...scoreColumns(score)]);
    return {
      fractions: { accuracy },
      table: `${textTable([['tag', ...scoreHeader], ...rows])}\n\naccuracy ${scorePercent(accuracy)} %`,
    };
  }
  if (scores.kind === 'sentence') return sentenceReport(scores.scorer);
  const overall = scores.scorer.overall();
  const { precision, recall, f1 } = overall;
  const rows = [...scores.scorer.byLabel()].map(([label, score]) => [label, ...scoreColumns(score)]);
  const table = textTable([['type', ...scoreHeader], ...rows, ['all', ...scoreColumns(overall)]]);
  return { fractions: { precision, recall, f1 }, table };
}

/** The four scores on raw text. */
export function rawTextReport({ tokens, sentences, words, upos }: RawTextScores): ScoreReport {
  const rows: [string, Score][] = [
    ['Tokens', tokens],
    ['Sentences', sentences],
    ['Words', words],
    ['UPOS', upos],
  ];
  return {
    fractions: Object.fromEntries(rows.map(([name, { f1 }]) => [`${name.toLowerCase()}.f1`, f1])),
    table: textTable([
      ['metric', ...scoreHeader],
      ...rows.map(([name, score]) => [name, ...scoreColumns(score)]),
    ]),
  };
}
