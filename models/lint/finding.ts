import type { Label } from '../annotations/label';
import type { LayerKind } from '../tags/layer';
import type { Sentence, Span } from '../text/span';

/** What a check can find; docs/checks.md has a section for each. */
export const findingCodes = [
  'model-disagrees',
  'two-ways',
  'ragged-boundary',
  'overlap',
  'lost-anchor',
  'unknown-label',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** What a person may choose to do about a finding; nothing is done by itself. */
export type Fix = { readonly title: string; readonly labelId: string } & (
  | { readonly kind: 'relabel'; readonly label: string }
  | { readonly kind: 'move'; readonly span: Span }
  | { readonly kind: 'keep' | 'remove' }
);

/** Another place that a finding speaks of. */
export interface RelatedPlace extends Span {
  readonly document: string;
  readonly label: string;
}

/** Something about a label that needs a person. Spans are half-open UTF-16 code units. */
export interface Finding extends Span {
  readonly code: FindingCode;
  readonly document: string;
  /** One or two sentences. */
  readonly message: string;
  readonly labelId: string;
  readonly fixes: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
}

/** A layer with what a project says of it. */
export interface CheckedLayer {
  readonly name: string;
  readonly kind: LayerKind;
  /** True where its labels may overlap. */
  readonly overlap?: boolean;
  /** The labels it has; any, where this is left out. */
  readonly labels?: readonly string[];
}

/** What a model says of a run of text. */
export interface PredictedLabel extends Span {
  readonly layer: string;
  readonly label: string;
  /** In [0, 1]. */
  readonly probability: number;
}

/** A text with all that the checks look at. */
export interface CheckedText {
  /** Its name in messages: a path. */
  readonly document: string;
  readonly text: string;
  readonly sentences: readonly Sentence[];
  readonly labels: readonly Label[];
  /** Left out where no model was asked. */
  readonly predictions?: readonly PredictedLabel[];
}

/** The labels that stand: confirmed, and at their words. */
export function standingLabels({ labels }: CheckedText): Label[] {
  return labels.filter(
    ({ state, review, layer }) => state === 'confirmed' && review === undefined && !isMark(layer),
  );
}

/** True for a layer of marks, which is none of the project's. */
export function isMark(layer: string): boolean {
  return layer.startsWith('@');
}

/** Words for a message: on one line, and not too long. */
export function quoted(words: string): string {
  const line = words.slice(0, 200).replace(/\s+/g, ' ');
  return `"${line.length > 40 ? `${line.slice(0, 39)}…` : line}"`;
}
