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
});
