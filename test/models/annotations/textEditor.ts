import { applyChange, type TextChange } from '../../../models/annotations/textChange';

/** The one change that turns `from` into `to`, as some editors send an undo. */
export function singleChange(from: string, to: string): TextChange {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  let tail = 0;
  while (tail < shorter - start && from.at(-1 - tail) === to.at(-1 - tail)) tail++;
  return { start, end: from.length - tail, newText: to.slice(start, to.length - tail) };
}

/** What takes changes of `text` back, each in the text that the one before it leaves. */
export function inverseChanges(text: string, changes: readonly TextChange[]): TextChange[] {
  const inverse: TextChange[] = [];
  let now = text;
  for (const change of changes) {
    const { start, end, newText } = change;
    inverse.unshift({ start, end: start + newText.length, newText: now.slice(start, end) });
    now = applyChange(now, change);
  }
  return inverse;
}

interface Edit {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly TextChange[];
}

/** A text with the undo and redo of an editor. */
export class TextEditor {
  readonly #done: Edit[] = [];
  #undone: Edit[] = [];

  constructor(public text: string) {}

  edit(changes: readonly TextChange[]): void {
    const before = this.text;
    this.text = changes.reduce(applyChange, before);
    this.#done.push({ before, after: this.text, changes });
    this.#undone = [];
  }

  /** Takes back up to `count` edits in one event; gives its changes. */
  undo(count: number, isOneChange: boolean): TextChange[] {
    const before = this.text;
    const changes: TextChange[] = [];
    for (const edit of this.#done.splice(-count).reverse()) {
      changes.push(...inverseChanges(edit.before, edit.changes));
      this.#undone.push(edit);
      this.text = edit.before;
    }
    return isOneChange ? [singleChange(before, this.text)] : changes;
  }

  redo(count: number, isOneChange: boolean): TextChange[] {
    const before = this.text;
    const changes: TextChange[] = [];
    for (const edit of this.#undone.splice(-count).reverse()) {
      changes.push(...edit.changes);
      this.#done.push(edit);
      this.text = edit.after;
    }
    return isOneChange ? [singleChange(before, this.text)] : changes;
  }
}
