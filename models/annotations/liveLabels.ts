import { Anchor, type AnchorState } from './anchor';
import { EditLog, inverseEntry, type LoggedChange } from './editLog';
import { findAgain } from './findAgain';
import { fingerprintAfter } from './fingerprint';
import type { Label } from './label';
import { quoteLabel } from './quoteLabel';
import { recover } from './recover';
import { sortLabels } from './sortLabels';
import { type AppliedChange, applyChange, inverseOf, type TextChange, trimChange } from './textChange';

/** A change that has just been made; anchors that it brings back are still added. */
type FreshEntry = LoggedChange & { readonly anchors: Map<Anchor, AnchorState> };

/** How many removed labels are followed; older ones are found again by their words. */
const MAX_REMOVED = 5000;

/**
 * The labels of a text that is being edited. They follow every change; a label that loses all its words is kept as
 * `lost` and comes back with them, by undo or by pasting them. Undo and redo of the text bring every label back
 * exactly.
 */
export class LiveLabels {
  readonly #anchors = new Map<string, Anchor>();
  /** Labels that were taken away: they go on following the text, so that undo puts them where they belong. */
  readonly #removed = new Map<string, Anchor>();
  readonly #done = new EditLog();
  readonly #undone = new EditLog();
  #text: string;
  #fingerprint = 0;
  #sorted: readonly Label[] | undefined;
  /** Where the last edit cut a label: letters typed there next mend it. */
  #cuts = new Map<Anchor, number>();

  /** @param labels placed in `text`, as `findAgain` gives them */
  constructor(text: string, labels: Iterable<Label> = []) {
    this.#text = text;
    for (const label of labels) this.put(label);
  }

  get text(): string {
    return this.#text;
  }

  /** All labels at their present places, in the order of `sortLabels`. */
  get labels(): readonly Label[] {
    this.#sorted ??= sortLabels(Array.from(this.#anchors.values(), ({ label }) => label));
    return this.#sorted;
  }

  get(id: string): Label | undefined {
    return this.#anchors.get(id)?.label;
  }

  /** Adds a label, or takes the place of the one with its id. */
  put(label: Label): void {
    const anchor = this.#anchors.get(label.id);
    if (anchor?.start === label.start && anchor.end === label.end) anchor.relabel(label);
    else this.#anchors.set(label.id, new Anchor(label));
    this.#removed.delete(label.id);
    this.#sorted = undefined;
  }

