import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Label } from '../../../models/annotations/label';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import { quoteAt, splitsCharacter } from '../../../models/annotations/quoteLabel';
import { applyChange, type TextChange } from '../../../models/annotations/textChange';
import { sampleLabel } from './sampleLabel';
import { SeenLabels } from './seenLabels';
import { TextEditor } from './textEditor';

const RUNS = Number(process.env.GLOSSATOR_RUNS ?? 400);

const piece = fc.constantFrom(
  ...[
    'Ada ',
    'Łódź',
    '👩‍👩‍👧',
    'e\u0301',
    '\r\n',
    '\r',
    'שלום ',
    '🇮🇸',
    'in ',
    'a',
    '.',
    '漢字',
    '\ud83d',
    '\udc69',
    ' ',
  ],
);
const words = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const spot = fc.nat(10_000);

/** A change of whatever text there is: where and how much, of ten thousand, and what comes instead. */
const change = fc.record({
  at: spot,
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(6), fc.nat(40)),
  newText: fc.oneof(fc.constant(''), piece, words),
});

type DrawnChange = typeof change extends fc.Arbitrary<infer T> ? T : never;

const several = { count: fc.integer({ min: 1, max: 3 }), isOneChange: fc.boolean() };
const span = { at: spot, length: fc.integer({ min: 1, max: 12 }) };
const one = { which: spot };

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ edit: fc.array(change, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ replaceAll: fc.record({ old: piece, newText: words }) }) },
  { weight: 5, arbitrary: fc.record({ undo: fc.record(several) }) },
  { weight: 4, arbitrary: fc.record({ redo: fc.record(several) }) },
  { weight: 4, arbitrary: fc.record({ label: fc.record(span) }) },
  { weight: 2, arbitrary: fc.record({ resize: fc.record({ ...one, ...span }) }) },
  { weight: 1, arbitrary: fc.record({ rename: fc.record(one) }) },
  { weight: 1, arbitrary: fc.record({ review: fc.record(one) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.record(one) }) },
  { weight: 1, arbitrary: fc.record({ putBack: fc.record(one) }) },
  { weight: 1, arbitrary: fc.record({ save: fc.constant(true) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A text in an editor with its labels, and the model that they are held against. */
class Session {
  readonly #editor: TextEditor;
  readonly #live: LiveLabels;
  readonly #seen: SeenLabels;
  readonly #removed = new Map<string, Label>();
  #labels = 0;

  constructor(text: string) {
    this.#editor = new TextEditor(text);
    this.#live = new LiveLabels(text);
    this.#seen = new SeenLabels(text);
  }

  take(step: Step): void {
    const { text } = this.#editor;
    if ('edit' in step) this.#edit(changesOf(text, step.edit));
    else if ('replaceAll' in step) this.#edit(replaceAll(text, step.replaceAll));
    else if ('undo' in step) this.#follow(text, this.#editor.undo(step.undo.count, step.undo.isOneChange));
    else if ('redo' in step) this.#follow(text, this.#editor.redo(step.redo.count, step.redo.isOneChange));
    else if ('label' in step) this.#place(`${this.#labels++}`, step.label);
    else if ('resize' in step) this.#withLabel(step.resize, ({ id }) => this.#place(id, step.resize));
    else if ('rename' in step)
      this.#withLabel(step.rename, (label) => this.#live.put({ ...label, label: `${label.label}'` }));
    else if ('review' in step) this.#withLabel(step.review, (label) => this.#review(label));
    else if ('remove' in step) this.#withLabel(step.remove, (label) => this.#remove(label));
    else if ('putBack' in step) this.#putBack(step.putBack.which);
    else this.#live.refreshQuotes();
    assert.equal(this.#live.text, this.#editor.text);
    this.#seen.look(this.#live.text, this.#live.labels);
  }

  #edit(changes: readonly TextChange[]): void {
    const { text } = this.#editor;
    this.#editor.edit(changes);
    this.#follow(text, changes);
  }

  #follow(before: string, changes: readonly TextChange[]): void {
    this.#live.edit(changes);
    this.#seen.edit(before, changes);
  }

  #place(id: string, { at, length }: { at: number; length: number }): void {
    const { text } = this.#live;
    if (text === '') return;
    let start = at % text.length;
    let end = Math.min(text.length, start + length);
    if (splitsCharacter(text, start)) start--;
    if (splitsCharacter(text, end)) end++;
    const now = this.#live.get(id);
    if (now?.start === start && now.end === end) return this.#review(now);
    this.#live.put(sampleLabel(text, start, end, { id }));
    this.#seen.placed(sampleLabel(text, start, end, { id }));
  }

  #review(label: Label): void {
    const { review, ...rest } = label;
    if (review !== 'changed') return;
    const reviewed = { ...rest, ...quoteAt(this.#live.text, label.start, label.end) };
    this.#live.put(reviewed);
    this.#seen.reviewed(reviewed);
  }

  #remove(label: Label): void {
    this.#live.remove(label.id);
    this.#removed.set(label.id, label);
  }

  #putBack(which: number): void {
    const label = [...this.#removed.values()].at(which % Math.max(1, this.#removed.size));
    if (label === undefined) return;
    this.#removed.delete(label.id);
    this.#live.putBack(label);
    this.#seen.isBack(label);
  }

  #withLabel({ which }: { which: number }, work: (label: Label) => void): void {
    const label = this.#live.labels.at(which % Math.max(1, this.#live.labels.length));
    if (label !== undefined) work(label);
  }
}

function changesOf(text: string, changes: readonly DrawnChange[]): TextChange[] {
  let now = text;
  return changes.map(({ at, length, newText }) => {
    const start = at % (now.length + 1);
    const made = { start, end: Math.min(now.length, start + length), newText };
    now = applyChange(now, made);
    return made;
  });
}

/** What an editor sends for it: from the end of the text to its beginning. */
function replaceAll(text: string, { old, newText }: { old: string; newText: string }): TextChange[] {
  const changes: TextChange[] = [];
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length))
    changes.unshift({ start: at, end: at + old.length, newText });
  return changes;
}

describe('labels in a text with undo', () => {
  for (const seed of [1, 2, 3])
    it(`are in every text as they were last seen there, and else on their own words (seed ${seed})`, () => {
      const start = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
      const steps = fc.array(step, { maxLength: 60, size: 'max' });
      fc.assert(
        fc.property(start, steps, (text, taken) => {
          const session = new Session(text);
          for (const each of taken) session.take(each);
        }),
        { seed, numRuns: RUNS },
      );
    });
});
