import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { TURNS } from '../slices';
import type { TrackedDocument } from './trackedDocument';

/** One message of the client: changes each in the text that the one before it left. */
export interface ArrivedEdit {
  readonly changes: readonly TextDocumentContentChangeEvent[];
  readonly version: number;
}

/** @param isLast no further edit of the document has arrived */
export type ApplyEdit = (document: TrackedDocument, edit: ArrivedEdit, isLast: boolean) => void;

/** Changes that are applied in one go: some milliseconds. A replacement of all places is applied in parts. */
const CHANGES_A_PART = 1000;

/** Milliseconds that applying edits may hold up everything else. */
const SLICE = 5;
/** Milliseconds after which edits are applied though more of them keep coming. */
const LONGEST_WAIT = 50;

/**
 * Edits that have arrived and are not applied yet. One that comes alone is applied in the same turn of the event loop
 * or the next; of a burst all that has arrived is taken in first, and then applied in slices, so that what follows
 * from an edit is done once and requests about other things do not wait. Whoever needs a document asks for it to be
 * settled: nothing tells then that an edit had waited.
 */
export class ArrivingEdits {
  readonly #apply: ApplyEdit;
  readonly #waiting = new Map<TrackedDocument, ArrivedEdit[]>();
  #isScheduled = false;
  /** Counts arrivals: two turns without a new one, and no more are on their way. */
  #arrivals = 0;
  #since = 0;

  constructor(apply: ApplyEdit) {
    this.#apply = apply;
  }

  add(document: TrackedDocument, edit: ArrivedEdit): void {
    this.#arrivals++;
    const edits = this.#waiting.get(document);
    if (edits === undefined) this.#waiting.set(document, partsOf(edit));
    else edits.push(...partsOf(edit));
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#since = performance.now();
    this.#wait(-1, 0);
  }

  /** Applies at once what waits for the document under `uri`, or for all where none is named. */
  settle(uri?: string): void {
    for (const document of this.#waiting.keys())
      if (uri === undefined || document.uri === uri) this.#applyUntil(document, Infinity);
  }

  /** The version of a document once all that has arrived is applied. */
  versionOf(document: TrackedDocument): number {
    return this.#waiting.get(document)?.at(-1)?.version ?? document.version;
  }

  /** Forgets what waits for a document. */
  drop(document: TrackedDocument): void {
    this.#waiting.delete(document);
  }

  /** @param turns of the event loop that others have in any case */
  #wait(arrivals: number, turns: number): void {
    setImmediate(() => {
      const isQuiet = arrivals === this.#arrivals;
      if (turns > 0) this.#wait(this.#arrivals, turns - 1);
      else if (isQuiet || performance.now() - this.#since > LONGEST_WAIT) this.#drain();
      else this.#wait(this.#arrivals, 0);
    });
  }

  #drain(): void {
    const end = performance.now() + SLICE;
    for (const document of this.#waiting.keys()) {
      this.#applyUntil(document, end);
      if (performance.now() >= end) break;
    }
    this.#isScheduled = this.#waiting.size > 0;
    this.#since = performance.now();
    if (this.#isScheduled) this.#wait(this.#arrivals, TURNS);
  }

  #applyUntil(document: TrackedDocument, end: number): void {
    const edits = this.#waiting.get(document) ?? [];
    let done = 0;
    do {
      const isLast = done + 1 === edits.length;
      if (isLast) this.#waiting.delete(document);
      if (done < edits.length) this.#apply(document, edits[done], isLast);
      done++;
    } while (done < edits.length && performance.now() < end);
    if (done < edits.length) this.#waiting.set(document, edits.slice(done));
  }
}

function partsOf({ changes, version }: ArrivedEdit): ArrivedEdit[] {
  const parts: ArrivedEdit[] = [];
  for (let from = 0; from === 0 || from < changes.length; from += CHANGES_A_PART)
    parts.push({ changes: changes.slice(from, from + CHANGES_A_PART), version });
  return parts;
}
