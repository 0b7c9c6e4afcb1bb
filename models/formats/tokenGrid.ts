import type { Sentence, Span, Token } from '../text/span';

/** Tokens [first, last] of a grid. */
export interface TokenRun {
  readonly first: number;
  readonly last: number;
}

interface Cell {
  readonly token: Token;
  /** Tokens of one sentence have the same number; the numbers rise. */
  readonly sentence: number;
}

/**
 * The tokens of a text, which labels are laid on. Tokens may be added where a label covers text without any, and
 * split where one ends inside; sentences that a label crosses may be joined.
 */
export class TokenGrid {
  readonly #text: string;
  #cells: Cell[];

  constructor(text: string, sentences: readonly Sentence[]) {
    this.#text = text;
    this.#cells = sentences.flatMap(({ tokens }, sentence) => tokens.map((token) => ({ token, sentence })));
  }

  token(number: number): Token {
    return this.#cells[number].token;
  }

  /** The sentences with the number of the first token of each. */
  sentences(): (Sentence & { readonly first: number })[] {
    const sentences: (Sentence & { readonly first: number })[] = [];
    for (let first = 0, end: number; first < this.#cells.length; first = end) {
      end = first + 1;
      while (this.#cells[end]?.sentence === this.#cells[first].sentence) end++;
      const tokens = this.#cells.slice(first, end).map(({ token }) => token);
      sentences.push({ first, tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end });
    }
    return sentences;
  }

  /** The tokens that share text with a span, or null. */
  touched({ start, end }: Span): TokenRun | null {
    const first = this.#firstAfter(start);
    let last = first;
    while (this.#cells[last] !== undefined && this.#cells[last].token.start < end) last++;
    return last > first ? { first, last: last - 1 } : null;
  }

  /** The text from the first token of a run to its last. */
  spanOf({ first, last }: TokenRun): Span {
    return { start: this.#cells[first].token.start, end: this.#cells[last].token.end };
  }

  crossesSentences({ first, last }: TokenRun): boolean {
    return this.#cells[first].sentence !== this.#cells[last].sentence;
  }

  /** Makes one sentence of those that a run lies in. */
  joinSentences({ first, last }: TokenRun): void {
    const [from, to] = [this.#cells[first].sentence, this.#cells[last].sentence];
    this.#cells = this.#cells.map((cell) =>
      cell.sentence > from && cell.sentence <= to ? { ...cell, sentence: from } : cell,
    );
  }

  /** Makes tokens of words in a span that lie outside all tokens. */
  cover({ start, end }: Span): void {
    const gaps: Span[] = [];
    let at = start;
    for (let k = this.#firstAfter(start); at < end; k++) {
      const token = this.#cells[k]?.token;
      const stop = Math.min(token?.start ?? end, end);
      if (stop > at) gaps.push({ start: at, end: stop });
      if (token === undefined || token.start >= end) break;
      at = Math.max(at, token.end);
    }
    for (const gap of gaps)
      for (const match of this.#text.slice(gap.start, gap.end).matchAll(/\S+/g))
        this.#insert(gap.start + match.index, match[0]);
  }

  /** Splits the token that an offset stands inside, if any. */
  split(offset: number): void {
    const k = this.#firstAfter(offset);
    const cell = this.#cells[k];
    if (cell === undefined || cell.token.start >= offset) return;
    const { token, sentence } = cell;
    const halves = [
      { ...token, end: offset, form: this.#text.slice(token.start, offset) },
      { start: offset, end: token.end, form: this.#text.slice(offset, token.end) },
    ];
    this.#cells.splice(k, 1, ...halves.map((half) => ({ token: half, sentence })));
  }

  #insert(start: number, form: string): void {
    const k = this.#firstAfter(start);
    const sentence = (this.#cells[k - 1] ?? this.#cells[k])?.sentence ?? 0;
    this.#cells.splice(k, 0, { token: { start, end: start + form.length, form }, sentence });
  }

  /** The number of the first token that ends behind an offset. */
  #firstAfter(offset: number): number {
    let [low, high] = [0, this.#cells.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#cells[middle].token.end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
