import type { TextChange } from '../../models/annotations/textChange';
import { Event } from '../event';
import type { TrackedDocument } from './trackedDocument';

/** An edit of a document, which holds it already: changes each in the text that the one before it left. */
export interface DocumentEdit {
  readonly document: TrackedDocument;
  readonly changes: readonly TextChange[];
  /** False while further edits of the document have arrived: what follows from edits can wait for the last. */
  readonly isLast: boolean;
}

/** The open documents by URI. */
export class DocumentStore {
  readonly opened = new Event<TrackedDocument>();
  readonly edited = new Event<DocumentEdit>();
  readonly saved = new Event<TrackedDocument>();
  readonly closed = new Event<TrackedDocument>();
  readonly #documents = new Map<string, TrackedDocument>();

  /** Takes in a document; one that is open under its URI already is closed first. */
  open(document: TrackedDocument): void {
    this.close(document.uri);
    this.#documents.set(document.uri, document);
    this.opened.fire(document);
  }

  get(uri: string): TrackedDocument | undefined {
    return this.#documents.get(uri);
  }

  all(): TrackedDocument[] {
    return [...this.#documents.values()];
  }

  close(uri: string): void {
    const document = this.#documents.get(uri);
    if (document === undefined) return;
    this.#documents.delete(uri);
    this.closed.fire(document);
  }
}
