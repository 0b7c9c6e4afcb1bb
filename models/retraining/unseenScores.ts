import { cooled, type CrfScores } from '../nn/crf';
import type { LayerHead } from '../taggers/layerHead';
import { predictSentence, predictSpans, predictTokens } from '../taggers/predictions';
import type { LayerPrediction } from '../taggers/prediction';
import { tagsOfSpans } from '../tags/bio';
import type { TagSet } from '../tags/tagSet';
import { leastTemperature } from '../training/leastTemperature';
import { spanTemperatureLoss } from '../training/spanTemperature';
import { temperatureLoss } from '../training/temperature';
import type { KnownSentence } from './layerKnowledge';
import { LayerMeasure } from './layerMeasure';
import type { TemperatureRecord } from './runRecord';

/** Predictions whose truth is known from which a temperature is fitted. */
const enoughToFit = 30;
/**
 * How far a temperature may move on little evidence: the deviation of a normal distribution of its logarithm around what
 * it was. That of a known layer was fitted on thousands of predictions, and 74 others, weighed as if they were as many,
 * made the probabilities worse in the texts they came from, too (docs/retraining.md).
 */
const deviations = { known: 0.05, new: 0.3 };

/** What a head said of one sentence that it was not trained on. */
interface Unseen {
  readonly known: KnownSentence;
  readonly tagSet: TagSet;
  readonly crf: CrfScores | null;
  /** [R·K] */
  readonly scores: Float32Array;
}

/** The scores of sentences by heads that were not trained on them; they stay when the heads are gone. */
export class UnseenScores {
  readonly #sentences: Unseen[] = [];

  add(
    head: Pick<LayerHead, 'tagSet' | 'crfScores'>,
    known: readonly KnownSentence[],
    scores: readonly Float32Array[],
  ): void {
    const crf = head.crfScores();
    known.forEach((sentence, k) =>
      this.#sentences.push({ known: sentence, tagSet: head.tagSet, crf, scores: scores[k] }),
    );
  }

  /** What they come to with a temperature. */
  measure(kind: LayerPrediction['kind'], temperature: number): LayerMeasure {
    const measure = new LayerMeasure(kind);
    for (const sentence of this.#sentences) measure.add(sentence.known, predict(sentence, temperature));
    return measure;
  }

  /**
   * The same with the temperature fitted again, on the other half of the sentences for each half, so that no probability
   * is judged by what it was fitted to.
   */
  measureRefitted(kind: LayerPrediction['kind'], before: number | null): LayerMeasure {
    const measure = new LayerMeasure(kind);
    const halves = [0, 1].map((half) => this.#sentences.filter((_, index) => index % 2 === half));
    halves.forEach((half, k) => {
      const { temperature } = fit(halves[1 - k], before);
      for (const sentence of half) measure.add(sentence.known, predict(sentence, temperature));
    });
    return measure;
  }

  /**
   * The temperature that fits all of them best, not far from what it was where they are few.
   * @param before that of the model before; null for a new layer
   */
  fit(before: number | null): TemperatureRecord {
    return fit(this.#sentences, before);
  }
}

function predict({ tagSet, crf, scores }: Unseen, temperature: number): LayerPrediction {
  const divided = scores.map((score) => score / temperature);
  if (tagSet.kind === 'sentence') return predictSentence(divided, tagSet);
  return crf ? predictSpans(divided, tagSet, cooled(crf, temperature)) : predictTokens(divided, tagSet);
}

function fit(sentences: readonly Unseen[], was: number | null): TemperatureRecord {
  const [before, deviation] = was === null ? [1, deviations.new] : [was, deviations.known];
  const parts = sentences.map(lossOf);
  const predictions = parts.reduce((sum, part) => sum + part.predictions, 0);
  if (predictions < enoughToFit) return { before, temperature: before, predictions, fitted: false };
  const temperature = leastTemperature((temperature) => {
    const far = Math.log(temperature / before) / deviation;
    return parts.reduce((sum, { loss }) => sum + loss(temperature), (far * far) / 2);
  });
  return { before, temperature, predictions, fitted: true };
}

/** How much a sentence speaks against a temperature, and how many of its predictions are known to be right or wrong. */
function lossOf(sentence: Unseen): { predictions: number; loss: (temperature: number) => number } {
  const { known, tagSet, crf, scores } = sentence;
  const nothing = { predictions: 0, loss: () => 0 };
  if (crf) {
    const prediction = known.reviewed ? predict(sentence, 1) : null;
    if (prediction?.kind !== 'span' || prediction.spans.length === 0) return nothing;
    const labels = tagsOfSpans(known.spans, known.sentence.content.forms.length);
    return {
      predictions: prediction.spans.length,
      loss: spanTemperatureLoss(tagSet, crf, [scores], [labels]),
    };
  }
  const { size } = tagSet;
  const rows = known.spans.map(({ start }) => scores.subarray(start * size, (start + 1) * size));
  const gold = known.spans.map(({ label }) => [tagSet.indexOf(label)]);
  return rows.length === 0 ? nothing : { predictions: rows.length, loss: temperatureLoss(rows, gold, size) };
}
