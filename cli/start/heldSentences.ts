import type { DidTagParams, WireSentence } from '../../server/protocol/messages';

/** A sentence at its place in the document. */
export interface HeldSentence {
  readonly start: number;
  readonly end: number;
  readonly wire: WireSentence;
}

/** A client's list of the sentences of one document, kept in step by `glossator/didTag`. */
export class HeldSentences {
  #wire: WireSentence[] = [];

  apply({ reset, edits }: DidTagParams): void {
    if (reset) this.#wire = [];
    for (const { index, deleteCount, sentences } of edits) {
      const tail = this.#wire.slice(index + deleteCount);
      this.#wire = [...this.#wire.slice(0, index), ...sentences, ...tail];
    }
  }

  /** The sentences in order, with their offsets in the document. */
  placed(): HeldSentence[] {
    let end = 0;
    return this.#wire.map((wire) => {
      const start = end + wire.gap;
      end = start + wire.length;
      return { start, end, wire };
    });
  }
}
