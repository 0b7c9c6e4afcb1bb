import type { SentenceContent } from '../../models/text/segmenter';
import type { Span } from '../../models/text/span';

/** A sentence of the workspace that could be labelled. */
export interface QueuedSentence extends Span {
  readonly uri: string;
  /** Path of its text in the workspace. */
  readonly name: string;
  readonly content: SentenceContent;
  /** The text from its start to its end. */
  readonly text: string;
}
