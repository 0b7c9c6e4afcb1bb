import type { TaggedExample } from '../data/taggedExample';
import type { LayerPrediction, SentenceTagger } from '../taggers/prediction';
import { spansOfTags } from '../tags/bio';
import { SentenceScorer } from './sentenceScorer';
import { SpanScorer } from './spanScorer';
import { tagInChunks } from './tagInChunks';
import { TagScorer } from './tagScorer';

/** The scores of one layer: by word, by span or by sentence, as the layer's kind asks. */
export type LayerScores =
  | { readonly kind: 'token'; readonly scorer: TagScorer }
  | { readonly kind: 'span'; readonly scorer: SpanScorer }
  | { readonly kind: 'sentence'; readonly scorer: SentenceScorer };

export interface EvaluationOptions {
  /** Called with the number of sentences tagged so far. */
  readonly onProgress?: (sentences: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Tags the words of every example and scores the layer against its labels.
 * @throws RangeError where the tagger has no such layer.
 */
export async function evaluateLayer(
  tagger: SentenceTagger,
  layer: string,
  examples: readonly TaggedExample[],
  { onProgress, signal }: EvaluationOptions = {},
): Promise<LayerScores> {
  const scores = emptyScores(tagger, layer);
  const sentences = examples.map(({ forms }) => forms);
  let done = 0;
  for await (const predictions of tagInChunks(tagger, sentences, { layers: [layer], signal })) {
    for (const prediction of predictions) addSentence(scores, examples[done++].labels, prediction[layer]);
    onProgress?.(done);
  }
  return scores;
}

function emptyScores(tagger: SentenceTagger, layer: string): LayerScores {
  const kind = tagger.layers.find(({ name }) => name === layer)?.kind;
  if (kind === 'token') return { kind, scorer: new TagScorer() };
  if (kind === 'span') return { kind, scorer: new SpanScorer() };
  if (kind === 'sentence') return { kind, scorer: new SentenceScorer() };
  throw new RangeError(`The model has no layer "${layer}".`);
}

function addSentence(scores: LayerScores, gold: readonly string[], prediction: LayerPrediction): void {
  if (scores.kind === 'token' && prediction.kind === 'token') {
    scores.scorer.add(
      gold,
      prediction.tags.map(({ label }) => label),
    );
  } else if (scores.kind === 'span' && prediction.kind === 'span') {
    scores.scorer.add(spansOfTags(gold), prediction.spans);
  } else if (scores.kind === 'sentence' && prediction.kind === 'sentence') {
    scores.scorer.add(gold[0], prediction.labels[0].label);
  }
}
