import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findChanged } from '../../../models/annotations/findChanged';
import { sampleOf } from './sampleLabel';

/** The words found for `words` of `text` in another one, near the old place. */
function found(
  text: string,
  words: string,
  after: string,
  expected = text.indexOf(words),
): string | undefined {
  const span = findChanged(sampleOf(text, words), after, expected);
  return span && after.slice(span.start, span.end);
}

const LEFT = 'when the old queen ';
const RIGHT = ' came to the town';
const TEXT = `${LEFT}Ada${RIGHT}`;

describe('a label whose words changed is found', () => {
  /** Name, words between the old surroundings, and whether they are taken for the label's. */
  const between: [string, string, boolean][] = [
    ['other words', 'Bob', true],
    ['no words', '', true],
    ['twice as many, and twelve more', 'x'.repeat(18), true],
    ['more than that', 'x'.repeat(19), false],
    ['the whole of a character', '🎉', true],
  ];
  for (const [name, words, isFound] of between)
    it(`between its surroundings: ${name}`, () => {
      assert.equal(found(TEXT, 'Ada', `${LEFT}${words}${RIGHT}`), isFound ? words : undefined);
    });

  it('between twelve code units on each side, whatever stands beyond them', () => {
    assert.equal(found(TEXT, 'Ada', `a new ${LEFT.slice(-12)}Bob${RIGHT.slice(0, 12)} sea`), 'Bob');
    assert.equal(found(TEXT, 'Ada', `a new ${LEFT.slice(-11)}Bob${RIGHT.slice(0, 12)} sea`), undefined);
    assert.equal(found(TEXT, 'Ada', `a new ${LEFT.slice(-12)}Bob${RIGHT.slice(0, 11)} sea`), undefined);
  });

  it('at the very beginning of what is looked at', () => {
    assert.equal(found('the king Ada slept', 'Ada', 'the king Bob slept'), 'Bob');
  });

  it('by surroundings of three letters or more, blanks not counted', () => {
    for (const [text, after, words] of [
      ['met Ada and', 'met Bob and', 'Bob'],
      ['  a Ada and', '  a Bob and', undefined],
      ['met Ada a  ', 'met Bob a  ', undefined],
      ['me. Ada an.', 'me. Bob an.', 'Bob'],
    ] as const)
      assert.equal(found(text, 'Ada', after), words, text);
  });

  it('where the same surroundings are nearest to the old place', () => {
    const one = `${LEFT}Bob${RIGHT}. `;
    const two = `${LEFT}Eve${RIGHT}. `;
    for (const [expected, words] of [
      [LEFT.length, 'Bob'],
      [one.length + LEFT.length, 'Eve'],
      [LEFT.length + one.length / 2 - 1, 'Bob'],
      [LEFT.length + one.length / 2 + 1, 'Eve'],
    ] as const)
      assert.equal(found(TEXT, 'Ada', one + two, expected), words);
  });

  it('past surroundings that are too far apart', () => {
    const far = `${LEFT}${'x'.repeat(30)}${RIGHT}. `;
    assert.equal(found(TEXT, 'Ada', `${far}${LEFT}Bob${RIGHT}`, 0), 'Bob');
    assert.equal(found(TEXT, 'Ada', `${LEFT}x ${LEFT}Bob${RIGHT}`, 0), 'Bob');
  });

  /** The words, what stands there, and whether they are alike. */
  const alike: [string, string, boolean][] = [
    ['Ada Lovelace', 'Ada Lovelase', true],
    ['Ada Lovelace', 'Ade Lovelase', true],
    ['Ada Lovelace', 'Adm Rovelont', false],
    ['Rome', 'Rime', true],
    ['Rome', 'Rimo', false],
    ['Ada', 'Ade', false],
    ['a'.repeat(512), `${'a'.repeat(500)}b${'a'.repeat(11)}`, true],
    ['a'.repeat(513), `${'a'.repeat(500)}b${'a'.repeat(12)}`, false],
  ];
  for (const [words, other, isAlike] of alike)
    it(`by words like its own: ${words.slice(0, 12)} and ${other.slice(0, 12)}`, () => {
      assert.equal(found(`x ${words} y`, words, `z ${other} z`) !== undefined, isAlike);
    });

  it('by the nearest of those that are alike', () => {
    const text = 'x Lovelace y';
    const after = `Lovelase ${'- '.repeat(20)}Lowelace`;
    const span = (expected: number) => findChanged(sampleOf(text, 'Lovelace'), after, expected);
    assert.deepEqual(span(0), { start: 0, end: 8 });
    assert.deepEqual(span(after.length), { start: after.length - 8, end: after.length });
  });

  it('within a thousand code units of its place', () => {
    for (const [gap, isFound] of [
      [1000, true],
      [1003, false],
    ] as const) {
      const label = sampleOf('x Lovelace y', 'Lovelace');
      const behind = `${'-'.repeat(gap)}Lovelase`;
      assert.equal(findChanged(label, behind, 0)?.start, isFound ? gap : undefined);
      const before = `Lovelase${'-'.repeat(gap - 8)}`;
      assert.equal(findChanged(label, `${before}--`, gap)?.start, isFound ? 0 : undefined);
    }
  });

  it('with whole characters', () => {
    const text = 'the old king🎉 slept well';
    const label = sampleOf(text, '🎉');
    // The surroundings of a label that once cut characters in two.
    const half = { ...label, before: 'old king\ud83c', after: '\ude00 slept well' };
    const span = findChanged(half, 'the old king🎉😀 slept well', label.start);
    assert.deepEqual(span, { start: 12, end: 16 });
  });
});
