/** One replacement in a text, in UTF-16 code units of the text before it. */
export interface DocumentChange {
  readonly start: number;
  readonly end: number;
  /** Length of what now stands there. */
  readonly length: number;
}

/**
 * Where the editor now shows the ranges it was last told to draw. Editors move decorations through edits by
 * themselves; following them tells whether drawing again would change anything. Ranges travel to the editor without
 * the version of the text that they belong to: an edit before they are known to have arrived may have been made before
 * or after, and nobody can tell where they are.
 */
export class DrawnRanges {
  /** start, end, start, end, …; null when an edit touched a range and its place is no longer certain. */
  #bounds: number[] | null;
  #hasArrived = false;

  constructor(bounds: readonly number[]) {
    this.#bounds = [...bounds];
  }

  /** True if drawing `bounds` (start, end, start, end, …) would leave the picture as it is. */
  equal(bounds: readonly number[]): boolean {
    const drawn = this.#bounds;
    return drawn !== null && drawn.length === bounds.length && drawn.every((at, i) => at === bounds[i]);
  }

  /** The editor has drawn the ranges: from here on it moves them as it moves the text. */
  arrive(): void {
    this.#hasArrived = true;
  }

  /** Follows one edit of the text. */
  follow({ start, end, length }: DocumentChange): void {
    const drawn = this.#bounds;
    if (drawn === null) return;
    if (!this.#hasArrived && drawn.length > 0) {
      this.#bounds = null;
      return;
    }
    const shift = length - (end - start);
    for (let i = 0; i < drawn.length; i += 2) {
      if (drawn[i + 1] < start) continue;
      if (drawn[i] <= end) {
        this.#bounds = null;
        return;
      }
      drawn[i] += shift;
      drawn[i + 1] += shift;
    }
  }
}
