import type { SentenceChange } from '../../../server/documents/sentenceIndex';
import type { TrackedDocument } from '../../../server/documents/trackedDocument';

/** Segments the present text of a document, all at once. */
export function segmentNow(document: TrackedDocument, maxLength = 1_000_000): SentenceChange {
  const steps = document.segmenting(maxLength);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
