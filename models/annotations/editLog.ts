import type { Anchor, AnchorState } from './anchor';
import { type AppliedChange, inverseOf } from './textChange';

/** One change of the text, and how the anchors that it concerned were before it. */
export interface LoggedChange {
  readonly change: AppliedChange;
  readonly anchors: ReadonlyMap<Anchor, AnchorState>;
  /** The fingerprint of the text before it. */
  readonly fingerprint: number;
}

/** How many changes are kept, and how many code units are looked at to make sure of one. */
const MAX_CHANGES = 2000;
const BUDGET = 4_000_000;

/**
 * What takes a logged change back and brings the anchors to where they are now.
 * @param fingerprint of the text now, after the change
 */
export function inverseEntry({ change, anchors }: LoggedChange, fingerprint: number): LoggedChange {
  const now = new Map(Array.from(anchors.keys(), (anchor) => [anchor, anchor.state] as const));
  return { change: inverseOf(change), anchors: now, fingerprint };
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
   * @param fingerprint of `after`
   */
  takeUndone(
    changes: readonly AppliedChange[],
    before: string,
    after: string,
    fingerprint: number,
  ): LoggedChange[] {
    let at = this.#entries.length - 1;
    while (at >= 0 && this.#entries[at].fingerprint !== fingerprint) at--;
    if (at < 0 || !this.#restores(at, changes, before, after)) return [];
    return this.#entries.splice(at).reverse();
  }

  /** True if taking back the changes from `at` on turns `before` into `after`. */
  #restores(at: number, changes: readonly AppliedChange[], before: string, after: string): boolean {
    // [from, to) of `before` was `piece` so many changes ago; all around it was as it is.
    let { from, to } = hullOf(changes);
    let piece = before.slice(from, to);
    let spent = 0;
    for (let i = this.#entries.length - 1; i >= at; i--) {
      const { start, newText, removed } = this.#entries[i].change;
      const end = start + newText.length;
      const grown = Math.max(0, end - (from + piece.length));
      if (start < from || grown > 0) {
        piece = before.slice(Math.min(start, from), from) + piece + before.slice(to, to + grown);
        from = Math.min(start, from);
        to += grown;
      }
      piece = piece.slice(0, start - from) + removed + piece.slice(end - from);
      spent += piece.length;
      if (spent > BUDGET) return false;
    }
    return before.length - (to - from) + piece.length === after.length && after.startsWith(piece, from);
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
