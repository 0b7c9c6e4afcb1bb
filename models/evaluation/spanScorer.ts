import { spansOfTags, type LabelledSpan } from '../tags/bio';
import { LabelCounts, type Score } from './score';

/**
 * Precision, recall and F1 of spans over the sentences added so far, as `conlleval` counts them (evaluation
 * script of CoNLL-2000 to CoNLL-2003, Tjong Kim Sang and Buchholz 2000): a predicted span is right if a gold
 * span has the same first token, last token and label.
 */
export class SpanScorer {
  readonly #counts = new LabelCounts();

  /** Adds a sentence by its spans; the spans of each list must not repeat. */
  add(gold: readonly LabelledSpan[], predicted: readonly LabelledSpan[]): void {
    const key = ({ start, end, label }: LabelledSpan): string => `${start} ${end} ${label}`;
    const wanted = new Set(gold.map(key));
    for (const { label } of gold) this.#counts.add(label, 'gold');
    for (const span of predicted) {
      this.#counts.add(span.label, 'predicted');
      if (wanted.has(key(span))) this.#counts.add(span.label, 'correct');
    }
  }

  /** Adds a sentence by its BIO tags; an `I-x` that continues nothing begins a span, as conlleval reads it. */
  addTags(gold: readonly string[], predicted: readonly string[]): void {
    this.add(spansOfTags(gold), spansOfTags(predicted));
  }

  /** Over all labels together. */
  overall(): Score {
    return this.#counts.total();
  }

  byLabel(): Map<string, Score> {
    return this.#counts.scores();
  }
}
