/** One replaced range: [fromA, toA) of the text before became [fromB, toB) of the text after. */
export interface ChangedRange {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Code units that are compared at once, before fewer and then single ones are: in one go of the processor each. */
const STRETCHES = [65_536, 1024];

/** The smallest range in which two texts differ, or null where they are equal. */
export function changedRange(before: string, after: string): ChangedRange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  for (const stretch of STRETCHES)
    while (
      from + stretch <= shorter &&
      before.slice(from, from + stretch) === after.slice(from, from + stretch)
    )
      from += stretch;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let [toA, toB] = [before.length, after.length];
  for (const stretch of STRETCHES)
    while (
      Math.min(toA, toB) - stretch >= from &&
      before.slice(toA - stretch, toA) === after.slice(toB - stretch, toB)
    ) {
      toA -= stretch;
      toB -= stretch;
    }
  while (toA > from && toB > from && before.charCodeAt(toA - 1) === after.charCodeAt(toB - 1)) {
    toA--;
    toB--;
  }
  return { fromA: from, toA, fromB: from, toB };
}
