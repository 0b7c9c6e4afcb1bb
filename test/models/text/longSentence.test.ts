import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakLong, LONGEST_SENTENCE } from '../../../models/text/longSentence';
import { segment } from '../../../models/text/segmenter';
import type { Token } from '../../../models/text/span';

/** Tokens of words with blanks between; `~` before a word joins it to the one before. */
function tokensOf(text: string): Token[] {
  return text.split(' ').map((word, i) => ({
    start: 10 * i,
    end: 10 * i + 1,
    form: word.replace('~', ''),
    ...(word.startsWith('~') ? { joined: true } : {}),
  }));
}

const CASES = [
  { text: 'a b c', pieces: ['a b c'] },
  { text: 'a b c d', pieces: ['a b c d'] },
  { text: 'a b c d e', pieces: ['a b c d', 'e'] },
  { text: 'a b c d e f g h i', pieces: ['a b c d', 'e f g h', 'i'] },
  { text: 'a b , c d e f', pieces: ['a b ,', 'c d e f'] },
  { text: 'a , b c d e f', pieces: ['a ,', 'b c d e', 'f'] },
  { text: 'a b c d ~e f', pieces: ['a b c', 'd e f'] },
  { text: ', a b c d e', pieces: [', a b c', 'd e'] },
  { text: 'a ~b ~c ~d ~e ~f', pieces: ['a b c d', 'e f'] },
];

for (const { text, pieces } of CASES) {
  test(`${text} | at most 4`, () => {
    const found = breakLong(tokensOf(text), 4).map((piece) => piece.map(({ form }) => form).join(' '));
    assert.deepEqual(found, pieces);
  });
}

test('a line of 5,000 words without a full stop becomes pieces that hold all of it', () => {
  const text = Array.from({ length: 5000 }, (_, i) => `word${i}`).join(' ');
  const sentences = segment(text, 'plain');
  assert.ok(sentences.every(({ tokens }) => tokens.length <= LONGEST_SENTENCE));
  assert.equal(sentences.flatMap(({ tokens }) => tokens.map(({ form }) => form)).join(' '), text);
});
