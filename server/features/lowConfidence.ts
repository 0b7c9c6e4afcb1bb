import type { Scored } from '../../models/taggers/prediction';
import type { Span } from '../../models/text/span';
import type { TrackedSentence } from '../documents/trackedSentence';

/** A prediction the model is not sure of, with its place in the document. */
export interface Doubt extends Scored, Span {
  readonly layer: string;
  readonly runnerUp: Scored | null;
}

/** The predictions for `sentence` whose probability is below `threshold`. */
export function doubtsIn(sentence: TrackedSentence, threshold: number): Doubt[] {
  const doubts: Doubt[] = [];
  for (const [layer, prediction] of Object.entries(sentence.prediction ?? {})) {
    if (prediction.kind === 'token') {
      prediction.tags.forEach(({ label, probability, runnerUp }, i) => {
        if (probability < threshold) {
          doubts.push({ layer, label, probability, runnerUp, ...sentence.tokenSpan(i) });
        }
      });
    } else if (prediction.kind === 'sentence') {
      const [best, next] = prediction.labels;
      if (best.probability >= threshold) continue;
      doubts.push({ layer, ...best, runnerUp: next ?? null, start: sentence.start, end: sentence.end });
    } else {
      for (const { label, probability, start, end } of prediction.spans) {
        if (probability >= threshold) continue;
        doubts.push({ layer, label, probability, runnerUp: null, ...sentence.tokenSpan(start, end - 1) });
      }
    }
  }
  return doubts;
}
