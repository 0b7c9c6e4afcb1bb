import type { Span } from '../text/span';
import { ownCopy } from '../text/ownCopy';
import { shiftSpan } from './shiftSpan';
import { type AppliedChange, type TextChange, trimChange } from './textChange';

/**
 * Changes of one text that stand side by side, in the order of the text. All offsets are those before any of them,
 * so thousands at once cost no more than one pass over the text.
 */
export class ChangeBatch {
  readonly changes: readonly AppliedChange[];
  /** By how much what stands between two changes moves: at `i` what stands before change `i`. */
  readonly #shifts: readonly number[];
  #inverse: ChangeBatch | undefined;
  readonly #blocks = new Map<number, RemovedBlock>();

  /** @param changes sorted; none reaches into the next */
  constructor(changes: readonly AppliedChange[]) {
    const shifts = [0];
    for (const { start, end, newText } of changes)
      shifts.push(shifts[shifts.length - 1] + newText.length - (end - start));
    this.changes = changes;
    this.#shifts = shifts;
  }

  /** Where the first change begins. */
  get start(): number {
    return this.changes[0].start;
  }

  /** Where the last one ends, in the text before them. */
  get end(): number {
    return this.changes[this.changes.length - 1].end;
  }

  /** By how much the text grows. */
  get growth(): number {
    return this.shiftBefore(this.changes.length);
  }

  /** By how much what stands before change `index`, and after the one before it, moves. */
  shiftBefore(index: number): number {
    return this.#shifts[index];
  }

  /** The changes that touch [start, end], borders included, as a half-open range of their indices. */
  touching(start: number, end: number): [from: number, to: number] {
    const from = this.#first((change) => change.end >= start, 0);
    return [from, this.#first((change) => change.start > end, from)];
  }

  /** The first change from `low` on of which `holds` is true, as it is of all behind it. */
  #first(holds: (change: AppliedChange) => boolean, low: number): number {
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.changes[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The text after the changes. */
  apply(text: string): string {
    let after = '';
    let at = 0;
    for (const { start, end, newText } of this.changes) {
      after += text.slice(at, start) + newText;
      at = end;
    }
    return after + text.slice(at);
  }

  /** A span of the text before the changes, in the one after them. */
  follow(span: Span): Span {
    const [from, to] = this.touching(span.start, span.end);
    const by = this.shiftBefore(from);
    const { start, end } = this.changes.slice(from, to).reduceRight(shiftSpan, span);
    return { start: start + by, end: end + by };
  }

  /** What change `index` removed, without white space around it. */
  block(index: number): RemovedBlock {
    let block = this.#blocks.get(index);
    if (block === undefined) {
      const { start, removed } = this.changes[index];
      const text = removed.trim();
      block = { text, start: start + removed.length - removed.trimStart().length };
      this.#blocks.set(index, block);
    }
    return block;
  }

  /** Where the new texts stand afterwards; none for deletions. */
  get inserted(): { readonly start: number; readonly end: number }[] {
    return this.changes.flatMap(({ start, newText }, i) => {
      const from = start + this.shiftBefore(i);
      return newText === '' ? [] : [{ start: from, end: from + newText.length }];
    });
  }

  /** What takes the changes back, in offsets of the text after them. */
  get inverse(): ChangeBatch {
    if (this.#inverse === undefined) {
      const changes = this.changes.map(({ start, newText, removed }, i): AppliedChange => {
        const from = start + this.shiftBefore(i);
        return { start: from, end: from + newText.length, newText: removed, removed: newText };
      });
      this.#inverse = new ChangeBatch(changes);
      this.#inverse.#inverse = this;
    }
    return this.#inverse;
  }
}

/** A run of text that was removed, and where it began. */
export interface RemovedBlock {
  readonly text: string;
  readonly start: number;
}

/** One batch and the text that it leaves. */
export interface BatchStep {
  readonly batch: ChangeBatch;
  readonly after: string;
}

/**
 * The changes of one edit in as few batches as their order allows: what replaces all matches, from either end of
 * the text, is one.
 * @param changes each in the text that the one before it left
 * @throws RangeError for a change outside the text
 */
export function batchesOf(before: string, changes: readonly TextChange[]): BatchStep[] {
  const steps: BatchStep[] = [];
  let text = before;
  let [left, right]: AppliedChange[][] = [[], []];
  let growth = 0;
  const flush = (): void => {
    const sorted = [...left.reverse(), ...right].filter(({ newText, removed }) => newText !== removed);
    [left, right, growth] = [[], [], 0];
    if (sorted.length === 0) return;
    const batch = new ChangeBatch(sorted);
    text = batch.apply(text);
    steps.push({ batch, after: text });
  };
  for (const change of changes) {
    if (!(change.start >= 0 && change.end >= change.start && change.end <= text.length + growth))
      throw new RangeError(`The change [${change.start}, ${change.end}) is outside the text.`);
    const first = left[left.length - 1] ?? right[0];
    const last = right[right.length - 1] ?? left[0];
    const isBefore = first !== undefined && change.end <= first.start && change.start < first.start;
    const start = change.start - growth;
    const isBehind = !isBefore && last !== undefined && start >= last.end && start > last.start;
    if (!isBefore && !isBehind) flush();
    const by = isBehind ? growth : 0;
    const placed = { ...change, start: change.start - by, end: change.end - by };
    (isBefore ? left : right).push(applied(text, trimChange(text, placed)));
    growth += change.newText.length - (change.end - change.start);
  }
  flush();
  return steps;
}

function applied(text: string, { start, end, newText }: TextChange): AppliedChange {
  return { start, end, newText, removed: ownCopy(text.slice(start, end)) };
}
