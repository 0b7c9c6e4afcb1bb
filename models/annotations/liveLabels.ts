import type { Anchor } from './anchor';
import { batchesOf } from './changeBatch';
import { findAgain } from './findAgain';
import { fingerprintAfter } from './fingerprint';
import { followEdit } from './followEdit';
import type { Label } from './label';
import { Placings } from './placings';
import { quoteLabel } from './quoteLabel';
import type { Search } from './search';
import { sortLabels } from './sortLabels';
import type { TextChange } from './textChange';
import { TextHistory } from './textHistory';

/** How many labels whose text was replaced are looked for before an edit returns. */
const AT_ONCE = 20;

/**
 * The labels of a text that is being edited. They follow every change; a label that loses all its words is kept as
 * `lost` and comes back with them, by undo or by pasting them. Where an edit brings back an earlier text, as undo
 * and redo do, every label is again as it was when that text was last seen; one that was not there then follows.
 */
export class LiveLabels {
  readonly #placings = new Placings();
  readonly #history: TextHistory;
  readonly #searches: Search[] = [];
  #text: string;
  #sorted: readonly Label[] | undefined;
  /** The labels whose end the last edit cut: letters typed there next mend it. */
  #cuts: ReadonlySet<Anchor> = new Set();

  /** @param labels placed in `text`, as `findAgain` gives them */
  constructor(text: string, labels: Iterable<Label> = []) {
    this.#text = text;
    this.#history = new TextHistory(text);
    for (const label of labels) this.put(label);
  }

  get text(): string {
    return this.#text;
  }

  /** All labels at their present places, in the order of `sortLabels`. */
  get labels(): readonly Label[] {
    this.#sorted ??= sortLabels(Array.from(this.#placings.present, ({ label }) => label));
    return this.#sorted;
  }

  get(id: string): Label | undefined {
    return this.#placings.get(id)?.label;
  }

  /** Adds a label, or takes the place of the one with its id. */
  put(label: Label): void {
    this.#placings.put(label, this.#history.time);
    this.#sorted = undefined;
  }

  remove(id: string): void {
    if (this.#placings.remove(id)) this.#sorted = undefined;
  }

  /** Puts back a label that was removed, now or in an earlier session, where its words stand now. */
  putBack(label: Label): void {
    const anchor = this.#placings.takeBack(label.id);
    if (anchor === undefined) this.put(findAgain([label], this.#text)[0].label);
    else this.#restore(label, anchor);
  }

  /**
   * Gives a label the borders again that it had at an earlier step, wherever what was within them is now.
   * @returns false, and does nothing, where it was another session that set them, and their words are gone
   */
  moveBack(label: Label): boolean {
    const anchor = this.#placings.takeBackAt(label);
    if (anchor !== undefined) this.#restore(label, anchor);
    else {
      const [found] = findAgain([label], this.#text);
      if (found.label.review === 'lost') return false;
      this.put(found.label);
    }
    return true;
  }

  #restore(label: Label, anchor: Anchor): void {
    const { start, end, quote, before, after, review } = anchor.label;
    const { review: _, ...rest } = label;
    const place = { start, end, quote, before, after };
    anchor.relabel(review === undefined ? { ...rest, ...place } : { ...rest, ...place, review });
    this.#sorted = undefined;
  }

  /**
   * Follows one edit: changes as the editor names them, each in the text that the one before it left.
   * @throws RangeError for a change outside the text; nothing is changed then
   */
  edit(changes: readonly TextChange[]): void {
    const before = this.#text;
    const steps = batchesOf(before, changes);
    const after = steps.at(-1)?.after ?? before;
    if (after === before) return;
    let { fingerprint } = this.#history;
    let text = before;
    for (const step of steps) {
      fingerprint = fingerprintAfter(fingerprint, step.batch, text, step.after);
      text = step.after;
    }
    const batches = steps.map(({ batch }) => batch);
    const way = this.#history.move(batches, before, after, fingerprint);
    this.#text = after;
    this.#sorted = undefined;
    const anchors = this.#placings.all;
    for (const one of this.#searches) one.follow(batches);
    const { cuts, search } = followEdit({ anchors, way, before, after, cuts: this.#cuts });
    this.#cuts = cuts;
    if (search !== undefined) this.#begin(search);
    this.#history.trim();
  }

  /** True while labels whose text was replaced are being looked for: `searching` does it; they are lost till then. */
  get isSearching(): boolean {
    return this.#searches.length > 0;
  }

  /** Looks for the labels whose text was replaced, in steps of a millisecond or so; the text may be edited meanwhile. */
  *searching(): Generator<void, void> {
    for (let search = this.#searches.at(0); search !== undefined; search = this.#searches.at(0)) {
      yield; // the edit itself has taken its time
      yield* search.steps();
      this.#searches.shift();
      this.#sorted = undefined;
    }
  }

  #begin(search: Search): void {
    if (search.size > AT_ONCE) this.#searches.push(search);
    else for (const steps = search.steps(); steps.next().done !== true;);
  }

  /** Takes the present words and surroundings of every label that does not wait for review as its own. */
  refreshQuotes(): void {
    for (const label of this.labels) {
      const fresh = quoteLabel(label, this.#text);
      if (fresh !== label) this.#placings.get(label.id)?.relabel(fresh);
    }
    this.#sorted = undefined;
  }
}
