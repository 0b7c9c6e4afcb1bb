import type { DocumentChange } from '../drawnRanges';

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * A label after one edit. What is inserted at a border stays outside. Where an edit reaches into a label this is a
 * guess that lasts until the server says how it really is.
 */
export function shiftLabel<T extends Place>(label: T, change: DocumentChange): T {
  const place = shiftPlace(label, change);
  return place.start === label.start && place.end === label.end ? label : { ...label, ...place };
}

/** A label that many changes of an edit stand before. */
export function moveLabel<T extends Place>(label: T, by: number): T {
  return { ...label, start: label.start + by, end: label.end + by };
}

function shiftPlace({ start, end }: Place, change: DocumentChange): Place {
  const shift = change.length - (change.end - change.start);
  if (change.start >= end) return { start, end };
  if (change.end <= start) return { start: start + shift, end: end + shift };
  if (start <= change.start && change.end <= end) return { start, end: Math.max(start, end + shift) };
  if (change.start <= start && end <= change.end) return { start: change.start, end: change.start };
  return start < change.start
    ? { start, end: change.start }
    : { start: change.start + change.length, end: end + shift };
}
