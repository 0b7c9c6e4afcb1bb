import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import { sampleOf } from './sampleLabel';

const TEXT = 'Yesterday Ada Lovelace met Charles Babbage in London. It rained.';

/** What stands where the labels are; nothing of a lost one. */
const words = (live: LiveLabels): string[] =>
  live.labels.map(({ start, end }) => live.text.slice(start, end));

function edit(live: LiveLabels, old: string, newText: string): void {
  const start = live.text.indexOf(old);
  assert.ok(start >= 0, old);
  live.edit([{ start, end: start + old.length, newText }]);
}

const insert = (live: LiveLabels, start: number, newText: string): void =>
  live.edit([{ start, end: start, newText }]);

const both = (): LiveLabels =>
  new LiveLabels(TEXT, [
    sampleOf(TEXT, 'Ada Lovelace', { id: 'a' }),
    sampleOf(TEXT, 'Charles Babbage', { id: 'c' }),
  ]);

describe('labels whose text was cut out', () => {
  const block = ' Ada Lovelace met Charles Babbage';
  const found = ['Ada Lovelace', 'Charles Babbage'];

  /** Where it is pasted, what with it, and whether it is found. */
  for (const [name, old, newText, isFound] of [
    ['come back with it at the end', 'rained.', `rained.${block}`, true],
    ['come back with other white space around it', 'rained.', `rained.\n\t${block.trim()}\n`, true],
    ['come back with more text around it', 'rained.', `(It was ${'so '.repeat(2000)}:${block}.)`, true],
    ['do not come back within a word', 'rained.', `rained.x${block.trim()}`, false],
    ['do not come back before a letter', 'rained.', `rained.${block}s`, false],
    ['come back where a whole copy follows one within a word', 'rained.', `x${block.trim()}${block}`, true],
    ['do not come back with a part of it', 'rained.', `rained.${block.slice(0, -1)}`, false],
  ] as const)
    it(name, () => {
      const live = both();
      edit(live, block, '');
      assert.deepEqual(words(live), ['', '']);
      edit(live, old, newText);
      assert.deepEqual(words(live), isFound ? found : ['', '']);
      if (isFound) assert.ok(live.labels.every(({ review }) => review === undefined));
    });

  it('come back in the second of two places where text is put', () => {
    const live = both();
    edit(live, block, '');
    live.edit([
      { start: live.text.length, end: live.text.length, newText: block },
      { start: 0, end: 0, newText: `${'Once upon a time '.repeat(3)}. ` },
    ]);
    assert.deepEqual(words(live), found);
  });

  it('do not come back where their last blank is missing', () => {
    const text = 'So he met Ada today, and it rained.';
    const live = new LiveLabels(text, [sampleOf(text, 'Ada ')]);
    edit(live, 'met Ada ', '');
    insert(live, live.text.length, ' They met Ada.');
    assert.deepEqual(words(live), ['']);
  });

  it('wait for review again where they did when they were cut out', () => {
    const live = new LiveLabels(TEXT, [sampleOf(TEXT, 'Ada Lovelace', { review: 'changed' })]);
    edit(live, block, '');
    edit(live, 'rained.', `rained.${block}`);
    assert.deepEqual([words(live), live.labels[0].review], [['Ada Lovelace'], 'changed']);
  });
});

describe('a lost label whose words are typed again', () => {
  /** What was cut out is longer than what is typed: it is told by the words of the label alone. */
  const lost = (): LiveLabels => {
    const live = new LiveLabels(TEXT, [sampleOf(TEXT, 'Ada Lovelace')]);
    edit(live, 'Ada Lovelace met Charles Babbage in London. ', '');
    assert.equal(live.labels[0].review, 'lost');
    return live;
  };

  it('comes back letter by letter, and not before the last one', () => {
    const live = lost();
    [...'Ada Lovelace'].forEach((letter, i) => {
      assert.deepEqual(words(live), ['']);
      insert(live, 10 + i, letter);
    });
    assert.deepEqual(words(live), ['Ada Lovelace']);
  });

  it('comes back with other words around it', () => {
    const live = lost();
    insert(live, 10, 'the great Ada Lovelace spoke. ');
    assert.deepEqual(words(live), ['Ada Lovelace']);
  });

  it('comes back where they end at its place', () => {
    const text = 'Pa (Ada Lovela) spoke.';
    const live = new LiveLabels(text, [sampleOf(text, 'Ada')]);
    edit(live, ' (Ada Lovela)', '');
    insert(live, 1, 'Ad');
    assert.deepEqual([live.text, words(live)], ['PAda spoke.', ['Ada']]);
  });

  it('does not come back far from its place', () => {
    const live = lost();
    insert(live, live.text.length, ' It rained for days.');
    insert(live, live.text.length, ' Ada Lovelace');
    assert.deepEqual(words(live), ['']);
    insert(live, 10, 'Ada ');
    assert.deepEqual(words(live), ['']);
  });

  it('comes back as far from its place as it is long', () => {
    const length = 'Ada Lovelace'.length;
    const text = `${'- '.repeat(40)}Ada Lovelace met Charles Babbage. ${'- '.repeat(40)}`;
    for (const by of [0, 4, length, length + 2, 40])
      for (const side of [-1, 1]) {
        const live = new LiveLabels(text, [sampleOf(text, 'Ada Lovelace')]);
        edit(live, 'Ada Lovelace met Charles Babbage. ', '');
        insert(live, live.labels[0].start + side * by, '(Ada Lovelace) ');
        assert.deepEqual(words(live), [by <= length ? 'Ada Lovelace' : ''], `${side * by}`);
      }
  });

  it('comes back with a thousand letters around it, and not out of a longer paste', () => {
    for (const [around, isFound] of [
      [1000, true],
      [1001, false],
    ] as const) {
      const live = lost();
      insert(live, 10, `(Ada Lovelace${'.'.repeat(around - 1)}`);
      assert.deepEqual(words(live), [isFound ? 'Ada Lovelace' : '']);
    }
  });
});