  remove(id: string): void {
    const anchor = this.#anchors.get(id);
    if (anchor === undefined) return;
    this.#anchors.delete(id);
    this.#removed.set(id, anchor);
    if (this.#removed.size > MAX_REMOVED) this.#removed.delete(this.#removed.keys().next().value ?? '');
    this.#sorted = undefined;
  }

  /** Puts back a label that was removed, now or in an earlier session, where its words stand now. */
  putBack(label: Label): void {
    const anchor = this.#removed.get(label.id);
    if (anchor === undefined) return this.put(findAgain([label], this.#text)[0].label);
    const { start, end, quote, before, after, review } = anchor.label;
    const { review: _, ...rest } = label;
    const place = { start, end, quote, before, after };
    anchor.relabel(review === undefined ? { ...rest, ...place } : { ...rest, ...place, review });
    this.#removed.delete(label.id);
    this.#anchors.set(label.id, anchor);
    this.#sorted = undefined;
  }

  /**
   * Follows one edit: changes as the editor names them, each in the text that the one before it left.
   * @throws RangeError for a change outside the text; nothing is changed then
   */
  edit(changes: readonly TextChange[]): void {
    const before = this.#text;
    let after = before;
    let fingerprint = this.#fingerprint;
    const applied: AppliedChange[] = [];
    for (const change of changes) {
      if (change.start < 0 || change.end < change.start || change.end > after.length)
        throw new RangeError(`The change [${change.start}, ${change.end}) is outside the text.`);
      const trimmed = trimChange(after, change);
      const removed = after.slice(trimmed.start, trimmed.end);
      if (removed === trimmed.newText) continue;
      const [old, done] = [after, { ...trimmed, removed }];
      after = applyChange(old, trimmed);
      fingerprint = fingerprintAfter(fingerprint, done, old, after);
      applied.push(done);
    }
    if (after === before) return;
    this.#text = after;
    this.#sorted = undefined;
    const undone = this.#done.takeUndone(applied, before, after, fingerprint);
    if (undone.length) return this.#replay(undone, this.#undone);
    const redone = this.#undone.takeUndone(applied, before, after, fingerprint);
    if (redone.length) return this.#replay(redone, this.#done);
    this.#undone.clear();
    this.#follow(applied, before);
    this.#fingerprint = fingerprint;
  }

  /** Looks again for the labels that wait for review, after the text was changed from outside. */
  seekLost(): void {
    const waiting = this.labels.filter(({ review }) => review !== undefined);
    for (const { label, status } of findAgain(waiting, this.#text))
      if (status === 'same' || status === 'moved') this.put(label);
  }

  /** Takes the present words and surroundings of every label that does not wait for review as its own. */
  refreshQuotes(): void {
    for (const label of this.labels) {
      const fresh = quoteLabel(label, this.#text);
      if (fresh !== label) this.#anchors.get(label.id)?.relabel(fresh);
    }
    this.#sorted = undefined;
  }

  /** Takes logged changes back, or does them again, with the anchors exactly as they were. */
  #replay(entries: readonly LoggedChange[], other: EditLog): void {
    this.#cuts = new Map();
    for (const entry of entries) {
      const inverse = inverseEntry(entry, this.#fingerprint);
      for (const anchor of this.#all()) {
        const state = entry.anchors.get(anchor);
        if (state === undefined) anchor.pass(inverseOf(entry.change));
        else anchor.state = state;
      }
      other.push(inverse);
      this.#fingerprint = entry.fingerprint;
    }
  }

  #follow(changes: readonly AppliedChange[], before: string): void {
    const cuts = new Map<Anchor, number>();
    const justLost = new Set<Anchor>();
    const entries: FreshEntry[] = [];
    let fingerprint = this.#fingerprint;
    let text = before;
    for (const change of changes) {
      const anchors = new Map<Anchor, AnchorState>();
      for (const anchor of this.#all()) {
        if (change.start > anchor.end || change.end < anchor.start) {
          anchor.pass(change);
          continue;
        }
        const state = anchor.state;
        anchors.set(anchor, state);
        const isMended = this.#mends(change, anchor);
        anchor.follow(change, text);
        if (isMended) anchor.state = { ...state, end: state.end + change.newText.length };
        if (anchor.start === anchor.end) {
          if (state.end > state.start) justLost.add(anchor);
        } else if (isMended || (change.start < state.end && change.end >= state.end)) {
          cuts.set(anchor, anchor.end);
        }
      }
      entries.push({ change, anchors, fingerprint });
      const old = text;
      text = applyChange(old, change);
      fingerprint = fingerprintAfter(fingerprint, change, old, text);
    }
    this.#cuts = cuts;
    this.#recover(entries, justLost);
    for (const entry of entries) this.#done.push(entry);
  }

  *#all(): Generator<Anchor> {
    yield* this.#anchors.values();
    yield* this.#removed.values();
  }

  /** True for letters typed at the end of a label right after the end was cut: they mend it. */
  #mends({ start, end, newText }: TextChange, anchor: Anchor): boolean {
    const isHere = start === end && end === anchor.end && this.#cuts.get(anchor) === end;
    return isHere && anchor.start < anchor.end && /^[\p{L}\p{M}\p{N}]+$/u.test(newText);
  }

  #recover(entries: readonly FreshEntry[], justLost: ReadonlySet<Anchor>): void {
    const last = entries[entries.length - 1];
    const restore = (anchor: Anchor, start: number, end: number, review?: 'changed'): void => {
      if (!last.anchors.has(anchor)) {
        const now = anchor.state;
        anchor.pass(inverseOf(last.change));
        last.anchors.set(anchor, anchor.state);
        anchor.state = now;
      }
      anchor.settle(start, end, review);
    };
    const anchors = [...this.#all()];
    const lost = anchors.filter((anchor) => anchor.start === anchor.end);
    const changes = entries.map(({ change }) => change);
    for (const { anchor, start, end, review } of recover(lost, justLost, changes, this.#text))
      restore(anchor, start, end, review);
    for (const anchor of anchors) {
      const { start, end } = anchor;
      if (anchor.review === 'changed' && this.#text.slice(start, end) === anchor.quote)
        restore(anchor, start, end);
    }
  }
}
