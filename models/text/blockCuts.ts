import type { BlockContent } from './block';
import { changedRange, type ChangedRange } from './changedRange';
import { LONGEST_BLOCK, nextCut, readFor } from './longBlock';
import { ownCopy } from './ownCopy';
import type { Span } from './span';

/** A part of a block; pieces in order hold all of it. */
export interface BlockPiece extends Span {
  /** The same object again as long as edits leave the piece alone, wherever it moves. */
  readonly content: BlockContent;
}

interface Cut {
  readonly text: string;
  readonly pieces: readonly BlockPiece[];
}

/** Long blocks whose pieces are remembered: a person edits few of them at a time. */
const MOST_KNOWN = 4;

/** Cuts long blocks into pieces (`nextCut`). Of a block that was cut before only what an edit touched is cut again. */
export class BlockCuts {
  /** The last one at the end. */
  #known: readonly Cut[] = [];

  /** The pieces of a block, a single one where it is short; yields before each that is cut anew. */
  *piecesOf(text: string): Generator<void, readonly BlockPiece[], void> {
    if (text.length <= LONGEST_BLOCK) return [{ start: 0, end: text.length, content: { text } }];
    const before = this.#nearest(text);
    const pieces = before === undefined ? yield* cutAgain(text) : yield* cutAgain(text, ...before);
    const others = this.#known.filter((one) => one !== before?.[0]);
    this.#known = [...others.slice(1 - MOST_KNOWN), { text, pieces }];
    return pieces;
  }

  /** The known block that shares most with `text`, half of it at least, and how they differ. */
  #nearest(text: string): [Cut, ChangedRange] | undefined {
    let nearest: [Cut, ChangedRange] | undefined;
    for (const cut of this.#known) {
      const end = { fromA: text.length, toA: text.length, fromB: text.length, toB: text.length };
      const change = changedRange(cut.text, text) ?? end;
      const [, { fromB, toB }] = nearest ?? [cut, { fromB: 0, toB: text.length / 2 }];
      if (change.toB - change.fromB < toB - fromB) nearest = [cut, change];
    }
    return nearest;
  }
}

function* cutAgain(
  text: string,
  before: Cut = { text: '', pieces: [] },
  { fromA, toA, toB }: ChangedRange = { fromA: 0, toA: 0, fromB: 0, toB: text.length },
): Generator<void, BlockPiece[], void> {
  const pieces: BlockPiece[] = [];
  const shift = toB - toA;
  let old = 0;
  for (let from = 0; from < text.length; from = pieces[pieces.length - 1].end) {
    const by = from < toB ? 0 : shift;
    // What was inserted may be longer than all that stands behind it.
    const least = from < toB ? Math.min(from, toA) : from - shift;
    while (old < before.pieces.length && before.pieces[old].start < least) old++;
    const known = before.pieces.at(old);
    if (known !== undefined && known.start + by === from) {
      const isLast = old + 1 === before.pieces.length;
      const read = readFor(known);
      // Behind the change all is as it was, to the very end.
      const isBehind = from >= toB && known.start >= toA;
      if (isBehind || (!isLast && read.end <= fromA && text.length - from > LONGEST_BLOCK)) {
        const { start, end, content } = known;
        pieces.push(by === 0 ? known : { start: start + by, end: end + by, content });
        continue;
      }
    }
    yield;
    const end = nextCut(text, from) ?? text.length;
    pieces.push({ start: from, end, content: { text: ownCopy(text.slice(from, end)) } });
  }
  return pieces;
}
