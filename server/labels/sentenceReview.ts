import { type Label, reviewedLayer } from '../../models/annotations/label';
import type { Span } from '../../models/text/span';
import type { ProjectLayer } from '../project/projectSchema';
import type { WireLabelOperation } from '../protocol/labels';
import type { Suggestion } from './openSuggestions';

/** What a mark says that covers all layers. */
const ALL_LAYERS = '*';

/** What is labelled and suggested in a sentence, or in a whole text. */
export interface Shown {
  readonly labels: readonly Pick<Label, 'layer'>[];
  /** Of span layers. */
  readonly suggestions: readonly Pick<Suggestion, 'layer'>[];
}

/**
 * The layers of the project that a person sees labels or suggestions of, in its order.
 */
export function layersInView({ labels, suggestions }: Shown, layers: readonly ProjectLayer[]): string[] {
  const inView = new Set([...labels, ...suggestions].map(({ layer }) => layer));
  return layers.map(({ name }) => name).filter((name) => inView.has(name));
}

/** The layers of the project in which a sentence is marked as reviewed. */
export function layersReviewed(
  sentence: Span,
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
): string[] {
  const marked = new Set(
    marksOn(sentence, labels)
      .filter(({ start, end }) => start <= sentence.start && end >= sentence.end)
      .map(({ label }) => label),
  );
  return layers.map(({ name }) => name).filter((name) => marked.has(name) || marked.has(ALL_LAYERS));
}

/** Marks a sentence as reviewed in each of some layers that it is not marked for yet. */
export function markReviewed(
  { start, end }: Span,
  layers: readonly string[],
  reviewed: readonly string[],
): WireLabelOperation[] {
  return layers
    .filter((name) => !reviewed.includes(name))
    .map((label) => ({ kind: 'add', layer: reviewedLayer, label, start, end }));
}

/** Takes back that a sentence was reviewed in some layers. A mark for all layers goes on for the others of the project. */
export function unmarkReviewed(
  sentence: Span,
  names: readonly string[],
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
): WireLabelOperation[] {
  const marks = marksOn(sentence, labels);
  const gone = marks.filter(({ label }) => label === ALL_LAYERS || names.includes(label));
  const remaining = gone
    .filter(({ label }) => label === ALL_LAYERS)
    .slice(0, 1)
    .flatMap(({ start, end }) =>
      layers
        .filter(({ name }) => !names.includes(name) && !marks.some(({ label }) => label === name))
        .map(({ name }) => ({ kind: 'add' as const, layer: reviewedLayer, label: name, start, end })),
    );
  return [...gone.map(({ id }) => ({ kind: 'remove' as const, id })), ...remaining];
}

const marksOn = (sentence: Span, labels: readonly Label[]): Label[] =>
  labels.filter(
    ({ layer, state, start, end }) =>
      layer === reviewedLayer && state === 'confirmed' && start < sentence.end && sentence.start < end,
  );
