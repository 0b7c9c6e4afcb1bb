import { type Label, reviewedLayer } from '../../models/annotations/label';
import type { Span } from '../../models/text/span';

/** Labels by which a sentence counts as decided. */
type Given = Pick<Label, 'layer' | 'label' | 'start' | 'end'>;

/** True where a person marked the sentence as reviewed, in all layers or in each of these. */
export function isReviewed(labels: readonly Given[], layers: readonly string[], sentence: Span): boolean {
  const marks = new Set<string>();
  for (const { layer, label, start, end } of labels)
    if (layer === reviewedLayer && start <= sentence.start && end >= sentence.end) marks.add(label);
  return marks.has('*') || (marks.size > 0 && layers.every((layer) => marks.has(layer)));
}

/**
 * True where a person has decided on some words: a label of the layer, confirmed or rejected, shares text with them,
 * or their sentence was reviewed.
 * @param labels those of the text
 */
export function isDecided(labels: readonly Given[], layer: string, sentence: Span, focus: Span): boolean {
  return (
    isReviewed(labels, [layer], sentence) ||
    labels.some((one) => one.layer === layer && one.start < focus.end && one.end > focus.start)
  );
}
