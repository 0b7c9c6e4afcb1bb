import type { SentencePrediction } from '../../models/taggers/prediction';
import type { PlacedSentence, SentenceContent } from '../../models/text/segmenter';
import type { Span } from '../../models/text/span';

/**
 * A sentence of an open document with what the tagger said of it. Its words are placed relative to
 * its start, so that an edit elsewhere moves `start` and changes nothing else.
 */
export class TrackedSentence implements Span {
  /** Offset in the document; moved by the index when text before the sentence changes. */
  start: number;
  readonly content: SentenceContent;
  /** What the tagger said; null while the sentence waits for the first time. */
  prediction: SentencePrediction | null = null;

  constructor({ start, content }: PlacedSentence) {
    this.start = start;
    this.content = content;
  }

  get end(): number {
    return this.start + this.content.length;
  }

  /** What the tagger reads, one string for each token. */
  get forms(): readonly string[] {
    return this.content.forms;
  }

  /** True where `other` has the same words at the same places relative to its start. */
  matches({ content: other }: PlacedSentence): boolean {
    const { content } = this;
    if (other === content) return true;
    if (other.length !== content.length || other.key !== content.key) return false;
    return other.tokens.every(({ start, end }, i) => {
      const token = content.tokens[i];
      return start === token.start && end === token.end;
    });
  }

  /** The span in the document of tokens [first, last], the last included. */
  tokenSpan(first: number, last = first): Span {
    const { tokens } = this.content;
    return { start: this.start + tokens[first].start, end: this.start + tokens[last].end };
  }

  /**
   * The token at `offset` of the document, or -1. A caret just behind a word counts as on it,
   * unless the next word starts there.
   */
  tokenAt(offset: number): number {
    const place = offset - this.start;
    const { tokens } = this.content;
    const inside = tokens.findIndex(({ start, end }) => start <= place && place < end);
    return inside >= 0 ? inside : tokens.findIndex(({ end }) => end === place);
  }
}
