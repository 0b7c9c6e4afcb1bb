import type { Label } from './label';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order in an annotation file: by start, then layer, end, label and id; the same on every machine. */
export function compareLabels(a: Label, b: Label): number {
  return (
    a.start - b.start ||
    compareText(a.layer, b.layer) ||
    a.end - b.end ||
    compareText(a.label, b.label) ||
    compareText(a.id, b.id)
  );
}

/** The labels in that order, in a new array. */
export function sortLabels(labels: Iterable<Label>): Label[] {
  return [...labels].sort(compareLabels);
}
