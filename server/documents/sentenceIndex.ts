import type { PlacedSentence } from '../../models/text/segmenter';
import { TrackedSentence } from './trackedSentence';

/** Sentences that an edit took out of a document and those it brought in. */
export interface SentenceChange {
  readonly removed: readonly TrackedSentence[];
  readonly added: readonly TrackedSentence[];
}

/** The sentences of one document in order. Untouched sentences keep their identity across edits. */
export class SentenceIndex {
  #sentences: TrackedSentence[] = [];

  get sentences(): readonly TrackedSentence[] {
    return this.#sentences;
  }

  /** Takes over a new segmentation: sentences alike at both ends are moved, those between replaced. */
  update(next: readonly PlacedSentence[]): SentenceChange {
    const old = this.#sentences;
    const shorter = Math.min(old.length, next.length);
    let head = 0;
    while (head < shorter && old[head].matches(next[head])) head++;
    let tail = 0;
    while (tail < shorter - head && old[old.length - 1 - tail].matches(next[next.length - 1 - tail])) tail++;

    const removed = old.slice(head, old.length - tail);
    const added = next.slice(head, next.length - tail).map((sentence) => new TrackedSentence(sentence));
    this.#sentences = [...old.slice(0, head), ...added, ...old.slice(old.length - tail)];
    next.forEach((sentence, i) => (this.#sentences[i].start = sentence.start));
    return { removed, added };
  }

  /** The sentence at `offset`; a caret just behind a sentence counts as in it. */
  at(offset: number): TrackedSentence | undefined {
    const i = this.#firstEndingAfter(offset);
    const sentence = this.#sentences[i];
    if (sentence !== undefined && sentence.start <= offset) return sentence;
    const before = this.#sentences[i - 1];
    return before !== undefined && before.end === offset ? before : undefined;
  }

  /** The sentences that share text with [start, end). */
  between(start: number, end: number): readonly TrackedSentence[] {
    const first = this.#firstEndingAfter(start);
    let last = first;
    while (last < this.#sentences.length && this.#sentences[last].start < end) last++;
    return this.#sentences.slice(first, last);
  }

  #firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.#sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sentences[middle].end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
