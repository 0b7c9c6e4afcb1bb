import assert from 'node:assert/strict';
import type { WireLabel } from '../../server/protocol/labels';
import { EditorBuffer, type Replacement } from './editorBuffer';

/** What a person remembers of a label: plainly, without any of the product's own ways of following edits. */
export interface KnownLabel {
  readonly id: string;
  layer: string;
  label: string;
  /** The code units that were labelled. */
  units: readonly number[];
  /** Code units that were put in place of some of them: at its borders they may belong to it or not. */
  readonly doubtful: Set<number>;
  /** Texts that the person has seen labelled by it. */
  readonly quotes: Set<string>;
  /** Grows with every decision on it: what was seen before is no longer what must come back. */
  decisions: number;
}

/** A label as it was shown at some state of the text. */
interface Seen {
  readonly decisions: number;
  readonly start: number;
  readonly end: number;
  readonly review: WireLabel['review'];
}

/** What a decision makes of a label: its `layer/label` and the code units it is on. */
export interface Decision {
  readonly name: string;
  readonly units: readonly number[];
}

/** One step of undo of labels. */
export interface Step {
  readonly text: KnownText;
  readonly title: string;
  /** By id, before and after; undefined where there was no label. */
  readonly before: ReadonlyMap<string, Decision | undefined>;
  readonly after: ReadonlyMap<string, Decision | undefined>;
}

/** A text of the workspace as a person knows it. */
export class KnownText {
  name: string;
  language: 'plaintext' | 'markdown' = 'plaintext';
  isOpen = false;
  version = 0;
  buffer: EditorBuffer;
  /** What is on disk. */
  disk: { readonly text: string; readonly ids: readonly number[] };
  readonly labels = new Map<string, KnownLabel>();
  /** What was seen at each state of the text since it was opened. */
  readonly seen = new Map<number, Map<string, Seen>>();
  /** Lines that another program put into the annotation file, and nobody can read. */
  readonly foreignLines = new Set<string>();

  constructor(name: string, text: string) {
    this.name = name;
    this.buffer = new EditorBuffer(text);
    this.disk = { text, ids: this.buffer.ids };
  }

  get isDirty(): boolean {
    return this.buffer.text !== this.disk.text;
  }

  /** Notes what a label is on, as the server says and the person sees. */
  place(known: KnownLabel, { start, end, review }: Pick<WireLabel, 'start' | 'end' | 'review'>): void {
    if (review !== undefined) return;
    known.units = this.buffer.ids.slice(start, end);
    known.doubtful.clear();
    known.quotes.add(this.buffer.text.slice(start, end));
  }

