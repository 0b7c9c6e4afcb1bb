import { Event } from '../event';
import type { TrackedDocument } from './trackedDocument';

/** The open documents by URI. */
export class DocumentStore {
  readonly closed = new Event<TrackedDocument>();
  readonly #documents = new Map<string, TrackedDocument>();

  open(document: TrackedDocument): void {
    this.#documents.set(document.uri, document);
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
