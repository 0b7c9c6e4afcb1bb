import type { BatchShape } from './batchCost';

/** What the tagger takes first: sentences just edited, those on screen, then the rest. */
export type Lane = 'edited' | 'visible' | 'background';

const LANES: readonly Lane[] = ['edited', 'visible', 'background'];

/** How far behind the first waiting sentence the others of its batch may stand. */
const WINDOW = 256;

export interface Batch<T> {
  readonly lane: Lane;
  readonly items: readonly T[];
}

/**
 * Sentences that wait for the tagger. A batch is a few sentences of one lane of about equal length,
 * since a shorter sentence is padded to the longest: the first that waits always goes, so none starves.
 */
export class TaggingQueue<T extends { readonly forms: readonly string[] }> {
  readonly #lanes: Readonly<Record<Lane, Set<T>>> = {
    edited: new Set(),
    visible: new Set(),
    background: new Set(),
  };

  get size(): number {
    return LANES.reduce((sum, lane) => sum + this.#lanes[lane].size, 0);
  }

  /** Puts `item` at the end of `lane`, out of the lane it was in. */
  add(item: T, lane: Lane): void {
    for (const other of LANES) if (this.#lanes[other].size > 0) this.#lanes[other].delete(item);
    this.#lanes[lane].add(item);
  }

  delete(item: T): void {
    for (const lane of LANES) this.#lanes[lane].delete(item);
  }

  has(item: T): boolean {
    return LANES.some((lane) => this.#lanes[lane].has(item));
  }

  /**
   * Takes out the next batch, or undefined when nothing waits.
   * @param fits whether a batch may be so large; the first sentence goes whatever its length
   */
  take(fits: (shape: BatchShape) => boolean): Batch<T> | undefined {
    const lane = LANES.find((name) => this.#lanes[name].size > 0);
    if (lane === undefined) return undefined;
    const items = batchOf(firstOf(this.#lanes[lane], WINDOW), fits);
    for (const item of items) this.#lanes[lane].delete(item);
    return { lane, items };
  }
}

function firstOf<T>(items: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === count) break;
  }
  return first;
}

/** The first of `candidates` and those nearest to its length, as many as fit. */
function batchOf<T extends { readonly forms: readonly string[] }>(
  candidates: readonly T[],
  fits: (shape: BatchShape) => boolean,
): T[] {
  const aim = candidates[0].forms.length;
  const byLikeness = candidates
    .map((item) => ({ item, distance: Math.abs(item.forms.length - aim) }))
    .sort((a, b) => a.distance - b.distance);
  const batch: T[] = [];
  let longest = 1;
  for (const { item } of byLikeness) {
    longest = Math.max(longest, item.forms.length);
    if (batch.length > 0 && !fits({ longest, places: longest * (batch.length + 1) })) break;
    batch.push(item);
  }
  return batch;
}
