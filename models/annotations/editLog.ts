import type { Anchor, AnchorState } from './anchor';
import { type AppliedChange, inverseOf } from './textChange';

/** One change of the text, and how the anchors that it concerned were before it. */
export interface LoggedChange {
  readonly change: AppliedChange;
  readonly anchors: ReadonlyMap<Anchor, AnchorState>;
}

/** How many changes are kept, and how many code units are looked at to recognise one. */
const MAX_CHANGES = 2000;
const BUDGET = 4_000_000;
/** How far apart changes may stand that one edit undoes; equal text makes the place of a change uncertain. */
const REACH = 500;

/** What takes a logged change back and brings the anchors to where they are now. */
export function inverseEntry({ change, anchors }: LoggedChange): LoggedChange {
  const now = new Map(Array.from(anchors.keys(), (anchor) => [anchor, anchor.state] as const));
  return { change: inverseOf(change), anchors: now };
}

/**
 * The last changes of a text, so that undoing them in the editor, one by one or several in one go, is recognised
 * by the text that comes back.
 */
export class EditLog {
  readonly #entries: LoggedChange[] = [];

  push(entry: LoggedChange): void {
    this.#entries.push(entry);
    if (this.#entries.length > MAX_CHANGES) this.#entries.shift();
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /**
   * Takes off the entries that `changes` undo, the last one first; none where they undo nothing.
   * @param before the text before `changes`
   * @param after the text after them
   */
  takeUndone(changes: readonly AppliedChange[], before: string, after: string): LoggedChange[] {
    const depth = this.#undoneBy(changes, before, after);
    return this.#entries.splice(this.#entries.length - depth).reverse();
  }

  /** How many of the last changes, taken back, turn `before` into `after`. */
  #undoneBy(changes: readonly AppliedChange[], before: string, after: string): number {
    // [from, to) of `before` was `piece` that many changes ago; all around it was as it is.
    let { from, to } = hullOf(changes);
    let piece = before.slice(from, to);
    let length = before.length;
    let spent = 0;
    for (let depth = 1; depth <= this.#entries.length && spent < BUDGET; depth++) {
      const { start, newText, removed } = this.#entries[this.#entries.length - depth].change;
      const end = start + newText.length;
      if (end + REACH < from || start > from + piece.length + REACH) return 0;
      const grown = Math.max(0, end - (from + piece.length));
      if (start < from || grown > 0) {
        piece = before.slice(Math.min(start, from), from) + piece + before.slice(to, to + grown);
        from = Math.min(start, from);
        to += grown;
      }
      piece = piece.slice(0, start - from) + removed + piece.slice(end - from);
      length += removed.length - newText.length;
      spent += piece.length;
      if (length === after.length && after.startsWith(piece, from)) return depth;
    }
    return 0;
  }
}

/** The smallest range of the text before all changes that holds every one of them. */
function hullOf(changes: readonly AppliedChange[]): { from: number; to: number } {
  let { start: from, end: to } = changes[0];
  let end = to; // [from, end) is the same range after the changes so far
  for (const { start, end: changeEnd, newText } of changes) {
    from = Math.min(from, start);
    const grown = Math.max(0, changeEnd - end);
    to += grown;
    end += grown + newText.length - (changeEnd - start);
  }
  return { from, to };
}
