/** One replacement in a text, in UTF-16 code units of the text before it. */
export interface PlacedChange {
  readonly start: number;
  readonly end: number;
  /** Length of what now stands there. */
  readonly length: number;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Changes of one text that stand side by side, all in offsets of the text before any of them: thousands at once, as
 * when all matches are replaced, cost a search in a sorted list for each place that follows them.
 */
export class SideBySide {
  readonly #changes: readonly PlacedChange[];
  readonly #shifts: readonly number[];

  /** @param changes sorted; none reaches into the next */
  constructor(changes: readonly PlacedChange[]) {
    const shifts = [0];
    for (const { start, end, length } of changes)
      shifts.push(shifts[shifts.length - 1] + length - (end - start));
    this.#changes = changes;
    this.#shifts = shifts;
  }

  /**
   * A place after the changes: those that touch it, borders included, as `follow` says, from the last to the first,
   * and then moved by those before it.
   */
  follow<T extends Place>(
    place: T,
    follow: (place: T, change: PlacedChange) => T,
    move: (place: T, by: number) => T,
  ): T {
    const from = this.#first((change) => change.end >= place.start, 0);
    const to = this.#first((change) => change.start > place.end, from);
    let now = place;
    for (let i = to - 1; i >= from; i--) now = follow(now, this.#changes[i]);
    const by = this.#shifts[from];
    return by === 0 ? now : move(now, by);
  }

  /** The first change from `low` on of which `holds` is true, as it is of all behind it. */
  #first(holds: (change: PlacedChange) => boolean, low: number): number {
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#changes[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * The changes of an edit in as few groups as their order allows.
 * @param changes each in the text that the one before it left
 */
export function sideBySide(changes: Iterable<PlacedChange>): SideBySide[] {
  const groups: SideBySide[] = [];
  let [left, right]: PlacedChange[][] = [[], []];
  let growth = 0;
  const flush = (): void => {
    if (left.length + right.length > 0) groups.push(new SideBySide([...left.reverse(), ...right]));
    [left, right, growth] = [[], [], 0];
  };
  for (const { start, end, length } of changes) {
    const first = left.at(-1) ?? right.at(0);
    const last = right.at(-1) ?? left.at(0);
    const isBefore = first !== undefined && end <= first.start && start < first.start;
    const isBehind =
      !isBefore && last !== undefined && start - growth >= last.end && start - growth > last.start;
    if (!isBefore && !isBehind) flush();
    const by = isBehind ? growth : 0;
    (isBefore ? left : right).push({ start: start - by, end: end - by, length });
    growth += length - (end - start);
  }
  flush();
  return groups;
}
