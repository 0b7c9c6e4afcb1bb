import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  beginsParagraph,
  commentValue,
  documentText,
  sentenceText,
  surfaceTokens,
} from '../../../models/data/conllu';
import { readConllu } from '../../../models/data/readConllu';
import { InputError } from '../../../models/errors';

/** A CoNLL-U line with `_` in the columns that are not given. */
function row(id: string, form: string, upos = 'X', misc = '_'): string {
  return [id, form, '_', upos, '_', '_', '_', '_', '_', misc].join('\t');
}

const SAMPLE = [
  '# newdoc id = d1',
  '# sent_id = s1',
  "# text = I don't.",
  row('1', 'I', 'PRON'),
  row('2-3', "don't", '_', 'SpaceAfter=No'),
  row('2', 'do', 'AUX'),
  row('3', "n't", 'PART'),
  row('3.1', 'go', 'VERB'),
  row('4', '.', 'PUNCT', 'SpaceAfter=No'),
  '',
  row('1', '#', 'SYM', 'SpaceAfter=No|NER=O'),
  row('2', 'yes', 'INTJ'),
  '',
  '# newpar',
  row('1', 'Bye', 'INTJ'),
  '',
  '',
].join('\n');

describe('readConllu', () => {
  it('keeps basic words and puts ranges and empty nodes aside', () => {
    const [first, second, third, ...rest] = readConllu(SAMPLE);
    assert.equal(rest.length, 0);
    assert.deepEqual(
      first.words.map(({ form, upos, line }) => [form, upos, line]),
      [
        ['I', 'PRON', 4],
        ['do', 'AUX', 6],
        ["n't", 'PART', 7],
        ['.', 'PUNCT', 9],
      ],
    );
    assert.deepEqual(first.ranges, [{ start: 1, end: 3, form: "don't", misc: 'SpaceAfter=No' }]);
    assert.deepEqual(
      first.emptyNodes.map(({ after, index }) => [after, index]),
      [[3, 1]],
    );
    assert.equal(commentValue(first, 'sent_id'), 's1');
    assert.equal(first.line, 1);
    assert.deepEqual(
      second.words.map(({ form }) => form),
      ['#', 'yes'],
    );
    assert.deepEqual([first, second, third].map(beginsParagraph), [true, false, true]);
  });

  it('gives the text of sentences and of the document', () => {
    const [first, second] = readConllu(SAMPLE);
    assert.deepEqual(
      surfaceTokens(first).map(({ form, spaceAfter }) => [form, spaceAfter]),
      [
        ['I', true],
        ["don't", false],
        ['.', false],
      ],
    );
    assert.equal(sentenceText(first), "I don't.");
    assert.equal(sentenceText({ ...first, comments: [] }), "I don't.");
    assert.equal(sentenceText(second), '#yes');
    assert.equal(documentText(readConllu(SAMPLE)), "I don't.#yes\n\nBye\n");
  });

  it('reads carriage returns, a missing last newline and nothing', () => {
    assert.equal([...readConllu(SAMPLE.replaceAll('\n', '\r\n'))].length, 3);
    assert.equal([...readConllu(row('1', 'a'))].length, 1);
    assert.deepEqual([...readConllu('\n\n')], []);
  });

  const broken: [name: string, lines: string[], line: number, message: RegExp][] = [
    ['too few columns', ['1\tword'], 1, /2 columns.*ten/],
    ['one column', ['hello'], 1, /1 column\./],
    ['an ID out of order', [row('1', 'a'), row('3', 'b')], 2, /ID "3".*must be 2/],
    ['an ID that is no number', ['# c', row('a', 'b')], 2, /ID "a"/],
    ['an empty form', [row('1', '')], 1, /Column 2 is empty/],
    ['a range that begins late', [row('2-3', 'ab'), row('1', 'a')], 1, /range 2-3 is out of order/],
    ['a range of one word', [row('1-1', 'a')], 1, /range 1-1/],
    ['ranges that overlap', [row('1-3', 'a'), row('1', 'b'), row('2-4', 'c')], 3, /range 2-4/],
    ['a range without its words', [row('1-3', 'a'), row('1', 'b'), row('2', 'b')], 3, /ends after/],
    ['an empty node out of order', [row('1', 'a'), row('1.2', 'b')], 2, /empty node 1\.2/],
    ['a sentence of comments', ['# text = a', '# x'], 2, /no words/],
  ];
  for (const [name, lines, line, message] of broken) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => [...readConllu(`${lines.join('\n')}\n\n`, 'f.conllu')],
        (error) =>
          error instanceof InputError &&
          error.place.line === line &&
          message.test(error.format()) &&
          error.remedy !== '',
      );
    });
  }
});
