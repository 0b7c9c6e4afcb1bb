import { type Label, reviewedLayer } from '../../models/annotations/label';
import type { Slices } from '../slices';
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
 * @param slices of time that it takes
 * @param isStale asked now and then: true where nobody wants the result any more
 * @returns undefined where it is stale
 */
export async function gatherUndecided(
  texts: AsyncIterable<GatheredText>,
  layers: readonly string[],
  slices: Slices,
  isStale: () => boolean,
): Promise<UndecidedSentence[] | undefined> {
  const found = new Map<string, UndecidedSentence>();
  const reviewed = new Set<string>();
  for await (const { labels, sentences } of texts) {
    if (isStale()) return undefined;
    const marks = labels.filter(({ layer }) => layer === reviewedLayer);
    for (const sentence of sentences) {
      const { key } = sentence.content;
      if (isReviewed(marks, layers, sentence)) reviewed.add(key);
      else if (!found.has(key)) found.set(key, { sentence, labels });
      await slices.breathe();
    }
  }
  return [...found].filter(([key]) => !reviewed.has(key)).map(([, one]) => one);
}
