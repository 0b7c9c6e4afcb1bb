import type { SentenceContent } from '../text/segmenter';
import { contentFraction } from '../training/heldOut';
import type { LayerKnowledge } from './layerKnowledge';
import type { RetrainingText } from './retrainingText';

/** All sentences that the layers of a retraining share, each once. */
export interface LessonSentences {
  readonly pool: readonly SentenceContent[];
  /** Indices of the sentences that a layer knows something of, in its order, of others of the texts, of rehearsal. */
  readonly placesOf: (layer: LayerKnowledge) => {
    readonly known: readonly number[];
    readonly others: readonly number[];
    readonly rehearsed: readonly number[];
  };
}

/**
 * The sentences that are labelled, up to `count` others of the texts, the same ones every time, and those of rehearsal.
 * @param learnt the layers that have labels
 */
export function lessonSentences(
  texts: readonly RetrainingText[],
  learnt: readonly LayerKnowledge[],
  rehearsal: readonly SentenceContent[],
  count: number,
): LessonSentences {
  const known = byKey(learnt.flatMap((layer) => layer.known.map(({ sentence }) => sentence.content)));
  const all = byKey(texts.flatMap((text) => text.sentences.map(({ content }) => content)));
  const unlabelled = [...all.values()]
    .filter(({ key }) => !known.has(key))
    .sort((a, b) => contentFraction(a.forms) - contentFraction(b.forms))
    .slice(0, count);
  const own = [...known.values(), ...unlabelled];
  const pool = [...byKey([...own, ...rehearsal]).values()];
  const places = new Map(pool.map(({ key }, index) => [key, index]));
  return {
    pool,
    placesOf: (layer) => {
      const labelled = layer.known.map(({ sentence }) => places.get(sentence.content.key)!);
      const isLabelled = new Set(labelled);
      const rest = pool.map((_, index) => index).filter((index) => !isLabelled.has(index));
      return {
        known: labelled,
        others: rest.filter((index) => index < own.length),
        rehearsed: rest.filter((index) => index >= own.length),
      };
    },
  };
}

const byKey = (contents: readonly SentenceContent[]): Map<string, SentenceContent> =>
  new Map(contents.map((content) => [content.key, content]));
