import type { Label } from '../../models/annotations/label';
import type { TextChange } from '../../models/annotations/textChange';
import type { WireLabel } from '../protocol/labels';
import { type PlacedChange, sideBySide } from '../protocol/sideBySide';

/** A label as the client holds it. */
interface Held {
  label: Label;
  start: number;
  end: number;
  /** True after an edit within it: the client does not know what became of it. */
  isTouched: boolean;
}

/** What brings a client up to date. */
export interface LabelUpdate {
  readonly reset: boolean;
  readonly put: readonly WireLabel[];
  readonly removed: readonly string[];
}

/**
 * What the client holds of the labels of one text. Client and server follow the same rule at every change of the
 * text: a label that begins where the change ends, or later, moves by its length; a lost label, which has no length,
 * stays before an insertion at its place; all others stay. So only what an edit touched has to be sent.
 */
export class PublishedLabels {
  readonly #held = new Map<string, Held>();
  /** The labels last published, while the text has not changed since. */
  #last: readonly Label[] | undefined;
  #isReset = true;

  /** Follows an edit: changes each in the text that the one before it left. */
  shift(changes: readonly TextChange[]): void {
    this.#last = undefined;
    const placed = changes.map(({ start, end, newText }) => ({ start, end, length: newText.length }));
    for (const group of sideBySide(placed))
      for (const held of this.#held.values()) group.follow(held, touch, move);
  }

  /** From what was last published to `labels`, which count as published from now on. */
  update(labels: readonly Label[]): LabelUpdate {
    if (labels === this.#last) return { reset: false, put: [], removed: [] };
    const put: WireLabel[] = [];
    const before = this.#held.size;
    let known = 0;
    for (const label of labels) {
      const held = this.#held.get(label.id);
      if (held !== undefined) known++;
      const { start, end } = label;
      if (held !== undefined && !held.isTouched && held.start === start && held.end === end) {
        if (held.label !== label && !saysTheSame(held.label, label)) put.push(toWireLabel(label));
        held.label = label;
        continue;
      }
      put.push(toWireLabel(label));
      this.#held.set(label.id, { label, start, end, isTouched: false });
    }
    // Of thousands of labels mostly none is gone.
    const removed = known === before ? [] : this.#takeOthersThan(labels);
    const reset = this.#isReset;
    this.#last = labels;
    this.#isReset = false;
    return { reset, put, removed };
  }

  /** Forgets the labels that are none of `labels`, and gives their ids. */
  #takeOthersThan(labels: readonly Label[]): string[] {
    const ids = new Set(labels.map(({ id }) => id));
    const others = [...this.#held.keys()].filter((id) => !ids.has(id));
    for (const id of others) this.#held.delete(id);
    return others;
  }

  /** Forgets what was published: the next update holds every label. */
  reset(): void {
    this.#held.clear();
    this.#last = undefined;
    this.#isReset = true;
  }
}

function touch(held: Held, { start, end, length }: PlacedChange): Held {
  const isLostHere = start === end && held.start === end && held.end === end;
  if (held.start >= end && !isLostHere) return move(held, length - (end - start));
  if (held.end > start) held.isTouched = true;
  return held;
}

function move(held: Held, by: number): Held {
  held.start += by;
  held.end += by;
  return held;
}

/** True if the client sees no difference, place apart. */
function saysTheSame(a: Label, b: Label): boolean {
  return (
    a.layer === b.layer &&
    a.label === b.label &&
    a.state === b.state &&
    a.review === b.review &&
    a.quote === b.quote &&
    a.annotator === b.annotator &&
    a.time === b.time &&
    a.note === b.note &&
    a.confidence === b.confidence &&
    a.rivalOf === b.rivalOf
  );
}

/** The label as clients get it. */
function toWireLabel(label: Label): WireLabel {
  const { id, layer, label: name, start, end, state, quote, annotator, time } = label;
  const { review, note, confidence, rivalOf } = label;
  return {
    ...{ id, layer, label: name, start, end, state, quote, annotator, time },
    ...(review === undefined ? {} : { review }),
    ...(note === undefined ? {} : { note }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(rivalOf === undefined ? {} : { rivalOf }),
  };
}
