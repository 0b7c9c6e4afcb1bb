import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds that work may hold up everything else: less than a frame. */
const SLICE = 5;

/** Turns of the event loop between two slices: each takes one message, and several may have arrived in a slice. */
export const TURNS = 8;

/** Long work on the thread that answers messages: whatever has arrived gets its turn between two slices. */
export class Slices {
  #end = 0;

  /** Lets other messages through when the slice is over. */
  async breathe(): Promise<void> {
    if (performance.now() < this.#end) return;
    for (let turn = 0; turn < TURNS; turn++) await nextTurn();
    this.#end = performance.now() + SLICE;
  }

  /** Does one step after the other. */
  async all<T>(steps: Iterator<void, T>): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await this.breathe();
    }
  }

  /**
   * The same for what may be left off.
   * @param isStale asked between slices: true where nobody wants the result any more
   * @returns the result, or undefined where it is stale
   */
  async run<T>(steps: Iterator<void, T>, isStale: () => boolean): Promise<T | undefined> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() < this.#end) continue;
      await this.breathe();
      if (isStale()) return undefined;
    }
  }
}
