import type { Label } from '../annotations/label';
import type { PlacedSentence } from '../text/placedSentence';

/** A text of a workspace with all that people said of it, at its place in the text as it now is. */
export interface RetrainingText {
  /** Its path in the workspace folder, with `/`. */
  readonly name: string;
  readonly text: string;
  readonly sentences: readonly PlacedSentence[];
  readonly labels: readonly Label[];
  /** `file:line` of a label in its annotation file, for messages. */
  placeOf(label: Label): string;
}
