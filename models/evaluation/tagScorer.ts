import { LabelCounts, type Score } from './score';

/** Accuracy of a token layer over the sentences added so far, overall and by tag. */
export class TagScorer {
  readonly #counts = new LabelCounts();

  /** @throws RangeError where the two lists differ in length. */
  add(gold: readonly string[], predicted: readonly string[]): void {
    if (gold.length !== predicted.length)
      throw new RangeError(`${predicted.length} tags were predicted for ${gold.length} words.`);
    gold.forEach((tag, i) => {
      this.#counts.add(tag, 'gold');
      this.#counts.add(predicted[i], 'predicted');
      if (tag === predicted[i]) this.#counts.add(tag, 'correct');
    });
  }

  /** The fraction of words with the right tag; 0 for no words. */
  get accuracy(): number {
    return this.#counts.total().recall;
  }

  /** Precision, recall and F1 of each tag. */
  byTag(): Map<string, Score> {
    return this.#counts.scores();
  }
}
