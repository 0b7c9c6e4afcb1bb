import { LabelCounts, type Score } from './score';

/** How often each gold label was predicted as each label; labels in alphabetical order. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** `counts[g][p]` sentences of label g were predicted as p. */
  readonly counts: readonly (readonly number[])[];
}

/** Accuracy, macro-F1 and confusions of a sentence layer over the sentences added so far. */
export class SentenceScorer {
  readonly #counts = new LabelCounts();
  readonly #pairs = new Map<string, Map<string, number>>();

  add(gold: string, predicted: string): void {
    this.#counts.add(gold, 'gold');
    this.#counts.add(predicted, 'predicted');
    if (gold === predicted) this.#counts.add(gold, 'correct');
    const row = this.#pairs.get(gold) ?? new Map<string, number>();
    row.set(predicted, (row.get(predicted) ?? 0) + 1);
    this.#pairs.set(gold, row);
  }

  /** The fraction of sentences with the right label; 0 for no sentences. */
  get accuracy(): number {
    return this.#counts.total().recall;
  }

  /** The mean F1 of all labels that occur, in the gold standard or among the predictions; 0 for none. */
  get macroF1(): number {
    const scores = [...this.byLabel().values()];
    return scores.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, scores.length);
  }

  /** Precision, recall and F1 of each label. */
  byLabel(): Map<string, Score> {
    return this.#counts.scores();
  }

  confusions(): ConfusionMatrix {
    const labels = [...this.byLabel().keys()];
    const counts = labels.map((gold) => labels.map((label) => this.#pairs.get(gold)?.get(label) ?? 0));
    return { labels, counts };
  }
}
