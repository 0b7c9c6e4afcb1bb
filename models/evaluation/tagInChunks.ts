import type { SentencePrediction, SentenceTagger, TagOptions } from '../taggers/prediction';

/** Sentences handed over at once: enough for the tagger to batch by length, few enough to show progress. */
const CHUNK = 1000;

/** The predictions for many sentences, in order and in lists of up to 1,000. */
export async function* tagInChunks(
  tagger: SentenceTagger,
  sentences: readonly (readonly string[])[],
  options?: TagOptions,
): AsyncGenerator<SentencePrediction[]> {
  for (let start = 0; start < sentences.length; start += CHUNK)
    yield await tagger.tag(sentences.slice(start, start + CHUNK), options);
}
