import type { LabelledSpan } from '../tags/bio';

/** The spans that begin in tokens [first, first + length), counted from there. @param spans in order */
export function spansWithin(
  spans: readonly LabelledSpan[] | undefined,
  first: number,
  length: number,
): LabelledSpan[] {
  const found: LabelledSpan[] = [];
  if (!spans) return found;
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].start < first) low = middle + 1;
    else high = middle;
  }
  for (let k = low; k < spans.length && spans[k].start < first + length; k++) {
    const { start, end, label } = spans[k];
    found.push({ start: start - first, end: end - first, label });
  }
  return found;
}
