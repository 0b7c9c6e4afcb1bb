import stringWidth from 'string-width';
import type { LayerScores } from '../../models/evaluation/evaluateLayer';
import type { Score } from '../../models/evaluation/score';
import type { RawTextScores } from '../../models/evaluation/scoreRawText';

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
      table: `${aligned([['tag', ...HEADER], ...rows])}\n\naccuracy ${percent(accuracy)} %`,
    };
  }
  const overall = scores.scorer.overall();
  const { precision, recall, f1 } = overall;
  const rows = [...scores.scorer.byLabel()].map(([label, score]) => [label, ...columns(score)]);
  const table = aligned([['type', ...HEADER], ...rows, ['all', ...columns(overall)]]);
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
    table: aligned([['metric', ...HEADER], ...rows.map(([name, score]) => [name, ...columns(score)])]),
  };
}

function columns({ precision, recall, f1, gold, predicted }: Score): string[] {
  return [percent(precision), percent(recall), percent(f1), String(gold), String(predicted)];
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

/** Rows as lines: the first column to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column]))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const blank = ' '.repeat(widths[column] - stringWidth(cell));
        return column === 0 ? cell + blank : blank + cell;
      })
      .join('  ');
  return rows.map(line).join('\n');
}
