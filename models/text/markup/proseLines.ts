import type { Block } from '../block';
import type { InlineMarkup } from './inlineMarkup';
import type { Span } from '../span';

/** A line of a chunk, without its line end. */
export interface Line extends Span {
  /** Columns before `text`, a tab up to the next of eight. */
  readonly indent: number;
  /** Without blanks at its ends; [start, end) is where it stands. */
  readonly text: string;
}

export function linesOf(chunk: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < chunk.length;) {
    const found = chunk.indexOf('\n', from);
    const to = found < 0 ? chunk.length : found;
    let [start, indent] = [from, 0];
    for (; start < to && (chunk[start] === ' ' || chunk[start] === '\t'); start++)
      indent += chunk[start] === '\t' ? 8 - (indent % 8) : 1;
    const text = chunk.slice(start, to).trimEnd();
    if (text !== '') lines.push({ start, end: start + text.length, indent, text });
    from = to + 1;
  }
  return lines;
}

/** Gathers lines, or parts of them, to blocks. */
export class ProseLines {
  readonly blocks: Block[] = [];
  readonly #chunk: string;
  readonly #inline: InlineMarkup;
  #parts: Span[] = [];

  constructor(chunk: string, inline: InlineMarkup) {
    this.#chunk = chunk;
    this.#inline = inline;
  }

  /** True where no block is begun. */
  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** Adds [start, end) to the block. */
  add(start: number, end: number): void {
    if (start < end) this.#parts.push({ start, end });
  }

  /** Makes [start, end) a block of its own. */
  block(start: number, end: number): void {
    this.finish();
    this.add(start, end);
    this.finish();
  }

  /** Ends the block; what is added next begins another one. */
  finish(): void {
    const [first] = this.#parts;
    if (first === undefined) return;
    let source = '';
    for (const { start, end } of this.#parts) {
      // What stands between the parts is markup: as many blanks keep every place.
      source += `${' '.repeat(Math.max(0, start - first.start - source.length - 1))}${source === '' ? '' : '\n'}`;
      source += this.#chunk.slice(start, end);
    }
    for (const { start, content } of this.#inline.read(source))
      this.blocks.push({ start: first.start + start, content });
    this.#parts = [];
  }

  /** Makes each cell between `separators`, which stand in [start, end), a block. */
  cells(start: number, end: number, separator: RegExp): void {
    this.finish();
    let from = start;
    for (const { 0: found, index } of this.#chunk.slice(start, end).matchAll(separator)) {
      this.block(from, start + index);
      from = start + index + found.length;
    }
    this.block(from, end);
  }
}
