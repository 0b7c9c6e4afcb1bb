import type { Explorer, SentenceExploration } from '../../models/activeLearning/explore';
import type { SentenceTagger } from '../../models/taggers/prediction';
import type { SentenceContent } from '../../models/text/segmenter';
import type { TaggingService } from '../tagging/taggingService';

/** Words of a batch, and of one while somebody types: an edit waits for it at most. */
const BATCH_WORDS = 200;
const TYPING_WORDS = 60;

/**
 * How unsure the model is of sentences, asked a few at a time and only while no open text waits for its tags. What is
 * known is remembered. What the model before said stands in until the one that serves has looked, if both know the same
 * labels: after a retraining the queue goes on from where it was.
 */
export class Explorations {
  readonly #tagging: TaggingService;
  #modelId: string | null = null;
  #labels = '';
  #known = new Map<string, SentenceExploration>();
  #former = new Map<string, SentenceExploration>();

  constructor(tagging: TaggingService) {
    this.#tagging = tagging;
  }

  /** What is known of a sentence, or was said of it by the model before. */
  get({ key }: SentenceContent): SentenceExploration | undefined {
    this.#followModel();
    return this.#known.get(key) ?? this.#former.get(key);
  }

  /** Whether the model that serves has looked at a sentence. */
  isKnown({ key }: SentenceContent): boolean {
    this.#followModel();
    return this.#known.has(key);
  }

  /** Keeps only what is known of these sentences. */
  keep(contents: readonly SentenceContent[]): void {
    const keys = new Set(contents.map(({ key }) => key));
    const kept = (of: ReadonlyMap<string, SentenceExploration>): Map<string, SentenceExploration> =>
      new Map([...of].filter(([key]) => keys.has(key)));
    this.#known = kept(this.#known);
    this.#former = kept(this.#former);
  }

  /**
   * Looks at the first of some sentences that are not known yet.
   * @returns how many, or null where no model serves that could tell
   */
  async lookAt(unknown: readonly SentenceContent[]): Promise<number | null> {
    await this.#idle();
    const lease = this.#tagging.model.lease();
    if (lease === null) return null;
    try {
      const { tagger } = lease;
      if (!isExplorer(tagger)) return null;
      this.#followModel();
      const batch = firstWords(unknown, this.#tagging.isTyping ? TYPING_WORDS : BATCH_WORDS);
      const explored = await tagger.explore(batch.map(({ forms }) => forms));
      if (this.#modelId === tagger.modelId)
        for (const [i, { key }] of batch.entries()) {
          this.#known.set(key, explored[i]);
          this.#former.delete(key);
        }
      return batch.length;
    } finally {
      lease.release();
    }
  }

  #followModel(): void {
    const { modelId, tagger } = this.#tagging.model;
    if (modelId === null || modelId === this.#modelId) return;
    this.#modelId = modelId;
    const labels = JSON.stringify(tagger?.layers ?? []);
    if (labels !== this.#labels) this.#former.clear();
    else for (const [key, said] of this.#known) this.#former.set(key, said);
    this.#known.clear();
    this.#labels = labels;
  }

  /** Resolves when no open text waits for the tagger. */
  async #idle(): Promise<void> {
    while (this.#tagging.pending > 0 && this.#tagging.model.modelId !== null)
      await new Promise<void>((resolve) => {
        const subscription = this.#tagging.changed.on(() => {
          subscription.dispose();
          resolve();
        });
      });
  }
}

/** Sentences at the start of a list; the first goes whatever its length. */
function firstWords(contents: readonly SentenceContent[], most: number): SentenceContent[] {
  const batch: SentenceContent[] = [];
  let words = 0;
  for (const content of contents) {
    words += content.forms.length;
    if (batch.length > 0 && words > most) break;
    batch.push(content);
  }
  return batch;
}

function isExplorer(tagger: SentenceTagger): tagger is SentenceTagger & Explorer {
  return 'explore' in tagger;
}
