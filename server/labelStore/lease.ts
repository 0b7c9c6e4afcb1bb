import type { LabelDocument } from './labelDocument';

/** A label document in use; it stays in memory until `release`, and beyond that until it is saved. */
export interface Lease {
  /** Follows the text to its new name. */
  readonly document: LabelDocument;
  /** True once the annotation file is read, or has become the document's `problem`. */
  readonly isRead: boolean;
  /** Resolves then; rejects where the system does not let it be read. */
  readonly read: Promise<void>;
  readonly isReleased: boolean;
  release(): void;
}

/** A document in memory, and how many leases there are. */
export interface Held {
  document: LabelDocument;
  leases: number;
  isRead: boolean;
  read: Promise<void>;
  /** Where a text was moved onto one that was in memory, too: what its leases are for now. */
  successor?: Held;
}

/** What the leases of a document are for now. */
export function present(held: Held): Held {
  let now = held;
  while (now.successor !== undefined) now = now.successor;
  return now;
}
