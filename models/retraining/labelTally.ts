import type { LabelScore } from './runRecord';

/** What is counted of one label. */
export interface TallyCounts {
  /** Labels, and those of them that were predicted just so. */
  gold: number;
  found: number;
  /** Predictions where it is known which are wrong, and those of them that are right. */
  predicted: number;
  right: number;
}

const none = (): TallyCounts => ({ gold: 0, found: 0, predicted: 0, right: 0 });
const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/**
 * Counts by label where recall and precision come from different sentences: every label can be found or overlooked, but
 * only where all is labelled can a prediction be wrong.
 */
export class LabelTally {
  readonly #counts = new Map<string, TallyCounts>();

  add(label: string, what: keyof TallyCounts): void {
    const counts = this.#counts.get(label) ?? none();
    counts[what]++;
    this.#counts.set(label, counts);
  }

  /** Scores by label, in alphabetical order. @param isPrecise false where precision is not to be told */
  scores(isPrecise: boolean): Record<string, LabelScore> {
    const labels = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(labels.map(([label, counts]) => [label, scoreOf(counts, isPrecise)]));
  }

  /** The score over all labels together (micro average). */
  total(isPrecise: boolean): LabelScore {
    const sum = none();
    for (const counts of this.#counts.values())
      for (const what of ['gold', 'found', 'predicted', 'right'] as const) sum[what] += counts[what];
    return scoreOf(sum, isPrecise);
  }
}

function scoreOf({ gold, found, predicted, right }: TallyCounts, isPrecise: boolean): LabelScore {
  const recall = share(found, gold);
  const precision = isPrecise ? share(right, predicted) : null;
  // Nothing found, or nothing predicted rightly: 0, even where one of both has nothing to be counted on.
  const product = 2 * (precision ?? 0) * (recall ?? 0);
  const f1 = isPrecise && gold + predicted > 0 ? product && product / (precision! + recall!) : null;
  return { gold, correct: found, predicted, precision, recall, f1 };
}
