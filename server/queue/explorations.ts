import type { Explorer, SentenceExploration } from '../../models/activeLearning/explore';
import type { SentenceTagger } from '../../models/taggers/prediction';
import type { SentenceContent } from '../../models/text/segmenter';
import type { TaggingService } from '../tagging/taggingService';

/** Words of a batch: what the tagger takes in less time than an edit may wait. */
const BATCH_WORDS = 200;

/**
 * How unsure the model is of sentences, asked a few at a time and only while no open text waits for its tags. What is
 * known of the model that serves is remembered.
 */
export class Explorations {
  readonly #tagging: TaggingService;
  #modelId: string | null = null;
  #known = new Map<string, SentenceExploration>();

  constructor(tagging: TaggingService) {
    this.#tagging = tagging;
  }

  /** What is known of a sentence. */
  get({ key }: SentenceContent): SentenceExploration | undefined {
    if (this.#modelId !== this.#tagging.model.modelId) this.#forget();
    return this.#known.get(key);
  }

  /** Keeps only what is known of these sentences. */
  keep(contents: readonly SentenceContent[]): void {
    const keys = new Set(contents.map(({ key }) => key));
    this.#known = new Map([...this.#known].filter(([key]) => keys.has(key)));
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
      if (this.#modelId !== tagger.modelId) this.#forget();
      const batch = firstWords(unknown);
      const explored = await tagger.explore(batch.map(({ forms }) => forms));
      if (this.#modelId === tagger.modelId) batch.forEach(({ key }, i) => this.#known.set(key, explored[i]));
      return batch.length;
    } finally {
      lease.release();
    }
  }

  #forget(): void {
    this.#known = new Map();
    this.#modelId = this.#tagging.model.modelId;
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

/** Sentences of about equal length at the start of a list, which the caller sorts by length. */
function firstWords(contents: readonly SentenceContent[]): SentenceContent[] {
  const batch: SentenceContent[] = [];
  let words = 0;
  for (const content of contents) {
    words += content.forms.length;
    if (batch.length > 0 && words > BATCH_WORDS) break;
    batch.push(content);
  }
  return batch;
}

function isExplorer(tagger: SentenceTagger): tagger is SentenceTagger & Explorer {
  return 'explore' in tagger;
}
