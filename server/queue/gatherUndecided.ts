import type { Label } from '../../models/annotations/label';
import { isReviewed } from './isDecided';
import type { QueuedSentence } from './queuedSentence';
import type { GatheredText } from './workspaceSentences';

/** A sentence that was not reviewed, and the labels that were given in its text. */
export interface UndecidedSentence {
  readonly sentence: QueuedSentence;
  readonly labels: readonly Label[];
}

/**
 * The sentences that nobody has reviewed, each once however often its words stand in the texts: reviewed in one place,
 * it need not be looked at in another.
 * @param layers those whose review counts
 */
export async function gatherUndecided(
  texts: AsyncIterable<GatheredText>,
  layers: readonly string[],
): Promise<UndecidedSentence[]> {
  const found = new Map<string, UndecidedSentence>();
  const reviewed = new Set<string>();
  for await (const { labels, sentences } of texts)
    for (const sentence of sentences) {
      const { key } = sentence.content;
      if (isReviewed(labels, layers, sentence)) reviewed.add(key);
      else if (!found.has(key)) found.set(key, { sentence, labels });
    }
  return [...found].filter(([key]) => !reviewed.has(key)).map(([, one]) => one);
}
