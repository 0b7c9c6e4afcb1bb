import { cooled, type CrfScores } from '../nn/crf';
import { predictSpans } from '../taggers/predictions';
import { spansOfTags } from '../tags/bio';
import type { TagSet } from '../tags/tagSet';

const [least, most] = [0.5, 3];
/** Golden-section search narrows the range to less than 0.01 in so many steps. */
const steps = 12;
const golden = (Math.sqrt(5) - 1) / 2;

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
  const gold = labels.map(
    (tags) => new Set(spansOfTags(tags).map(({ start, end, label }) => `${start} ${end} ${label}`)),
  );
  const loss = (temperature: number): number => {
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
  if (loss(1) === 0) return 1; // no predictions to learn from
  return Math.round(smallest(loss) * 100) / 100;
}

/** Where a function with one minimum in the range has it. */
function smallest(f: (x: number) => number): number {
  let [low, high] = [least, most];
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  for (let step = 0; step < steps; step++)
    if (fa <= fb) {
      [high, b, fb] = [b, a, fa];
      a = high - golden * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + golden * (high - low);
      fb = f(b);
    }
  return (low + high) / 2;
}
