import type { Block, BlockContent, BlockReader, Piece } from './block';

/**
 * Hands a reader its text with `\n` for every line end (`\r\n`, `\r`), so that a text reads the same whatever its line
 * ends, and places the blocks in the text as it is.
 */
export class LineEnds implements BlockReader {
  readonly #reader: BlockReader;
  /** What blocks became that hold line ends of two code units, and where in the block these stand. */
  readonly #widened = new WeakMap<BlockContent, { readonly at: readonly number[]; content: BlockContent }>();

  constructor(reader: BlockReader) {
    this.#reader = reader;
  }

  *steps(text: string): Generator<void, readonly Block[], void> {
    if (!text.includes('\r')) return yield* this.#reader.steps(text);
    const pairs = pairsOf(text);
    const blocks = yield* this.#reader.steps(text.replace(/\r\n?/g, '\n'));
    let before = 0;
    return blocks.map(({ start, content }) => {
      while (before < pairs.length && pairs[before] < start) before++;
      const end = start + lengthOf(content);
      let behind = before;
      while (behind < pairs.length && pairs[behind] < end) behind++;
      const at = pairs.slice(before, behind).map((pair) => pair - start);
      return { start: start + before, content: at.length === 0 ? content : this.#wide(content, at) };
    });
  }

  #wide(content: BlockContent, at: readonly number[]): BlockContent {
    const known = this.#widened.get(content);
    if (known?.at.length === at.length && known.at.every((one, i) => one === at[i])) return known.content;
    const widened = { at, content: { text: content.text, pieces: widePieces(content, at) } };
    this.#widened.set(content, widened);
    return widened.content;
  }
}

/** Where, once each is a single code unit, the line ends stand that are two. */
function pairsOf(text: string): number[] {
  const pairs: number[] = [];
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2))
    pairs.push(at - pairs.length);
  return pairs;
}

/** Code units of source that a block takes. */
function lengthOf({ text, pieces }: BlockContent): number {
  const last = pieces?.[pieces.length - 1];
  return last === undefined ? text.length : last.source + (last.width ?? last.length);
}

/** The pieces of a block in a source that has one code unit more at each of `pairs`. */
function widePieces({ text, pieces }: BlockContent, pairs: readonly number[]): Piece[] {
  const wide: Piece[] = [];
  let next = 0;
  for (const { visible, source, length, width } of pieces ?? [
    { visible: 0, source: 0, length: text.length },
  ]) {
    while (next < pairs.length && pairs[next] < source) next++;
    if (width !== undefined) {
      const first = next;
      while (next < pairs.length && pairs[next] < source + width) next++;
      wide.push({ visible, source: source + first, length, width: width + next - first });
      continue;
    }
    let at = source;
    for (; next < pairs.length && pairs[next] < source + length; next++) {
      const pair = pairs[next];
      if (pair > at) wide.push({ visible: visible + at - source, source: at + next, length: pair - at });
      wide.push({ visible: visible + pair - source, source: pair + next, length: 1, width: 2 });
      at = pair + 1;
    }
    if (at < source + length)
      wide.push({ visible: visible + at - source, source: at + next, length: source + length - at });
  }
  return wide;
}
