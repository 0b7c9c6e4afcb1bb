import type { WireLabel, WireLabelOperation } from '../../server/protocol/labels';
import type { ShownMark } from './shownMarks';

/** A label to give. */
export interface GivenLabel {
  readonly layer: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** The probability of the suggestion that stood there, if there was one. */
  readonly confidence?: number;
}

/**
 * What gives a label to a span. Where the layer forbids overlap, labels in the way make room: the first becomes the
 * new one, the others go. None where the span has the label already.
 * @param labels of the document
 */
export function givingLabel(
  given: GivenLabel,
  labels: readonly WireLabel[],
  mayOverlap: boolean,
): WireLabelOperation[] {
  const { layer, label, start, end, confidence } = given;
  const ofLayer = labels.filter((one) => one.layer === layer && one.review !== 'lost');
  const isHere = (one: WireLabel): boolean => one.start === start && one.end === end;
  const same = ofLayer.find((one) => isHere(one) && one.label === label);
  if (same?.state === 'confirmed' && same.review === undefined) return [];
  const inTheWay = ofLayer.filter(
    (one) => one !== same && one.state === 'confirmed' && !mayOverlap && one.start < end && start < one.end,
  );
  const remove = (ones: readonly WireLabel[]): WireLabelOperation[] =>
    ones.map(({ id }) => ({ kind: 'remove', id }));
  if (same !== undefined) {
    return [...remove(inTheWay), { kind: 'change', id: same.id, state: 'confirmed' }];
  }
  if (inTheWay.length > 0) {
    const [first, ...others] = inTheWay;
    return [...remove(others), { kind: 'change', id: first.id, label, start, end }];
  }
  return [{ kind: 'add', layer, label, start, end, ...(confidence === undefined ? {} : { confidence }) }];
}

/** What confirms a suggestion, or a label that waits for review where it now stands. */
export function accepting(
  { given, layer, label, start, end, probability, state }: ShownMark,
  labels: readonly WireLabel[],
  mayOverlap: boolean,
): WireLabelOperation[] {
  if (given === undefined)
    return givingLabel({ layer, label, start, end, confidence: probability }, labels, mayOverlap);
  return state === 'review' && start < end ? [{ kind: 'change', id: given.id, state: 'confirmed' }] : [];
}

/** What rejects a suggestion, or a label. */
export function rejecting({ given, layer, label, start, end, probability }: ShownMark): WireLabelOperation[] {
  if (given !== undefined) return [{ kind: 'change', id: given.id, state: 'rejected' }];
  const confidence = probability === undefined ? {} : { confidence: probability };
  return [{ kind: 'add', layer, label, start, end, state: 'rejected', ...confidence }];
}

/** What gives a mark another label of its layer. */
export function relabelling(
  { given, layer, start, end, probability }: ShownMark,
  label: string,
  labels: readonly WireLabel[],
  mayOverlap: boolean,
): WireLabelOperation[] {
  if (given !== undefined) return given.label === label ? [] : [{ kind: 'change', id: given.id, label }];
  return givingLabel({ layer, label, start, end, confidence: probability }, labels, mayOverlap);
}
