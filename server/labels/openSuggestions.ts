import { type Label, reviewedLayer } from '../../models/annotations/label';
import type { Span } from '../../models/text/span';
import type { TrackedSentence } from '../documents/trackedSentence';

/** What the model says of a run of text. */
export interface Suggestion extends Span {
  readonly layer: string;
  readonly kind: 'token' | 'span' | 'sentence';
  readonly label: string;
  readonly probability: number;
}

/** Layers of the model by name and kind; most callers need few of them, and token layers say much. */
export type LayerChoice = (layer: string, kind: Suggestion['kind']) => boolean;

/** Everything the model says of a sentence in some layers, placed in the document. */
export function suggestionsIn(sentence: TrackedSentence, wants: LayerChoice = () => true): Suggestion[] {
  return Object.entries(sentence.prediction ?? {}).flatMap(([layer, said]): Suggestion[] => {
    if (!wants(layer, said.kind)) return [];
    if (said.kind === 'token')
      return said.tags.map(({ label, probability }, i) => ({
        ...{ layer, kind: 'token', label, probability },
        ...sentence.tokenSpan(i),
      }));
    if (said.kind === 'span')
      return said.spans.map(({ label, probability, start, end }) => ({
        ...{ layer, kind: 'span', label, probability },
        ...sentence.tokenSpan(start, end - 1),
      }));
    return said.labels.slice(0, 1).map(({ label, probability }) => ({
      ...{ layer, kind: 'sentence', label, probability },
      ...{ start: sentence.start, end: sentence.end },
    }));
  });
}

/**
 * The suggestions that no person has decided on: none where a label of the layer shares text with it (the same span,
 * where the layer lets labels overlap), where it was rejected, or where its sentence was reviewed.
 * @param labels in their order
 * @param overlapping layers whose labels may overlap
 */
export function openSuggestions(
  sentences: readonly TrackedSentence[],
  labels: readonly Label[],
  overlapping: ReadonlySet<string>,
  wants?: LayerChoice,
): Suggestion[] {
  let next = 0;
  let near: Label[] = []; // labels that may reach into the sentence
  return sentences.flatMap((sentence) => {
    near = near.filter(({ end }) => end > sentence.start);
    for (; next < labels.length && labels[next].start < sentence.end; next++)
      if (labels[next].end > sentence.start) near.push(labels[next]);
    const suggestions = suggestionsIn(sentence, wants);
    if (near.length === 0) return suggestions;
    return suggestions.filter((one) => !near.some((label) => decides(label, one, overlapping)));
  });
}

function decides(label: Label, suggestion: Suggestion, overlapping: ReadonlySet<string>): boolean {
  const { start, end, layer } = suggestion;
  if (label.layer === reviewedLayer)
    return ['*', layer].includes(label.label) && label.start <= start && label.end >= end;
  if (label.layer !== layer) return false;
  const isSame = label.start === start && label.end === end;
  if (label.state === 'rejected' || overlapping.has(layer)) return isSame && label.label === suggestion.label;
  return label.start < end && label.end > start;
}
