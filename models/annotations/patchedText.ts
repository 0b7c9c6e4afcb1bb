import type { ChangeBatch } from './changeBatch';
import type { TextChange } from './textChange';

/** What a text and a part of one have in common. */
export interface Sliceable {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** A long text after changes that are not carried out: it costs as much as they are many, not as it is long. */
export class PatchedText implements Sliceable {
  readonly #base: string;
  /** What leads from the base to here; sorted, in offsets of the base. */
  readonly #changes: readonly TextChange[];
  readonly length: number;

  constructor(base: string, changes: readonly TextChange[] = [], length = base.length) {
    this.#base = base;
    this.#changes = changes;
    this.length = length;
  }

  /** How many changes there are. */
  get size(): number {
    return this.#changes.length;
  }

  /** This text after more changes. */
  after({ changes, growth }: ChangeBatch): PatchedText {
    const all = this.#changes.length === 0 ? changes : compose(this.#changes, changes);
    return new PatchedText(this.#base, all, this.length + growth);
  }

  slice(start: number, end: number): string {
    if (this.size === 0) return this.#base.slice(start, end);
    let [part, from] = ['', 0];
    for (const { text, length } of this.#pieces()) {
      if (from >= end) break;
      if (from + length > start) part += text(Math.max(0, start - from), Math.min(length, end - from));
      from += length;
    }
    return part;
  }

  /** True if this is `text` now. */
  equals(text: string): boolean {
    if (text.length !== this.length) return false;
    let at = 0;
    for (const { text: piece, length } of this.#pieces()) {
      if (!text.startsWith(piece(0, length), at)) return false;
      at += length;
    }
    return true;
  }

  *#pieces(): Generator<{ readonly text: (from: number, to: number) => string; readonly length: number }> {
    let at = 0;
    for (const { start, end, newText } of this.#changes) {
      const from = at;
      yield { text: (a, b) => this.#base.slice(from + a, from + b), length: start - at };
      yield { text: (a, b) => newText.slice(a, b), length: newText.length };
      at = end;
    }
    yield { text: (a, b) => this.#base.slice(at + a, at + b), length: this.#base.length - at };
  }
}

/** One list of changes for two: `then` stands in offsets of the text that `first` leaves. */
function compose(first: readonly TextChange[], then: readonly TextChange[]): TextChange[] {
  const both: TextChange[] = [];
  let i = 0;
  let shift = 0; // from the text before `first[i]` to the one between
  let next: TextChange | undefined = first[0];
  const take = (): void => {
    if (next !== undefined) shift += next.newText.length - (next.end - next.start);
    next = first[++i];
  };
  for (const { start: from, end: to, newText } of then) {
    for (; next !== undefined && next.start + shift + next.newText.length < from; take()) both.push(next);
    let start = from - shift;
    let head = '';
    if (next !== undefined && next.start + shift <= from) {
      head = next.newText.slice(0, from - next.start - shift);
      start = next.start;
    }
    let end: number | undefined;
    while (next !== undefined && next.start + shift <= to) {
      const tail = next.newText.slice(to - next.start - shift);
      if (tail === '') {
        take();
        continue;
      }
      // The rest of what was inserted stays for the changes to come.
      end = next.end;
      shift = to - end;
      next = { start: end, end, newText: tail };
      break;
    }
    both.push({ start, end: end ?? to - shift, newText: head + newText });
  }
  for (; next !== undefined; take()) both.push(next);
  return both;
}
