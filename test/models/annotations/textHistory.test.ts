import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Anchor } from '../../../models/annotations/anchor';
import { batchesOf } from '../../../models/annotations/changeBatch';
import { fingerprintAfter } from '../../../models/annotations/fingerprint';
import { applyChange, type TextChange } from '../../../models/annotations/textChange';
import { TextHistory, type Way } from '../../../models/annotations/textHistory';
import { sampleLabel } from './sampleLabel';

/** A history and its text, as `LiveLabels` leads it. */
class Editing {
  readonly history: TextHistory;

  constructor(public text: string) {
    this.history = new TextHistory(text);
  }

  /** Notes something on the way before the oldest texts are forgotten. */
  noting: (way: Way) => void = () => undefined;

  edit(...changes: TextChange[]): Way {
    const before = this.text;
    let { fingerprint } = this.history;
    for (const { batch, after } of batchesOf(before, changes)) {
      fingerprint = fingerprintAfter(fingerprint, batch, this.text, after);
      this.text = after;
    }
    const batches = batchesOf(before, changes).map(({ batch }) => batch);
    const way = this.history.move(batches, before, this.text, fingerprint);
    this.noting(way);
    this.history.trim();
    return way;
  }

  type(start: number, newText: string, end = start): Way {
    return this.edit({ start, end, newText });
  }

  become(text: string): Way {
    return this.type(0, text, this.text.length);
  }
}

/** What the changes of a way make of a text. */
const led = (text: string, { passages }: Way): string =>
  passages
    .flatMap(({ batches }) => batches)
    .flatMap(({ changes }) => [...changes].reverse())
    .reduce(applyChange, text);

describe('the texts that were there', () => {
  it('are found again by undo, redo and typing, and by the way that was gone', () => {
    const editing = new Editing('one');
    assert.equal(editing.type(3, ' two').leftAt, 0);
    editing.type(7, ' three');
    const undo = editing.type(7, '', 13);
    assert.deepEqual([undo.passages.length, undo.leftAt], [1, 2]);
    const both = editing.become('one two three');
    assert.deepEqual([both.passages.length, both.leftAt], [1, 3]);
    const back = editing.become('one');
    assert.deepEqual([back.passages.length, back.leftAt], [2, 1]);
    assert.equal(led('one two three', back), 'one');
    editing.type(0, 'none, ');
    const across = editing.become('one two');
    assert.deepEqual([across.passages.length, led('none, one', across)], [2, 'one two']);
    assert.equal(editing.history.time, 7);
  });

  it('remember on the same edit what was there before and after it', () => {
    const editing = new Editing('one');
    const anchor = new Anchor(sampleLabel('one', 0, 3), 0);
    const [there] = editing.type(3, ' two').passages;
    there.left.set(anchor, anchor.state);
    const [back] = editing.type(3, '', 7).passages;
    assert.deepEqual(back.reached.get(anchor), anchor.state);
    assert.equal(back.left.size, 0);
    const [again] = editing.type(3, ' two').passages;
    assert.equal(again.left, there.left);
  });

  it('are 2,000: the ones visited longest ago are forgotten', () => {
    const typed = (): Editing => {
      const editing = new Editing('');
      for (let n = 0; n < 2010; n++) editing.type(n, 'abcdefg'[n % 7]);
      return editing;
    };
    for (const [length, isKnown] of [
      [0, false],
      [10, false],
      [11, true],
      [100, true],
    ] as const) {
      const editing = typed();
      const { text } = editing;
      const way = editing.become(text.slice(0, length));
      assert.equal(way.leftAt > 0, isKnown, `${length}`);
      assert.equal(led(text, way), text.slice(0, length));
    }
    const editing = typed();
    const { text } = editing;
    editing.become(text.slice(0, 11)); // it is the youngest now, and those on the way there are young
    editing.become(text);
    for (let n = 0; n < 1500; n++) editing.type(n, 'x');
    assert.ok(editing.become(text).leftAt > 0);
  });

  it('are fewer where much is remembered in them, on whatever way', () => {
    for (const side of ['left', 'reached'] as const)
      for (const isBack of [false, true]) {
        const editing = new Editing('one');
        for (const start of [3, 4, 5]) editing.type(start, '.');
        const anchors = Array.from({ length: 170_000 }, () => new Anchor(sampleLabel('one', 0, 3), 0));
        editing.noting = ({ passages }) => {
          for (const anchor of anchors) passages[0][side].set(anchor, anchor.state);
        };
        if (isBack) editing.type(5, '', 6);
        else editing.type(6, '.');
        editing.noting = () => undefined;
        assert.equal(editing.become('one').leftAt, 0, 'forgotten');
      }
  });

  it('are fewer where their changes are long, but the last two are kept', () => {
    const editing = new Editing('');
    for (const letter of ['b', 'c', 'd', 'e']) editing.become(letter.repeat(1_500_000));
    const { text } = editing;
    for (const before of ['', 'b']) {
      assert.equal(editing.become(before.repeat(1_500_000)).leftAt, 0, `${before} is forgotten`);
      assert.ok(editing.become(text).leftAt > 0);
    }
    const once = new Editing('');
    once.type(0, 'b'.repeat(9_000_000));
    assert.ok(once.become('').leftAt > 0, 'even so, the last edit can be taken back');
  });
});
