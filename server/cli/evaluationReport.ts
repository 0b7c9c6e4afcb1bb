import type { LayerScores } from '../../models/evaluation/evaluateLayer';
import type { Score } from '../../models/evaluation/score';
import type { RawTextScores } from '../../models/evaluation/scoreRawText';
import { textTable } from './textTable';

/** Scores for programs and for people. */
export interface Report {
  /** Fractions in [0, 1] by name. */
  readonly fractions: Readonly<Record<string, number>>;
  /** Lines of aligned columns. */
  readonly table: string;
}

const HEADER = ['precision', 'recall', 'F1', 'gold', 'predicted'];

/** Accuracy of a token layer, or precision, recall and F1 of a span layer, with a row for each tag or type. */
export function layerReport(scores: LayerScores): Report {
  if (scores.kind === 'token') {
    const { accuracy } = scores.scorer;
    const rows = [...scores.scorer.byTag()].map(([tag, score]) => [tag, ...columns(score)]);
    return {
      fractions: { accuracy },
      table: `${textTable([['tag', ...HEADER], ...rows])}\n\naccuracy ${percent(accuracy)} %`,
    };
  }
  const overall = scores.scorer.overall();
  const { precision, recall, f1 } = overall;
  const rows = [...scores.scorer.byLabel()].map(([label, score]) => [label, ...columns(score)]);
  const table = textTable([['type', ...HEADER], ...rows, ['all', ...columns(overall)]]);
  return { fractions: { precision, recall, f1 }, table };
}

/** The four scores on raw text. */
export function rawTextReport({ tokens, sentences, words, upos }: RawTextScores): Report {
  const rows: [string, Score][] = [
    ['Tokens', tokens],
    ['Sentences', sentences],
    ['Words', words],
    ['UPOS', upos],
  ];
  return {
    fractions: Object.fromEntries(rows.map(([name, { f1 }]) => [`${name.toLowerCase()}.f1`, f1])),
    table: textTable([['metric', ...HEADER], ...rows.map(([name, score]) => [name, ...columns(score)])]),
  };
}

function columns({ precision, recall, f1, gold, predicted }: Score): string[] {
  return [percent(precision), percent(recall), percent(f1), String(gold), String(predicted)];
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}
