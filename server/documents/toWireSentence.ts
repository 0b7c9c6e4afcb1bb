import type { LayerPrediction, Scored, SentencePrediction } from '../../models/taggers/prediction';
import type { LabelTag, LayerTags, SentenceLayerTags, WireSentence } from '../protocol/messages';
import type { TrackedSentence } from './trackedSentence';

/** The sentence as clients get it; `gap` code units lie between it and the one before. */
export function toWireSentence(sentence: TrackedSentence, gap: number): WireSentence {
  const { content, prediction } = sentence;
  const tokens = content.tokens.flatMap(({ start, end }) => [start, end]);
  return { gap, length: content.length, tokens, layers: prediction && toWireLayers(prediction) };
}

function toWireLayers(prediction: SentencePrediction): Record<string, LayerTags> {
  return Object.fromEntries(Object.entries(prediction).map(([name, layer]) => [name, toWireLayer(layer)]));
}

function toWireLayer(layer: LayerPrediction): LayerTags {
  if (layer.kind === 'token') {
    return {
      kind: 'token',
      labels: layer.tags.map((tag) => tag.label),
      probabilities: layer.tags.map((tag) => rounded(tag.probability)),
    };
  }
  if (layer.kind === 'sentence') return toWireLabel(layer.labels);
  const spans = layer.spans.map(({ start, end, label, probability }) => ({
    start,
    end,
    label,
    probability: rounded(probability),
  }));
  return { kind: 'span', spans };
}

/** @param labels the most probable first, one at least: a sentence of a document has words */
function toWireLabel(labels: readonly Scored[]): SentenceLayerTags {
  const wire = ({ label, probability }: Scored): LabelTag => ({ label, probability: rounded(probability) });
  const [best, next] = labels;
  const index = labels.filter(({ label }) => label < best.label).length;
  return { kind: 'sentence', ...wire(best), index, runnerUp: next === undefined ? null : wire(next) };
}

/** Four decimals are more than any reader sees and a third of the bytes. */
function rounded(probability: number): number {
  return Math.round(probability * 10_000) / 10_000;
}
