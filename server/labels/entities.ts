import type { Span } from '../../models/text/span';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { OpenText } from './openText';
import { openSuggestions } from './openSuggestions';

/** A labelled run of text, or one that the model suggests. */
export interface Entity extends Span {
  readonly text: string;
  readonly layer: string;
  readonly label: string;
  /** Absent for labels that nobody suggested. */
  readonly probability?: number;
  /** True where a person gave the label or confirmed it. */
  readonly isConfirmed: boolean;
}

/**
 * The entities of a document in order: its confirmed labels, and the suggestions that nobody has decided on.
 * @param text its labels, where it can have some
 * @param range only those that share text with it
 */
export function entitiesOf(
  document: TrackedDocument,
  text: OpenText | undefined,
  range: Span = { start: 0, end: document.length },
): Entity[] {
  const layers = text?.place.folder.project.layers ?? [];
  const isSpan = (name: string): boolean =>
    layers.find((layer) => layer.name === name)?.kind === 'span' ||
    (!name.startsWith('@') && !layers.some((layer) => layer.name === name));
  const words = (span: Span): string => document.getText(span).replace(/\s+/g, ' ');
  const labelled = (text?.labels ?? [])
    .filter(({ state, layer, start, end }) => state === 'confirmed' && isSpan(layer) && start < end)
    .filter(({ start, end }) => start <= range.end && end >= range.start)
    .map(({ start, end, layer, label, confidence }): Entity => ({
      ...{ start, end, layer, label, text: words({ start, end }), isConfirmed: true },
      ...(confidence === undefined ? {} : { probability: confidence }),
    }));
  const sentences = document.sentencesBetween(range.start - 1, range.end + 1);
  const overlapping = new Set(layers.filter(({ overlap }) => overlap).map(({ name }) => name));
  const suggested = openSuggestions(sentences, text?.labels ?? [], overlapping, (_, kind) => kind === 'span')
    .filter(({ start, end }) => start <= range.end && end >= range.start)
    .map(({ start, end, layer, label, probability }): Entity => ({
      ...{ start, end, layer, label, probability, text: words({ start, end }), isConfirmed: false },
    }));
  return [...labelled, ...suggested].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The innermost entity at a place. */
export function entityAt(
  document: TrackedDocument,
  text: OpenText | undefined,
  offset: number,
): Entity | undefined {
  const here = entitiesOf(document, text, { start: offset, end: offset });
  const inside = here.filter(({ start, end }) => start <= offset && offset < end);
  return (inside.length > 0 ? inside : here).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

/** True for entities of the same words and label. */
export function isSameEntity(a: Entity, b: Entity): boolean {
  return a.layer === b.layer && a.label === b.label && a.text === b.text;
}
