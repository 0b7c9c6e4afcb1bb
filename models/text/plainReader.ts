import type { Block, BlockReader } from './block';
import { BlockCuts } from './blockCuts';
import { changedRange, type ChangedRange } from './changedRange';
import { moved, paragraphsFrom, type Paragraph } from './paragraph';

/** Reads plain text as the blocks of its paragraphs. After an edit only what it touches is read again. */
export class PlainReader implements BlockReader {
  readonly #cuts = new BlockCuts();
  #text = '';
  #paragraphs: readonly Paragraph[] = [];

  *steps(text: string): Generator<void, Block[], void> {
    const change = changedRange(this.#text, text);
    if (change !== null) this.#paragraphs = yield* readAgain(this.#paragraphs, text, change, this.#cuts);
    this.#text = text;
    return this.#paragraphs.flatMap((paragraph) =>
      paragraph.blocks.map(({ offset, content }) => ({ start: paragraph.start + offset, content })),
    );
  }
}

function* readAgain(
  before: readonly Paragraph[],
  text: string,
  change: ChangedRange,
  cuts: BlockCuts,
): Generator<void, Paragraph[], void> {
  // A paragraph stays if the next one, and so the empty line between them, begins before the change.
  let kept = 0;
  while (kept + 1 < before.length && before[kept + 1].start <= change.fromA) kept++;
  const after = before.slice(0, kept);
  const shift = change.toB - change.toA;
  let next = kept;
  for (const paragraph of paragraphsFrom(text, kept > 0 ? before[kept - 1].end : 0, cuts)) {
    yield;
    if (paragraph === undefined) continue;
    while (next < before.length && before[next].start + shift < paragraph.start) next++;
    // Behind the change the text is the same: where one paragraph begins as before, the rest does.
    if (
      paragraph.lineStart > change.toB &&
      next < before.length &&
      before[next].start + shift === paragraph.start
    ) {
      return [
        ...after,
        ...(shift === 0 ? before.slice(next) : before.slice(next).map((rest) => moved(rest, shift))),
      ];
    }
    after.push(paragraph);
  }
  return after;
}
