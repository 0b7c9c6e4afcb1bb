/**
 * How many words a batch may hold so that it takes about `target` milliseconds: an edit that comes
 * in meanwhile waits no longer than that. Learns from the batches measured.
 */
export class BatchBudget {
  #words: number;

  constructor(
    readonly target: number,
    initial = 128,
    readonly least = 32,
    readonly most = 2048,
  ) {
    this.#words = initial;
  }

  get words(): number {
    return Math.round(this.#words);
  }

  /** @param words of a batch that took `milliseconds`; batches far below the budget say nothing about it */
  observe(words: number, milliseconds: number): void {
    const tooSlow = milliseconds > this.target;
    if (!tooSlow && words < this.#words / 2) return;
    const fitting = Math.min(words, this.#words) * (this.target / Math.max(milliseconds, 1));
    // Half way only: single batches are measured on a machine that does other things as well.
    const next = (this.#words + Math.min(fitting, 2 * this.#words)) / 2;
    this.#words = Math.min(this.most, Math.max(this.least, next));
  }
}
