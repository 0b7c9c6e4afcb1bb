import type { Block, BlockContent, Piece } from './block';

/** Builds the blocks of one piece of marked-up text, remembering where each visible character stands. */
export class VisibleText {
  readonly #source: string;
  #text = '';
  #pieces: Required<Piece>[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** Shows source as it is. */
  copy(from: number, to: number): void {
    if (from >= to) return;
    const last = this.#pieces[this.#pieces.length - 1];
    if (last !== undefined && last.width === last.length && last.source + last.length === from) {
      this.#pieces[this.#pieces.length - 1] = {
        ...last,
        length: last.length + to - from,
        width: last.width + to - from,
      };
    } else
      this.#pieces.push({ visible: this.#text.length, source: from, length: to - from, width: to - from });
    this.#text += this.#source.slice(from, to);
  }

  /** Shows `text` in place of source. */
  replace(from: number, to: number, text: string): void {
    if (text === '') return;
    this.#pieces.push({ visible: this.#text.length, source: from, length: text.length, width: to - from });
    this.#text += text;
  }

  /** The block built so far, or null where nothing is visible; what is added next begins another block. */
  take(): Block | null {
    const [text, pieces] = [this.#text, this.#pieces];
    this.#text = '';
    this.#pieces = [];
    return text.trim() === ''
      ? null
      : { start: pieces[0].source, content: contentOf(text, pieces, pieces[0].source) };
  }

  /** All that was built since `take`, with its places in the source from its very beginning on. */
  all(): BlockContent {
    return contentOf(this.#text, this.#pieces, 0);
  }
}

function contentOf(text: string, pieces: readonly Required<Piece>[], start: number): BlockContent {
  const [first] = pieces;
  if (pieces.length <= 1 && (first === undefined || (isCopy(first) && first.source === start)))
    return { text };
  const moved = pieces.map((piece) => ({ ...piece, source: piece.source - start }));
  return { text, pieces: moved.map((piece) => (isCopy(piece) ? withoutWidth(piece) : piece)) };
}

/** A replaced run of equal length is told apart by nothing but its text; counting it as copied is right then too. */
function isCopy(piece: Required<Piece>): boolean {
  return piece.length === piece.width;
}

function withoutWidth({ visible, source, length }: Piece): Piece {
  return { visible, source, length };
}
