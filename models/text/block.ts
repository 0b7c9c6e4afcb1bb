/**
 * A stretch of a document that shares no sentence with another: a paragraph, a heading, a list item,
 * a table cell.
 */
export interface Block {
  /** Where the block begins in the source, in UTF-16 code units. */
  readonly start: number;
  /** The same object again as long as an edit leaves the block alone, wherever it moves. */
  readonly content: BlockContent;
}

export interface BlockContent {
  /** What a reader sees: markup is left out, escapes and entities are replaced by what they mean. */
  readonly text: string;
  /** Where `text` stands in the source; absent where it is the source from the block's start on, unchanged. */
  readonly pieces?: readonly Piece[];
}

/** Reads the versions of one document as blocks, in order. */
export interface BlockReader {
  /** Reads in steps; whoever leaves off may go on with another version. */
  steps(text: string): Generator<void, readonly Block[], void>;
}

/** A run of visible text and the source it shows; the runs of a block follow each other. */
export interface Piece {
  /** Offset of the run in the visible text. */
  readonly visible: number;
  /** Offset of the run in the source, relative to the block's start. */
  readonly source: number;
  /** Code units of the visible text that stand one for one in the source. */
  readonly length: number;
  /** Set where a replaced run (an entity, `&amp;`) takes this many code units of source instead. */
  readonly width?: number;
}

/** Where in the source, relative to the block's start, the visible code unit at `offset` begins. */
export function sourceStart({ pieces }: BlockContent, offset: number): number {
  if (pieces === undefined) return offset;
  const piece = pieceAt(pieces, offset);
  return piece.width === undefined ? piece.source + offset - piece.visible : piece.source;
}

/** Where in the source, relative to the block's start, the visible code unit before `offset` ends. */
export function sourceEnd({ pieces }: BlockContent, offset: number): number {
  if (pieces === undefined) return offset;
  const piece = pieceAt(pieces, offset - 1);
  return piece.width === undefined ? piece.source + offset - piece.visible : piece.source + piece.width;
}

/** The last piece that begins at or before `offset`, by bisection. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle].visible <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}
