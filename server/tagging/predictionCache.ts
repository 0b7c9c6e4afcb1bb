import type { SentencePrediction } from '../../models/taggers/prediction';
import type { SentenceContent } from '../../models/text/segmenter';

interface Entry {
  readonly prediction: SentencePrediction;
  readonly words: number;
}

/** What identifies a sentence for a tagger. */
type Content = Pick<SentenceContent, 'key' | 'forms'>;

/**
 * Predictions by model and word forms: equal models say the same of equal sentences.
 * Holds at most `maxWords` words and forgets what was used longest ago.
 */
export class PredictionCache {
  readonly #entries = new Map<string, Entry>();
  #words = 0;

  constructor(readonly maxWords: number) {}

  /** Words now held. */
  get words(): number {
    return this.#words;
  }

  get(modelId: string, content: Content): SentencePrediction | undefined {
    const key = keyOf(modelId, content);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.prediction;
  }

  set(modelId: string, content: Content, prediction: SentencePrediction): void {
    this.delete(modelId, content);
    this.#entries.set(keyOf(modelId, content), { prediction, words: content.forms.length });
    this.#words += content.forms.length;
    for (const [key, entry] of this.#entries) {
      if (this.#words <= this.maxWords) break;
      this.#entries.delete(key);
      this.#words -= entry.words;
    }
  }

  delete(modelId: string, content: Content): void {
    const key = keyOf(modelId, content);
    this.#words -= this.#entries.get(key)?.words ?? 0;
    this.#entries.delete(key);
  }
}

function keyOf(modelId: string, { key }: Content): string {
  return `${modelId}\0${key}`;
}
