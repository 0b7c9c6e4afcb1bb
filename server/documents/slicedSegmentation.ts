import { setImmediate as nextTurn } from 'node:timers/promises';
import { Event } from '../event';
import { TURNS } from '../slices';
import type { SentenceChange } from './sentenceIndex';
import type { TrackedDocument } from './trackedDocument';

/** Milliseconds that segmenting may hold up everything else: less than a frame. */
const SLICE = 5;

export interface Segmented {
  readonly document: TrackedDocument;
  readonly change: SentenceChange;
  readonly isEdit: boolean;
}

interface Task {
  readonly steps: Iterator<void, SentenceChange>;
  readonly isEdit: boolean;
}

/**
 * Brings the sentences of documents up to date with their texts. What fits into a slice of time is done at once,
 * as a usual edit does; a long text goes on between other messages.
 */
export class SlicedSegmentation {
  /** The sentences of a document are up to date. */
  readonly done = new Event<Segmented>();
  readonly #tasks = new Map<TrackedDocument, Task>();
  readonly #now: () => number;

  /** @param now milliseconds since some moment; given by tests, so that nothing hangs on how fast a machine is */
  constructor(now = (): number => performance.now()) {
    this.#now = now;
  }

  /** Segments the present text of `document`; what was going on for an earlier text is left off. */
  start(document: TrackedDocument, maxLength: number, isEdit: boolean): void {
    const task = { steps: document.segmenting(maxLength), isEdit };
    this.#tasks.set(document, task);
    this.#advance(document, task, SLICE);
  }

  /** Does what is left for `document` at once. */
  finish(document: TrackedDocument): void {
    const task = this.#tasks.get(document);
    if (task !== undefined) this.#advance(document, task, Infinity);
  }

  cancel(document: TrackedDocument): void {
    this.#tasks.delete(document);
  }

  #advance(document: TrackedDocument, task: Task, milliseconds: number): void {
    const end = this.#now() + milliseconds;
    do {
      const step = this.#step(document, task);
      if (!step.done) continue;
      this.#tasks.delete(document);
      this.done.fire({ document, change: step.value, isEdit: task.isEdit });
      return;
    } while (this.#now() < end);
    // A step that throws is a rejection, which is logged, and no end of the process.
    void this.#goOn(document, task);
  }

  async #goOn(document: TrackedDocument, task: Task): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await nextTurn();
    if (this.#tasks.get(document) === task) this.#advance(document, task, SLICE);
  }

  #step(document: TrackedDocument, { steps }: Task): IteratorResult<void, SentenceChange> {
    try {
      return steps.next();
    } catch (error) {
      this.#tasks.delete(document); // the next edit begins anew
      throw error;
    }
  }
}
