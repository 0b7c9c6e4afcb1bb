import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from '../../../models/atOnce';
import { LineEnds } from '../../../models/text/lineEnds';
import { PlainReader } from '../../../models/text/plainReader';

/** The blocks of a text, each on one line. */
const blocks = (text: string): string[] =>
  atOnce(new LineEnds(new PlainReader()).steps(text)).map(({ content }) =>
    content.text.replace(/\s+/gu, ' '),
  );

describe('PlainReader', () => {
  it('parts paragraphs at empty lines of any kind', () => {
    for (const end of ['\n\n', '\r\n\r\n', '\r\r', '\n \t\n', '\n\n\n', '\u2028\u2028', '\n\u00a0\n']) {
      assert.deepEqual(blocks(`One bell.${end}Two bells.`), ['One bell.', 'Two bells.'], JSON.stringify(end));
    }
  });

  it('joins lines that were wrapped to a width', () => {
    const text = `The old bell had cracked in the frost of 1893, and nobody in
the village could say who had rung it last. It hung there,
silent, until the spring; then a founder came from Loughborough
and took it away.`;
    assert.equal(blocks(text).length, 1);
    assert.equal(blocks(text.replaceAll('\n', '\r\n')).length, 1);
    assert.equal(blocks(`    ${text}`).length, 1);
  });

  it('leaves lines alone that the author ended', () => {
    const cases: [text: string, lines: number][] = [
      ['Ann Dale\n3 Tower Lane\nUxcombe', 3],
      [
        'CHAPTER ONE\nThe old bell had cracked in the frost of 1893, and nobody could\nsay who had rung it.',
        2,
      ],
      ['- one bell\n- two bells', 2],
      ['1. one bell\n2. two bells', 2],
      ['The bells of the county and what they weigh:\n* Uxcombe, which was cast in the year 1712\n* Dale', 3],
      ['“Is it the bell?”\n“It is.”', 2],
      ['The bell rang.\n-----\nIt stopped.', 3],
    ];
    for (const [text, lines] of cases) assert.equal(blocks(text).length, lines, text);
  });

  it('takes each line of a text without wrapping for a paragraph', () => {
    const line =
      'The old bell had cracked in the frost, and nobody could say who had rung it last; so the story goes';
    assert.equal(blocks(`${line}, at least.\n${line.toUpperCase()} IN ALL THE VILLAGES.\nShort.`).length, 3);
  });

  it('begins a block at a deeper indentation', () => {
    const text = `The old bell had cracked in the frost of 1893, and nobody
could say who had rung it last. It hung there, silent.
    It was spring when a founder came from Loughborough and
took it away.`;
    assert.equal(blocks(text).length, 2);
  });
});
