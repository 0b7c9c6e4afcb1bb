import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { labelledTexts, readLabelledTexts } from '../../../models/data/labelledText';
import { readSentenceLayer, sentenceExamples } from '../../../models/data/sentenceExample';
import { InputError } from '../../../models/errors';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'glossator-'))));
after(() => rm(folder, { recursive: true }));

const pairs = (content: string, path: string): string[][] =>
  labelledTexts(content, path).map(({ text, label }) => [text, label]);

describe('labelledTexts', () => {
  const expected = [
    ['We came by bus.', 'report'],
    ['Open on Monday?', 'question'],
  ];
  const good: [name: string, path: string, content: string][] = [
    ['two columns', 'a.tsv', 'We came by bus.\treport\nOpen on Monday?\tquestion\n'],
    [
      'no final line feed, blank lines, CRLF',
      'a.tsv',
      'We came by bus.\treport\r\n\r\nOpen on Monday?\tquestion',
    ],
    ['a header', 'a.tsv', 'text\tlabel\nWe came by bus.\treport\nOpen on Monday?\tquestion\n'],
    [
      'a header with other columns in another order',
      'a.txt',
      'id\tLabel\tText\n1\treport\tWe came by bus.\n2\tquestion\tOpen on Monday?\n',
    ],
    [
      'JSON Lines',
      'a.jsonl',
      '{"text": "We came by bus.", "label": "report"}\n\n{"label": "question", "text": "Open on Monday?"}\n',
    ],
  ];
  for (const [name, path, content] of good)
    it(`reads ${name}`, () => assert.deepEqual(pairs(content, path), expected));

  it('takes numbers and truth values of JSON as labels', () => {
    const content = '{"text": "a", "label": 0}\n{"text": "b", "label": 1}\n{"text": "c", "label": true}';
    assert.deepEqual(pairs(content, 'a.ndjson'), [
      ['a', '0'],
      ['b', '1'],
      ['c', 'true'],
    ]);
  });

  it('remembers lines', () => {
    const [, second] = labelledTexts('text\tlabel\nx\ta\n\ny\tb\n', 'a.tsv');
    assert.equal(second.line, 4);
  });

  const bad: [name: string, path: string, content: string, line: number | undefined, message: RegExp][] = [
    ['nothing', 'a.tsv', '\n', undefined, /no texts/],
    ['a header alone', 'a.tsv', 'text\tlabel\n', undefined, /no texts/],
    ['one column', 'a.tsv', 'x\ta\nno label here\n', 2, /not a text, a tab and a label.*one tab/],
    ['a tab in a text', 'a.tsv', 'a\tb\tc\n', 1, /not a text, a tab and a label/],
    ['a column too many for the header', 'a.tsv', 'text\tlabel\nx\ta\tb\n', 2, /3 columns, the first line 2/],
    ['an empty text', 'a.tsv', ' \ta\n', 1, /text is empty/],
    ['an empty label', 'a.tsv', 'x\t \n', 1, /no label/],
    ['no JSON', 'a.jsonl', '{"text": "x", "label": "a"}\n{text}\n', 2, /not JSON.*"label"/],
    ['no object', 'a.jsonl', 'null\n', 1, /no "text"/],
    ['no text', 'a.jsonl', '{"label": "a"}\n', 1, /no "text"/],
    ['no label', 'a.jsonl', '{"text": "a", "label": null}\n', 1, /no "label"/],
  ];
  for (const [name, path, content, line, message] of bad)
    it(`refuses ${name}`, () =>
      assert.throws(
        () => labelledTexts(content, path),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.match(error.format(), message);
          assert.deepEqual(error.place, line === undefined ? { file: path } : { file: path, line });
          return true;
        },
      ));

  it('reads gzipped files', async () => {
    const path = join(folder, 'a.tsv.gz');
    await writeFile(path, gzipSync('x\ta\n'));
    assert.deepEqual(await readLabelledTexts(path), [{ text: 'x', label: 'a', line: 1 }]);
  });
});

describe('sentenceExamples', () => {
  it('gives the words of all sentences of a text as the tagger would see them', async () => {
    const path = join(folder, 'b.tsv');
    await writeFile(path, "It isn't open. Why not?\tquestion\n");
    assert.deepEqual(await readSentenceLayer(path), [
      { forms: ['It', 'is', "n't", 'open', '.', 'Why', 'not', '?'], labels: ['question'] },
    ]);
  });

  it('stops after 200 words', () => {
    const [{ forms }] = sentenceExamples(`${'word '.repeat(250)}\tlong\n`, 'a.tsv');
    assert.equal(forms.length, 200);
  });

  it('refuses a text without words', () => {
    assert.throws(() => sentenceExamples('x\ta\n\u200b\tb\n', 'a.tsv'), /no words/);
  });
});
