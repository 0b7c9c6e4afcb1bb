/** What a person decided about a suggestion, or set by hand. */
export type LabelState = 'confirmed' | 'rejected';

/** Why a label waits for a person to look: other words stand at its place, or its words are gone. */
export type ReviewReason = 'changed' | 'lost';

/**
 * A label that a person gave to a run of text. Offsets are half-open UTF-16 code units of the text as it was when
 * the label was last placed; `quote`, `before` and `after` find it again when the text has changed elsewhere.
 */
export interface Label {
  /** Stable over edits, moves and renames; unique in the annotations of a text. */
  readonly id: string;
  readonly layer: string;
  readonly label: string;
  readonly start: number;
  /** Greater than `start`; equal to it only where `review` is `lost`. */
  readonly end: number;
  /** The labelled text itself; under review, the text that a person last saw labelled. */
  readonly quote: string;
  /** Some text before and after it. */
  readonly before: string;
  readonly after: string;
  readonly state: LabelState;
  readonly annotator: string;
  /** When it was last decided on, ISO 8601 in UTC. */
  readonly time: string;
  readonly note?: string;
  /** Probability of the suggestion that was accepted, corrected or rejected, in [0, 1]. */
  readonly confidence?: number;
  /** Set while the text has changed under the label and no person has looked since. */
  readonly review?: ReviewReason;
  /** The id of a label that was changed in another way at the same time; a person chooses between the two. */
  readonly rivalOf?: string;
}

/**
 * The layer of marks that say: a person has looked at all of this sentence, so whatever is unlabelled in it has no
 * label. Its label is the name of the layer that was reviewed, or `*` for all.
 */
export const reviewedLayer = '@reviewed';