  edit(changes: readonly Replacement[]): void {
    this.buffer.edit(changes, this.#follow);
  }

  undo(): readonly Replacement[] {
    return this.buffer.undo(this.#follow);
  }

  redo(): readonly Replacement[] {
    return this.buffer.redo(this.#follow);
  }

  /** What is put in place of a part of a label, or of what an edit only seems to exchange, may belong to it. */
  readonly #follow = (
    before: readonly number[],
    { start, end, newText }: Replacement,
    inserted: readonly number[],
  ): void => {
    if (start < end)
      for (const known of this.labels.values())
        for (const [old, unit] of this.#equals(before.slice(start, end), start, inserted, newText))
          if (known.units.includes(old) || known.doubtful.has(old)) known.doubtful.add(unit);
    const at = new Map(before.map((id, i) => [id, i]));
    for (const known of this.labels.values()) {
      const places = placesOf([...known.units, ...known.doubtful], at);
      if (places.length === 0) continue;
      const [first, last] = [Math.min(...places), Math.max(...places)];
      // What is typed between its letters belongs to it, also once those before or after it are gone.
      const isWithin = start === end ? start > first && start <= last : start >= first && end <= last + 1;
      if (isWithin) for (const unit of inserted) known.doubtful.add(unit);
    }
  };

  /** What a replacement has in common with what it replaces, at its beginning and at its end: old and new units. */
  #equals(
    removed: readonly number[],
    start: number,
    inserted: readonly number[],
    newText: string,
  ): (readonly [old: number, unit: number])[] {
    const old = this.buffer.text.slice(start, start + removed.length);
    const pairs: (readonly [number, number])[] = [];
    const shorter = Math.min(old.length, newText.length);
    for (let i = 0; i < shorter && old[i] === newText[i]; i++) pairs.push([removed[i], inserted[i]]);
    for (let i = 1; i <= shorter && old[old.length - i] === newText[newText.length - i]; i++)
      pairs.push([removed[removed.length - i], inserted[inserted.length - i]]);
    return pairs;
  }

  /** Forgets what edits did: the text was opened anew, and labels were looked for by their words. */
  reopened(labels: readonly WireLabel[]): void {
    this.seen.clear();
    for (const label of labels) {
      const known = this.labels.get(label.id);
      if (known !== undefined) this.place(known, label);
    }
  }
}

const nameOf = ({ layer, label }: { layer: string; label: string }): string => `${layer}/${label}`;

/** Labels by id as `layer/label`. */
export const namesOf = (
  labels: Iterable<{ id: string; layer: string; label: string }>,
): Map<string, string> => new Map(Array.from(labels, (one) => [one.id, nameOf(one)]));

/** Where a label stands, and whether it is sure to. */
export const placeOf = ({ start, end, review }: Pick<WireLabel, 'start' | 'end' | 'review'>): string =>
  `${start} ${end} ${review ?? ''}`;

/**
 * Holds what the server says of an open text to what a person knows: every label is there; one that asks for no review
 * stands on its words; and where undo or redo led back to a text, labels are as they were seen there.
 * @param isRelocated true where the text was opened anew: of words that stand several times any may be meant
 */
export function checkLabels(
  text: KnownText,
  labels: readonly WireLabel[],
  after: string,
  isRelocated = false,
): void {
  const { buffer } = text;
  const where = `${text.name} after ${after}`;
  assert.deepEqual(namesOf(labels), namesOf(text.labels.values()), `labels of ${where}`);
  const content = buffer.text;
  const at = new Map(buffer.ids.map((id, i) => [id, i]));
  for (const label of labels) {
    const known = text.labels.get(label.id)!;
    const what = `${label.label} [${label.start}, ${label.end}) ${label.review ?? ''} of ${where} in ${JSON.stringify(content)}`;
    assert.ok(label.start >= 0 && label.start <= label.end && label.end <= content.length, `${what}: bounds`);
    if (label.review === undefined) {
      const words = content.slice(label.start, label.end);
      assert.ok(label.end > label.start, `${what}: empty`);
      const reason = `${what}: stands on ${JSON.stringify(words)}, labelled were ${JSON.stringify([...known.quotes])}`;
      const standsHere = standsByUnits(known, label, at, buffer);
      assert.ok(standsHere || isQuoted(words, known.quotes), reason);
      known.quotes.add(words);
      // Its words are found again elsewhere: from now on it is on these.
      if (!standsHere) known.units = buffer.ids.slice(label.start, label.end);
    }
    const places = known.units.map((unit) => at.get(unit));
    const isWhole = places.every((place, i) => place !== undefined && place === places[0]! + i);
    const before = text.seen.get(buffer.state)?.get(label.id);
    if (before?.decisions === known.decisions)
      assert.deepEqual(
        [label.start, label.end, label.review],
        [before.start, before.end, before.review],
        `${what}: not as it was seen in this text`,
      );
    else if (isWhole && places.length > 0 && label.review === undefined && !isRelocated)
      assert.deepEqual([label.start, label.end], [places[0], places[0]! + places.length], `${what}: moved`);
  }
  const seen = new Map<string, Seen>();
  for (const { id, start, end, review } of labels)
    seen.set(id, { decisions: text.labels.get(id)!.decisions, start, end, review });
  text.seen.set(buffer.state, seen);
}

/** Moved words are joined by other white space. */
const isQuoted = (words: string, quotes: ReadonlySet<string>): boolean =>
  quotes.has(words) || [...quotes].some((quote) => quote.replace(/\s/g, '') === words.replace(/\s/g, ''));

const placesOf = (units: Iterable<number>, at: ReadonlyMap<number, number>): number[] =>
  Array.from(units, (unit) => at.get(unit)).filter((place) => place !== undefined);

/** Whether a label covers what is left of its code units: what was typed between them belongs to it. */
function standsByUnits(
  known: KnownLabel,
  { start, end }: Pick<WireLabel, 'start' | 'end'>,
  at: ReadonlyMap<number, number>,
  buffer: EditorBuffer,
): boolean {
  const [sure, all] = [placesOf(known.units, at), placesOf([...known.units, ...known.doubtful], at)];
  if (all.length === 0) return false;
  const [from, to] = [Math.min(...all), Math.max(...all) + 1];
  if (sure.length === 0) return start >= from && end <= to;
  const [first, last] = [Math.min(...sure), Math.max(...sure) + 1];
  if (start < from || start > first) return false;
  if (end >= last && end <= to) return true;
  // Letters typed right after an end that was cut off mend the word.
  const isCut = known.units.some((unit) => at.get(unit) === undefined);
  return isCut && end > last && /^(?:[\p{L}\p{M}\p{N}]|\u200d|\ufe0f)+$/u.test(buffer.text.slice(last, end));
}
