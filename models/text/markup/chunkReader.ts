import type { Block, BlockReader } from '../block';
import { LONGEST_BLOCK, nextCut } from '../longBlock';
import { sliceContent } from '../sliceContent';
import type { Span } from '../span';

/** What was read of a chunk. */
export interface ReadChunk {
  /** Starts count from the chunk's. */
  readonly blocks: readonly Block[];
  /** What the next chunk is read with. */
  readonly state: string;
}

/** Markup that is read from one empty line to the next. */
export interface ChunkGrammar {
  /** The state that a text begins with. */
  begin(text: string): string;
  /** Reads a chunk: a function of nothing but its lines and the state that the chunks before it led to. */
  read(chunk: string, state: string): ReadChunk;
}

/** Longer chunks are cut at a line end. */
const LONGEST_CHUNK = 1 << 15;
/** Known chunks that are looked up in one step. */
const STEP = 200;

/**
 * Reads marked-up text chunk by chunk. A chunk that stands in the version before, with the same state before it, is
 * not read again.
 */
export class ChunkReader implements BlockReader {
  readonly #grammar: ChunkGrammar;
  #known: ReadonlyMap<string, ReadChunk> = new Map();

  constructor(grammar: ChunkGrammar) {
    this.#grammar = grammar;
  }

  *steps(text: string): Generator<void, readonly Block[], void> {
    const known = new Map<string, ReadChunk>();
    const blocks: Block[] = [];
    let state = this.#grammar.begin(text);
    let count = 0;
    for (const { start, end } of chunksOf(text)) {
      const key = `${state}\u0000${text.slice(start, end)}`;
      let chunk = known.get(key) ?? this.#known.get(key);
      if (chunk === undefined) {
        yield;
        const read = this.#grammar.read(text.slice(start, end), state);
        chunk = { blocks: read.blocks.flatMap(cut), state: read.state };
      } else if (++count % STEP === 0) yield;
      known.set(key, chunk);
      for (const block of chunk.blocks) blocks.push({ start: start + block.start, content: block.content });
      ({ state } = chunk);
    }
    this.#known = known;
    return blocks;
  }
}

/** Runs of lines between empty ones; a line that is longer than a chunk is cut between words. */
function* chunksOf(text: string): Generator<Span> {
  let start = -1;
  for (let at = 0; at < text.length;) {
    const line = text.indexOf('\n', at);
    let end = line < 0 ? text.length : line + 1;
    if (end - at > LONGEST_CHUNK) {
      const blank = text.lastIndexOf(' ', at + LONGEST_CHUNK) + 1;
      end = blank > at ? blank : at + LONGEST_CHUNK;
    }
    if (isEmpty(text, at, end)) {
      if (start >= 0) yield { start, end: at };
      start = -1;
    } else {
      if (start < 0) start = at;
      if (end - start >= LONGEST_CHUNK) {
        yield { start, end };
        start = -1;
      }
    }
    at = end;
  }
  if (start >= 0) yield { start, end: text.length };
}

function isEmpty(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 10) return false;
  }
  return true;
}

/** A long block in pieces, cut where they may be. */
function cut({ start, content }: Block): Block[] {
  if (content.text.length <= LONGEST_BLOCK) return [{ start, content }];
  const pieces: Block[] = [];
  for (let from = 0; from < content.text.length;) {
    const end = nextCut(content.text, from) ?? content.text.length;
    const piece = sliceContent(content, from, end);
    pieces.push({ start: start + piece.start, content: piece.content });
    from = end;
  }
  return pieces;
}
