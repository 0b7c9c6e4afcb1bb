/** How many items are in the gold standard, how many were predicted, and how many of these are right. */
export interface Counts {
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
}

/** Counts with the fractions in [0, 1] that follow from them; a fraction of nothing is 0, as in conlleval. */
export interface Score extends Counts {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function score({ gold, predicted, correct }: Counts): Score {
  const fraction = (part: number, whole: number): number => (whole ? part / whole : 0);
  return {
    gold,
    predicted,
    correct,
    precision: fraction(correct, predicted),
    recall: fraction(correct, gold),
    f1: fraction(2 * correct, predicted + gold),
  };
}

/** Counts by label, growing. */
export class LabelCounts {
  readonly #counts = new Map<string, { gold: number; predicted: number; correct: number }>();

  add(label: string, what: keyof Counts): void {
    const counts = this.#counts.get(label) ?? { gold: 0, predicted: 0, correct: 0 };
    counts[what]++;
    this.#counts.set(label, counts);
  }

  /** Scores by label, in alphabetical order. */
  scores(): Map<string, Score> {
    const labels = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(labels.map(([label, counts]) => [label, score(counts)]));
  }

  /** The score over all labels together (micro average). */
  total(): Score {
    const sum = { gold: 0, predicted: 0, correct: 0 };
    for (const counts of this.#counts.values()) {
      sum.gold += counts.gold;
      sum.predicted += counts.predicted;
      sum.correct += counts.correct;
    }
    return score(sum);
  }
}
