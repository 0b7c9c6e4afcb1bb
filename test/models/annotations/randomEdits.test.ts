import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import { applyChange, type TextChange } from '../../../models/annotations/textChange';
import { Random } from '../../../models/random';
import { sampleLabel } from './sampleLabel';

const PIECES = [
  'Ada ',
  'Łódź ',
  '👩‍👩‍👧 ',
  'e\u0301te\u0301 ',
  '\r\n',
  'שלום ',
  'مرحبا ',
  '🇮🇸',
  'in ',
  'a',
  '.',
  '漢字 ',
  '\t',
];

const randomText = (random: Random, pieces: number): string =>
  Array.from({ length: pieces }, () => PIECES[random.below(PIECES.length)]).join('');

/** A text whose code units carry numbers, so that each can be told from its equals. */
class NumberedText {
  units: number[];
  #next: number;

  constructor(public text: string) {
    this.units = Array.from({ length: text.length }, (_, i) => i);
    this.#next = text.length;
  }

  apply(change: TextChange): void {
    const fresh = Array.from({ length: change.newText.length }, () => this.#next++);
    this.units.splice(change.start, change.end - change.start, ...fresh);
    this.text = applyChange(this.text, change);
  }
}

function randomChange(random: Random, text: string): TextChange {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + (random.below(3) ? random.below(6) : random.below(60)));
  const kind = random.below(3);
  if (kind === 0) return { start, end: start, newText: randomText(random, 1 + random.below(3)) };
  return { start, end, newText: kind === 1 ? '' : randomText(random, 1 + random.below(4)) };
}

/** The one change that turns `from` into `to`, as an editor sends an undo. */
function singleChange(from: string, to: string): TextChange {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let tail = 0;
  while (tail < Math.min(from.length, to.length) - start && from.at(-1 - tail) === to.at(-1 - tail)) tail++;
  return { start, end: from.length - tail, newText: to.slice(start, to.length - tail) };
}

const places = (live: LiveLabels): string[] =>
  live.labels.map(({ id, start, end, review }) => `${id} ${start} ${end} ${review ?? ''}`).sort();

describe('labels under random edits', () => {
  it('stay exactly on their words through 10,000 edits', () => {
    const random = new Random(7);
    const numbered = new NumberedText(randomText(random, 3000));
    const live = new LiveLabels(numbered.text);
    const words = new Map<string, readonly number[]>();
    const label = (id: string): void => {
      const start = random.below(numbered.text.length - 20);
      const made = sampleLabel(numbered.text, start, start + 1 + random.below(12), { id });
      live.put(made);
      words.set(id, numbered.units.slice(start, made.end));
    };
    for (let i = 0; i < 500; i++) label(`${i}`);
    let checked = 0;
    for (let n = 1; n <= 10_000; n++) {
      const change = randomChange(random, numbered.text);
      numbered.apply(change);
      live.edit([change]);
      if (n % 100 !== 0) continue;
      const position = new Map(numbered.units.map((unit, i) => [unit, i]));
      for (const { id, start, end, quote } of live.labels) {
        const units = words.get(id) ?? [];
        const at = position.get(units[0]) ?? -1;
        if (at >= 0 && units.every((unit, i) => numbered.units[at + i] === unit)) {
          checked++;
          assert.deepEqual([start, end], [at, at + units.length], `label ${id} at edit ${n}`);
          assert.equal(numbered.text.slice(start, end), quote);
        } else {
          // Touched: another one takes its place, so that there are always many to check.
          live.remove(id);
          label(`${id}'`);
        }
      }
    }
    assert.equal(live.text, numbered.text);
    assert.ok(checked > 20_000, `${checked} places checked`);
  });

  it('come back exactly by undo and redo, one edit at a time or several in one go', () => {
    const random = new Random(11);
    const first = randomText(random, 400);
    const labels = Array.from({ length: 120 }, (_, i) => {
      const start = random.below(first.length - 20);
      return sampleLabel(first, start, start + 1 + random.below(12), { id: `${i}` });
    });
    const live = new LiveLabels(first, labels);
    const history = [{ text: first, places: places(live), edit: [] as TextChange[] }];
    let at = 0;
    for (let n = 0; n < 4000; n++) {
      const choice = random.below(10);
      if (choice < 5 && at < 900) {
        const one = randomChange(random, live.text);
        const edit = [one, randomChange(random, applyChange(live.text, one))].slice(0, 1 + random.below(2));
        // An edit that happens to restore an earlier text is an undo to us, and a new edit to an editor.
        const text = edit.reduce(applyChange, live.text);
        if (history.some((point) => point.text === text)) continue;
        live.edit(edit);
        history.splice(++at, Infinity, { text: live.text, places: places(live), edit });
        continue;
      }
      const to = Math.min(
        history.length - 1,
        Math.max(0, at + (choice < 8 ? -1 : 1) * (1 + random.below(3))),
      );
      if (history[to].text === live.text) continue;
      const single = singleChange(live.text, history[to].text);
      const isOne = single.end - single.start < 200 && single.newText.length < 200;
      live.edit(isOne ? [single] : between(history, at, to));
      at = to;
      assert.equal(live.text, history[to].text);
      assert.deepEqual(places(live), history[to].places, `step ${n}`);
    }
    if (at > 0) live.edit(between(history, at, 0));
    assert.deepEqual(places(live), history[0].places);
  });
});

/** The changes from one point of a history to another, as an editor sends them where they stand far apart. */
function between(
  history: readonly { text: string; edit: TextChange[] }[],
  from: number,
  to: number,
): TextChange[] {
  if (to > from) return history.slice(from + 1, to + 1).flatMap(({ edit }) => edit);
  const inverse: TextChange[] = [];
  for (let i = from; i > to; i--) {
    let { text } = history[i - 1];
    const back: TextChange[] = [];
    for (const { start, end, newText } of history[i].edit) {
      back.unshift({ start, end: start + newText.length, newText: text.slice(start, end) });
      text = applyChange(text, { start, end, newText });
    }
    inverse.push(...back);
  }
  return inverse;
}
