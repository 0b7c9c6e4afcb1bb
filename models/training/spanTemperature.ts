import { cooled, type CrfScores } from '../nn/crf';
import { predictSpans } from '../taggers/predictions';
import { spansOfTags } from '../tags/bio';
import type { TagSet } from '../tags/tagSet';
import { leastTemperature } from './leastTemperature';

/**
 * The temperature of a span layer: the one with which the probabilities of the predicted spans say best which of
 * them are right (least binary cross-entropy), between 0.5 and 3. It divides the scores of whole paths (Guo et al.
 * 2017 for a CRF), so the predicted spans are the same with any.
 * @param crf transition scores, forbidden moves included
 * @param scores [T·K] of each sentence @param labels BIO tags of each sentence
 */
export function fitSpanTemperature(
  tagSet: TagSet,
  crf: CrfScores,
  scores: readonly Float32Array[],
  labels: readonly (readonly string[])[],
): number {
  const loss = spanTemperatureLoss(tagSet, crf, scores, labels);
  return loss(1) === 0 ? 1 : leastTemperature(loss); // without predictions there is nothing to learn from
}

/** What `fitSpanTemperature` makes small: the binary cross-entropy of all predicted spans by the temperature. */
export function spanTemperatureLoss(
  tagSet: TagSet,
  crf: CrfScores,
  scores: readonly Float32Array[],
  labels: readonly (readonly string[])[],
): (temperature: number) => number {
  const gold = labels.map(
    (tags) => new Set(spansOfTags(tags).map(({ start, end, label }) => `${start} ${end} ${label}`)),
  );
  return (temperature) => {
    const divided = cooled(crf, temperature);
    let sum = 0;
    scores.forEach((own, index) => {
      const emissions = own.map((score) => score / temperature);
      const prediction = predictSpans(emissions, tagSet, divided);
      if (prediction.kind !== 'span') return;
      for (const { start, end, label, probability } of prediction.spans) {
        const isRight = gold[index].has(`${start} ${end} ${label}`);
        sum -= Math.log(Math.max(1e-9, isRight ? probability : 1 - probability));
      }
    });
    return sum;
  };
}
