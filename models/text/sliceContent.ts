import { type Block, type BlockContent, type Piece, sourceStart } from './block';

/** A part of what a block shows, as a block whose start counts from the whole one's. */
export function sliceContent(content: BlockContent, from: number, to: number): Block {
  const start = sourceStart(content, from);
  const text = content.text.slice(from, to);
  if (content.pieces === undefined) return { start, content: { text } };
  const pieces: Piece[] = [];
  for (const { visible, source, length, width } of content.pieces) {
    const [first, last] = [Math.max(visible, from), Math.min(visible + length, to)];
    if (first >= last) continue;
    const shift = width === undefined ? first - visible : 0;
    const part = { visible: first - from, source: source + shift - start, length: last - first };
    pieces.push(width === undefined ? part : { ...part, width });
  }
  return { start, content: { text, pieces } };
}
