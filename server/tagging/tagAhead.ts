import type { SentenceTagger } from '../../models/taggers/prediction';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { TrackedSentence } from '../documents/trackedSentence';
import type { BatchShape } from './batchCost';
import type { PredictionCache } from './predictionCache';
import { TaggingQueue } from './taggingQueue';

/** Milliseconds that it may take. */
const LIMIT = 15_000;

/**
 * Has a tagger that is to take over tag the open texts beside the one that serves, what is visible first. It knows
 * their words then, and when it takes over nobody waits for their tags.
 * @param cache takes the predictions
 * @param fits whether a batch may be so large
 */
export async function tagAhead(
  tagger: SentenceTagger,
  documents: readonly TrackedDocument[],
  cache: PredictionCache,
  fits: (shape: BatchShape) => boolean,
): Promise<void> {
  const end = performance.now() + LIMIT;
  const queue = new TaggingQueue<TrackedSentence>();
  for (const document of documents) {
    const visible = new Set(document.visibleSentences());
    for (const sentence of document.sentences)
      queue.add(sentence, visible.has(sentence) ? 'visible' : 'background');
  }
  while (performance.now() < end) {
    const batch = queue.take(fits);
    if (batch === undefined) return;
    const predictions = await tagger.tag(batch.items.map(({ forms }) => forms));
    batch.items.forEach(({ content }, i) => cache.set(tagger.modelId, content, predictions[i]));
  }
}
