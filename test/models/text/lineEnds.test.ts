import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../models/random';
import { segment, Segmenter, type TextFormat } from '../../../models/text/segmenter';
import type { Sentence } from '../../../models/text/span';
import { randomEdit } from './randomEdits';

const FORMATS: readonly TextFormat[] = ['plain', 'markdown'];

/** Sentences and tokens with offsets as if every line end were one code unit. */
function read(text: string, sentences: readonly Sentence[]): string {
  const pairs = new Int32Array(text.length + 1);
  for (let at = 0; at < text.length; at++)
    pairs[at + 1] = pairs[at] + (text[at] === '\r' && text[at + 1] === '\n' ? 1 : 0);
  return sentences
    .map(({ tokens }) =>
      tokens
        .map(
          ({ form, start, end }) =>
            `${form} ${start - pairs[start]} ${end - pairs[end]}${text[end - 1] === '\r' ? ' and a half' : ''}`,
        )
        .join('\n'),
    )
    .join('\n\n');
}

const lf = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Marks whose reading hangs on where a line ends. */
const LINES = [
  ...[
    'A bell.',
    '',
    '',
    '<div>',
    '</div>',
    '<!-- x',
    '-->',
    '| a | b |',
    '|---|---|',
    '- one',
    '  two',
    '> q',
  ],
  ...[
    '===',
    '---',
    '```',
    '    code',
    'hard  ',
    'hard\\',
    'one ',
    'two \\\\',
    '[x]: /u',
    '"t"',
    '[x',
    'y][x]',
  ],
  ...[
    '# H',
    '#',
    '***',
    '<b',
    'c>',
    '`a',
    'b`',
    '1. x',
    'word word word word word word word word word word,',
  ],
  ...['---', 'title: x', '[^1]: note', '![a', 'b](c)', '&amp;', 'Ann *went', 'home* now.', 'x'.repeat(50)],
];

describe('the same text with other line ends', () => {
  for (const format of FORMATS)
    it(`has the same sentences and tokens (${format})`, () => {
      const random = new Random(21);
      for (let round = 0; round < 60; round++) {
        let text = Array.from({ length: random.below(30) }, () => LINES[random.below(LINES.length)]).join(
          '\n',
        );
        for (let i = random.below(6); i > 0; i--) text = lf(randomEdit(text, random));
        if (round % 20 === 0) text = text.replace(/\n+/g, ' \n').repeat(20); // one that is read in pieces
        const expected = read(text, segment(text, format));
        const mixed = text.replaceAll('\n', () => ['\n', '\r\n', '\r'][random.below(3)]);
        for (const other of [text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r'), mixed]) {
          if (lf(other) !== text) continue; // `\r` and `\n` met
          assert.equal(read(other, segment(other, format)), expected, JSON.stringify(other));
        }
      }
    });

  for (const format of FORMATS)
    it(`reads edits of it as it would read it anew (${format})`, () => {
      for (let seed = 0; seed < 6; seed++) {
        const random = new Random(seed);
        const segmenter = new Segmenter(format);
        let text = Array.from({ length: 20 }, () => LINES[random.below(LINES.length)]).join('\r\n');
        for (let step = 0; step < 30; step++) {
          assert.equal(
            read(text, segmenter.update(text)),
            read(text, segment(text, format)),
            JSON.stringify(text),
          );
          text = randomEdit(text, random);
        }
      }
    });

  it('keeps what an edit leaves alone', () => {
    const text =
      'One bell rang\r\nin the tower of the church, where nobody lived any more.\r\n\r\nTwo bells rang.';
    for (const format of FORMATS) {
      const segmenter = new Segmenter(format);
      const before = segmenter.update(`Bells.\r\n\r\n${text}`);
      const after = segmenter.update(`Bells!\r\n\r\n\r\n${text}`);
      assert.equal(after[1].content, before[1].content);
      assert.equal(after[2].content, before[2].content);
    }
  });

  /** What lies between two words, and whether they are one block, as plain text and as Markdown. */
  const table: [name: string, between: string, plain: string[], markdown: string[]][] = [
    ['LF', '\n', ['one', 'two'], ['one two']],
    ['CR LF', '\r\n', ['one', 'two'], ['one two']],
    ['CR', '\r', ['one', 'two'], ['one two']],
    ['vertical tab', '\v', ['one', 'two'], ['one two']],
    ['form feed', '\f', ['one', 'two'], ['one two']],
    ['NEL', '\u0085', ['one', 'two'], ['one two']],
    ['line separator', '\u2028', ['one', 'two'], ['one two']],
    ['paragraph separator', '\u2029', ['one', 'two'], ['one two']],
    ['no-break space', '\u00a0', ['one two'], ['one two']],
    ['narrow no-break space', '\u202f', ['one two'], ['one two']],
    ['zero-width space', '\u200b', ['one two'], ['one two']],
    ['zero-width non-joiner', '\u200c', ['one\u200ctwo'], ['one\u200ctwo']],
    ['zero-width joiner', '\u200d', ['one\u200dtwo'], ['one\u200dtwo']],
    ['zero-width joiner between blanks', ' \u200d ', ['one two'], ['one two']],
    ['word joiner', '\u2060', ['one\u2060two'], ['one\u2060two']],
    ['mark of direction', ' \u202b\u2067', ['one two'], ['one two']],
    ['byte order mark', '\ufeff', ['one two'], ['one two']],
    ['soft hyphen', '\u00ad', ['one\u00adtwo'], ['one\u00adtwo']],
  ];
  for (const [name, between, plain, markdown] of table)
    it(`parts words at ${name} as the table in docs/text.md says`, () => {
      const text = `one${between}two`;
      for (const [format, expected] of [
        ['plain', plain],
        ['markdown', markdown],
      ] as const) {
        const sentences = segment(text, format);
        assert.deepEqual(
          sentences.map(({ tokens }) => tokens.map(({ form }) => form).join(' ')),
          expected,
          format,
        );
        for (const { tokens } of sentences)
          for (const { start, end, form } of tokens) assert.equal(text.slice(start, end), form);
      }
    });
});
