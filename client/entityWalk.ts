import type { Mark } from './marks';

/** An entity with its place among all entities of the document, counted from 1. */
export interface EntityStop<T extends Mark = Mark> {
  readonly mark: T;
  readonly number: number;
  readonly total: number;
}

/**
 * The entity to go to from `offset`, where the selection begins: the nearest that begins after it, or before
 * it; past the last one, around to the other end.
 * @param entities in any order
 */
export function nextEntity<T extends Mark>(
  entities: readonly T[],
  offset: number,
  direction: 'next' | 'previous',
): EntityStop<T> | undefined {
  if (entities.length === 0) return undefined;
  const sorted = [...entities].sort((a, b) => a.start - b.start || b.end - a.end);
  const total = sorted.length;
  const before = sorted.filter(({ start }) => start < offset).length;
  const upTo = sorted.filter(({ start }) => start <= offset).length;
  const index = direction === 'next' ? upTo % total : (before + total - 1) % total;
  return { mark: sorted[index], number: index + 1, total };
}
