import type { Mark } from './marks';

/** An entity with its place among all entities of the document, counted from 1. */
export interface EntityStop<T extends Mark = Mark> {
  readonly mark: T;
  readonly number: number;
  readonly total: number;
}

/**
 * The entity to go to from a selection: the nearest that begins after its start, or before it; past the last one,
 * around to the other end. Where several begin together, the longest comes first and the selected one tells which
 * is next.
 * @param entities in any order
 * @param offset where the selection begins
 * @param selected where it ends, if it is not empty
 */
export function nextEntity<T extends Mark>(
  entities: readonly T[],
  offset: number,
  direction: 'next' | 'previous',
  selected = offset,
): EntityStop<T> | undefined {
  if (entities.length === 0) return undefined;
  const sorted = [...entities].sort((a, b) => a.start - b.start || b.end - a.end);
  const total = sorted.length;
  const isLonger = (end: number): boolean => selected > offset && end > selected;
  const isShorter = (end: number): boolean => selected > offset && end < selected;
  const before = sorted.filter(({ start, end }) => start < offset || (start === offset && isLonger(end)));
  const upTo = sorted.filter(({ start, end }) => start < offset || (start === offset && !isShorter(end)));
  const index = direction === 'next' ? upTo.length % total : (before.length + total - 1) % total;
  return { mark: sorted[index], number: index + 1, total };
}
