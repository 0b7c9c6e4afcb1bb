/** One replaced range: [fromA, toA) of the text before became [fromB, toB) of the text after. */
export interface ChangedRange {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Code units that are compared at once, before single ones are. */
const STRETCH = 4096;

/** The smallest range in which two texts differ, or null where they are equal. */
export function changedRange(before: string, after: string): ChangedRange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from + STRETCH <= shorter && before.startsWith(after.slice(from, from + STRETCH), from))
    from += STRETCH;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let [toA, toB] = [before.length, after.length];
  while (
    Math.min(toA, toB) - STRETCH >= from &&
    before.startsWith(after.slice(toB - STRETCH, toB), toA - STRETCH)
  ) {
    toA -= STRETCH;
    toB -= STRETCH;
  }
  while (toA > from && toB > from && before.charCodeAt(toA - 1) === after.charCodeAt(toB - 1)) {
    toA--;
    toB--;
  }
  return { fromA: from, toA, fromB: from, toB };
}
