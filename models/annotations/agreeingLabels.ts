import type { Span } from '../text/span';

interface GivenLabel extends Span {
  readonly layer: string;
  readonly label: string;
  readonly state?: string;
  readonly parts?: readonly Span[];
  readonly annotator?: string;
}

/** The labels without those that another annotator gave just so before: two who agree say one thing. */
export function withoutAgreeing<T extends GivenLabel>(labels: readonly T[]): T[] {
  const givers = new Map<string, Set<string | undefined>>();
  return labels.filter(({ layer, label, start, end, state, parts, annotator }) => {
    const key = JSON.stringify([layer, label, start, end, state ?? 'confirmed', parts]);
    const known = givers.get(key) ?? new Set();
    givers.set(key, known);
    const isFirst = known.size === 0 || known.has(annotator);
    known.add(annotator);
    return isFirst;
  });
}
