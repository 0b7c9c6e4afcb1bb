import type { LayerSpec } from '../tags/layer';
import type { SentencePrediction, SentenceTagger, TagOptions } from '../taggers/prediction';

/**
 * A tagger that keeps what it said of each sentence: data sets share sentences (a union and its sources, scores and
 * calibration), and each is tagged once. The tagger inside stays the caller's.
 */
export class RememberingTagger implements SentenceTagger {
  readonly #inner: SentenceTagger;
  readonly #known = new Map<string, SentencePrediction>();

  constructor(inner: SentenceTagger) {
    this.#inner = inner;
  }

  get modelId(): string {
    return this.#inner.modelId;
  }

  get layers(): readonly LayerSpec[] {
    return this.#inner.layers;
  }

  async tag(
    sentences: readonly (readonly string[])[],
    options: TagOptions = {},
  ): Promise<SentencePrediction[]> {
    const layers = options.layers?.join('\t') ?? '';
    const keys = sentences.map((forms) => `${layers}\n${forms.join('\t')}`);
    const fresh = new Map<string, readonly string[]>();
    keys.forEach((key, index) => {
      if (!this.#known.has(key)) fresh.set(key, sentences[index]);
    });
    const predictions = await this.#inner.tag([...fresh.values()], options);
    [...fresh.keys()].forEach((key, index) => this.#known.set(key, predictions[index]));
    return keys.map((key) => this.#known.get(key)!);
  }

  /** Forgets all; the tagger inside is left as it is. */
  dispose(): void {
    this.#known.clear();
  }
}
