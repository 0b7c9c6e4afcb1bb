import { tagInChunks } from '../../models/evaluation/tagInChunks';
import type { CheckedLayer, CheckedText, PredictedLabel } from '../../models/lint/finding';
import { standingLabels } from '../../models/lint/finding';
import type { SentencePrediction, SentenceTagger } from '../../models/taggers/prediction';
import type { Sentence } from '../../models/text/span';

/**
 * What a model says of the sentences that hold labels nobody decided from a suggestion, in the layers that both the
 * model and the project have. Other sentences can contradict nothing.
 */
export async function predictLabels(
  tagger: SentenceTagger,
  checked: CheckedText,
  layers: readonly CheckedLayer[],
): Promise<PredictedLabel[]> {
  const names = layers
    .filter(({ name, kind }) => tagger.layers.some((layer) => layer.name === name && layer.kind === kind))
    .map(({ name }) => name);
  const labels = standingLabels(checked).filter(
    ({ confidence, layer }) => confidence === undefined && names.includes(layer),
  );
  const sentences = checked.sentences.filter((sentence) =>
    labels.some(({ start, end }) => start < sentence.end && end > sentence.start),
  );
  const forms = sentences.map(({ tokens }) => tokens.map(({ form }) => form));
  const predictions: PredictedLabel[] = [];
  let next = 0;
  if (names.length)
    for await (const chunk of tagInChunks(tagger, forms, { layers: names }))
      for (const prediction of chunk) predictions.push(...placed(prediction, sentences[next++]));
  return predictions;
}

function placed(prediction: SentencePrediction, { tokens }: Sentence): PredictedLabel[] {
  return Object.entries(prediction).flatMap(([layer, said]): PredictedLabel[] => {
    if (said.kind === 'token')
      return said.tags.map(({ label, probability }, k) => ({
        ...{ layer, label, probability },
        ...{ start: tokens[k].start, end: tokens[k].end },
      }));
    if (said.kind !== 'span') return [];
    return said.spans.map(({ label, probability, start, end }) => ({
      ...{ layer, label, probability },
      ...{ start: tokens[start].start, end: tokens[end - 1].end },
    }));
  });
}
