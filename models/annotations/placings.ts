import { Anchor } from './anchor';
import type { Label } from './label';

/** How many former places are followed; older ones are found again by their words. */
const MAX_FORMER = 5000;

/**
 * The anchors of labels. One stands for one place that a person gave to a label: what the label is called may
 * change, but new borders are a new anchor. Those of removed labels and former borders go on following the text, so
 * that undo puts a label back where it belongs, with all that is remembered of it.
 */
export class Placings {
  readonly #present = new Map<string, Anchor>();
  /** By id, the last one at the end. */
  readonly #former = new Map<string, Set<Anchor>>();
  /** Where anchors stood when a person put them there, and when another took their place. */
  readonly #knownAs = new WeakMap<Anchor, Set<string>>();
  #formerCount = 0;
  #all: readonly Anchor[] | undefined;

  get(id: string): Anchor | undefined {
    return this.#present.get(id);
  }

  /** The anchors of the labels that are there. */
  get present(): Iterable<Anchor> {
    return this.#present.values();
  }

  /** All anchors, former ones too. */
  get all(): readonly Anchor[] {
    this.#all ??= [
      ...this.#present.values(),
      ...[...this.#former.values()].flatMap((anchors) => [...anchors]),
    ];
    return this.#all;
  }

  /**
   * Adds a label, or takes the place of the one with its id.
   * @param time of `TextHistory`
   */
  put(label: Label, time: number): void {
    const { id, start, end } = label;
    const now = this.#present.get(id);
    const isHere = (one: Anchor): boolean => one.start === start && one.end === end;
    const isSame = (one: Anchor): boolean =>
      isHere(one) && one.review === label.review && one.quote === label.quote;
    const anchor =
      now !== undefined && isHere(now) ? now : [...(this.#former.get(id) ?? [])].reverse().find(isSame);
    if (anchor === undefined) this.#place(id, new Anchor(label, time));
    else {
      anchor.relabel(label);
      if (anchor !== now) this.#place(id, anchor);
    }
    this.#note(this.#present.get(id));
  }

  /** True if there was one of that id. */
  remove(id: string): boolean {
    const anchor = this.#present.get(id);
    if (anchor === undefined) return false;
    this.#all = undefined;
    this.#present.delete(id);
    this.#retire(id, anchor);
    return true;
  }

  /** The last anchor of a removed label, which becomes present again. */
  takeBack(id: string): Anchor | undefined {
    const anchor = [...(this.#former.get(id) ?? [])].at(-1);
    if (anchor !== undefined) this.#place(id, anchor);
    return anchor;
  }

  /** The anchor of a label with the borders that it had at an earlier step, which becomes present again. */
  takeBackAt(label: Label): Anchor | undefined {
    const { id } = label;
    const key = placeOf(label);
    const isIt = (anchor: Anchor): boolean => this.#knownAs.get(anchor)?.has(key) === true;
    const anchor = [...(this.#former.get(id) ?? [])].reverse().find(isIt);
    if (anchor !== undefined) this.#place(id, anchor);
    return anchor;
  }

  /** Notes where an anchor stands now: a step of undo may ask for it by that place. */
  #note(anchor: Anchor | undefined): void {
    if (anchor === undefined) return;
    const places = this.#knownAs.get(anchor) ?? new Set();
    this.#knownAs.set(anchor, places.add(placeOf(anchor.label)));
  }

  #place(id: string, anchor: Anchor): void {
    this.#all = undefined;
    const now = this.#present.get(id);
    const former = this.#former.get(id);
    if (former?.delete(anchor) === true) {
      this.#formerCount--;
      if (former.size === 0) this.#former.delete(id);
    }
    this.#present.set(id, anchor);
    if (now !== undefined) this.#retire(id, now);
  }

  #retire(id: string, anchor: Anchor): void {
    this.#note(anchor);
    const anchors = this.#former.get(id) ?? new Set();
    this.#former.delete(id);
    this.#former.set(id, anchors.add(anchor));
    this.#formerCount++;
    while (this.#formerCount > MAX_FORMER) {
      const [[oldest, [first]]] = this.#former;
      const left = this.#former.get(oldest);
      left?.delete(first);
      if (left?.size === 0) this.#former.delete(oldest);
      this.#formerCount--;
    }
  }
}

const placeOf = ({ start, end, quote }: Label): string => `${start} ${end} ${quote}`;
