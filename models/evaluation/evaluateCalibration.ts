import type { TaggedExample } from '../data/taggedExample';
import type { LayerPrediction, SentenceTagger } from '../taggers/prediction';
import { spansOfTags } from '../tags/bio';
import { Calibration } from './calibration';
import type { EvaluationOptions } from './evaluateLayer';
import { tagInChunks } from './tagInChunks';

/**
 * Holds the probabilities of a layer against its labels: of every word's tag in a token layer, of every predicted
 * span in a span layer. Entities that were not predicted have no probability and count nowhere.
 */
export async function evaluateCalibration(
  tagger: SentenceTagger,
  layer: string,
  examples: readonly TaggedExample[],
  { onProgress, signal }: EvaluationOptions = {},
): Promise<Calibration> {
  const calibration = new Calibration();
  const sentences = examples.map(({ forms }) => forms);
  let done = 0;
  for await (const predictions of tagInChunks(tagger, sentences, { layers: [layer], signal })) {
    for (const { [layer]: prediction } of predictions) add(calibration, prediction, examples[done++].labels);
    onProgress?.(done);
  }
  return calibration;
}

function add(calibration: Calibration, prediction: LayerPrediction, gold: readonly string[]): void {
  if (prediction.kind === 'token')
    prediction.tags.forEach(({ label, probability }, t) => calibration.add(probability, label === gold[t]));
  else if (prediction.kind === 'span') {
    const spans = new Set(spansOfTags(gold).map(({ start, end, label }) => `${start} ${end} ${label}`));
    for (const { start, end, label, probability } of prediction.spans)
      calibration.add(probability, spans.has(`${start} ${end} ${label}`));
  } else if (prediction.labels.length > 0) {
    const [{ label, probability }] = prediction.labels;
    calibration.add(probability, label === gold[0]);
  }
}
