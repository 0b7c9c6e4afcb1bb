import assert from 'node:assert/strict';
import type { Label } from '../../../models/annotations/label';
import { applyChange, type TextChange, trimChange } from '../../../models/annotations/textChange';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly review: string | undefined;
}

/** What a person saw of one label since its borders were last set. */
interface Seen {
  /** By text: where it stood when that text was last on the screen. */
  readonly places: Map<string, Place>;
  /** The code units, and the words, that it has covered while it needed no review. */
  readonly units: Set<number>;
  readonly words: Set<string>;
}

/** Words as a reader sees them: other white space and other code units for the same accents make no others of them. */
const asRead = (words: string): string => words.trim().replace(/\s+/gu, ' ').normalize('NFC') || words;

/**
 * The plain model of labels in a text: each remembers where it was seen in each text, and in a text where it was
 * never seen it may stand on nothing for certain but its own words. Code units carry numbers, so that each can be
 * told from its equals.
 */
export class SeenLabels {
  readonly #seen = new Map<string, Seen>();
  readonly #hidden = new Set<string>();
  readonly #unitsOf = new Map<string, readonly number[]>();
  #next = 0;
  #units: readonly number[];

  constructor(text: string) {
    this.#units = this.#fresh(text.length);
    this.#unitsOf.set(text, this.#units);
  }

  #fresh(length: number): number[] {
    return Array.from({ length }, () => this.#next++);
  }

  /** Follows an edit; a text that was there before has its own code units back. */
  edit(before: string, changes: readonly TextChange[]): void {
    const units = [...this.#units];
    let text = before;
    for (const change of changes) {
      const { start, end, newText } = trimChange(text, change);
      units.splice(start, end - start, ...this.#fresh(newText.length));
      text = applyChange(text, change);
    }
    const known = this.#unitsOf.get(text) ?? units;
    this.#unitsOf.set(text, known);
    this.#units = known;
  }

  /** A person set the borders of a label. */
  placed({ id, start, end, quote }: Label): void {
    const units = new Set(this.#units.slice(start, end));
    this.#seen.set(id, { places: new Map(), units, words: new Set([asRead(quote)]) });
  }

  /** A person found the words right that a label stands on: that holds wherever it waited for it. */
  reviewed({ id, start, end, quote }: Label): void {
    const seen = this.#seen.get(id);
    for (const [text, { review }] of seen?.places ?? []) if (review !== undefined) seen?.places.delete(text);
    for (const unit of this.#units.slice(start, end)) seen?.units.add(unit);
    seen?.words.add(asRead(quote));
  }

  /** A removed label is back: where it was meanwhile, and on what words, nobody saw. */
  isBack({ id }: Label): void {
    this.#hidden.add(id);
  }

  /** Holds labels against the model, and remembers them as seen in `text`. */
  look(text: string, labels: readonly Label[]): void {
    for (const { id, start, end, review, quote } of labels) {
      const seen = this.#seen.get(id);
      assert.ok(seen !== undefined, `label ${id} was never put`);
      const place = { start, end, review };
      const before = seen.places.get(text);
      if (before !== undefined) assert.deepEqual(place, before, `label ${id} where it was seen before`);
      seen.places.set(text, place);
      assert.notEqual(quote, '', `the quote of label ${id}`);
      assert.ok(start >= 0 && start <= end && end <= text.length, `[${start}, ${end}) of label ${id}`);
      assert.equal(review === 'lost', start === end, `label ${id} is lost and has no width, or neither`);
      if (review !== undefined || this.#hidden.has(id)) continue;
      const covered = this.#units.slice(start, end);
      const isOwn =
        covered.some((unit) => seen.units.has(unit)) || seen.words.has(asRead(text.slice(start, end)));
      assert.ok(isOwn, `label ${id} stands on other words for certain: "${text.slice(start, end)}"`);
      for (const unit of covered) seen.units.add(unit);
      seen.words.add(asRead(text.slice(start, end)));
    }
  }
}
