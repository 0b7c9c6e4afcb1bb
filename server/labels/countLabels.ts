import { type Label, reviewedLayer } from '../../models/annotations/label';
import type { Span } from '../../models/text/span';
import type { AnnotationCounts } from '../protocol/labels';

/** How often each label stands in a text. */
export type LabelCounts = AnnotationCounts['texts'][number]['counts'];

/** Counts labels by layer and label, in the order in which they first come; marks of reviewed sentences are none. */
export function countLabels(labels: readonly Label[]): LabelCounts {
  const counts = new Map<string, { -readonly [K in keyof LabelCounts[number]]: LabelCounts[number][K] }>();
  for (const { layer, label, state, review } of labels) {
    if (layer === reviewedLayer) continue;
    const key = `${layer}\0${label}`;
    const count = counts.get(key) ?? { layer, label, confirmed: 0, rejected: 0, review: 0 };
    counts.set(key, count);
    if (review !== undefined) count.review++;
    else if (state === 'confirmed') count.confirmed++;
    else count.rejected++;
  }
  return [...counts.values()];
}

/** The sentences that lie wholly in marks of review. */
export function reviewedSentences<S extends Span>(sentences: readonly S[], labels: readonly Label[]): S[] {
  const marks = labels.filter(({ layer, state }) => layer === reviewedLayer && state === 'confirmed');
  let next = 0;
  let covered = 0; // marks come in the order of their starts: how far those so far reach
  return sentences.filter(({ start, end }) => {
    for (; next < marks.length && marks[next].start <= start; next++)
      covered = Math.max(covered, marks[next].end);
    return end <= covered;
  });
}
