import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Random } from '../../../models/random';
import { Segmenter, segment, type TextFormat } from '../../../models/text/segmenter';
import type { Sentence } from '../../../models/text/span';
import { TrackedDocument } from '../../../server/documents/trackedDocument';
import { randomEdit } from './randomEdit';
import { segmentNow } from './segmentNow';

const TEXT = [
  'Dr. Ada Lovelace met Charles Babbage in London. She did not say much!',
  'He wrote:\n\n* notes\n* more notes. And more.\n',
  'Visit https://example.org/x today, or don\'t. "Fine," she said.',
].join('\n\n');

const uri = 'file:///notes.txt';

function open(text: string, format: TextFormat = 'plain'): TrackedDocument {
  const document = new TrackedDocument(TextDocument.create(uri, format, 1, text), new Segmenter(format));
  segmentNow(document);
  return document;
}

function edit(document: TrackedDocument, start: number, end: number, text: string) {
  document.applyChanges([{ range: document.rangeOf({ start, end }), text }], document.version + 1);
  return segmentNow(document);
}

/** Every sentence with its words and their offsets, in one string each. */
function placesOf(sentences: readonly Sentence[]): string[] {
  return sentences.map(({ start, end, tokens }) => {
    const words = tokens.map((token) => `${token.form}@${token.start}-${token.end}`);
    return `${start}-${end} ${words.join(' ')}`;
  });
}

function placesIn(document: TrackedDocument): string[] {
  return document.sentences.map((sentence) => {
    const words = sentence.forms.map((form, i) => {
      const { start, end } = sentence.tokenSpan(i);
      return `${form}@${start}-${end}`;
    });
    return `${sentence.start}-${sentence.end} ${words.join(' ')}`;
  });
}

for (const format of ['plain', 'markdown'] as const) {
  test(`1,000 random edits of a ${format} text leave the sentences of a full segmentation`, () => {
    const random = new Random(format === 'plain' ? 11 : 12);
    const document = open(TEXT, format);
    for (let i = 0; i < 1000; i++) {
      const change = randomEdit(document.length, random);
      const before = new Set(document.sentences);
      const { removed, added } = edit(document, change.start, change.end, change.text);
      const whole = document.getText({ start: 0, end: document.length });
      assert.deepEqual(
        placesIn(document),
        placesOf(segment(whole, format)),
        `edit ${i}: ${JSON.stringify(change)}`,
      );
      removed.forEach((sentence) => assert.ok(before.delete(sentence)));
      added.forEach((sentence) => before.add(sentence));
      assert.deepEqual(before, new Set(document.sentences), 'the change says what came and went');
    }
  });
}

const CASES = [
  { name: 'typing in a sentence', at: 'Two', text: 'Twenty-', removed: 1, added: 1 },
  { name: 'joining two sentences', at: '. Two', delete: 1, text: ',', removed: 2, added: 1 },
  { name: 'splitting a sentence', at: ' is here', text: '. It', removed: 1, added: 2 },
  { name: 'white space between paragraphs', at: '\n\nFour', text: '\n', removed: 0, added: 0 },
  { name: 'a new paragraph before all', at: 'One', text: 'Zero is new.\n\n', removed: 0, added: 1 },
];

for (const { name, at, delete: deleted = 0, text, removed, added } of CASES) {
  test(`${name}: ${removed} out, ${added} in`, () => {
    const document = open('One is here. Two is here. Three is here.\n\nFour is here.');
    const start = document.getText({ start: 0, end: document.length }).indexOf(at);
    const change = edit(document, start, start + deleted, text);
    assert.equal(change.removed.length, removed);
    assert.equal(change.added.length, added);
  });
}

test('a sentence and a word are found by offset', () => {
  const document = open('One is here.\n\n  Two are there.');
  const table: [offset: number, sentence: number | undefined, token: number][] = [
    [0, 0, 0], [3, 0, 0], [4, 0, 1], [11, 0, 3], [12, 0, 3], [13, undefined, -1], [16, 1, 0], [30, 1, 3],
  ]; // prettier-ignore
  for (const [offset, sentence, token] of table) {
    const found = document.sentenceAt(offset);
    assert.equal(
      found,
      sentence === undefined ? undefined : document.sentences[sentence],
      `offset ${offset}`,
    );
    assert.equal(found?.tokenAt(offset) ?? -1, token, `token at ${offset}`);
  }
});

test('sentences between offsets are those that share text with them', () => {
  const document = open('One is here. Two is here. Three is here.');
  const between = (start: number, end: number) =>
    document.sentencesBetween(start, end).map((sentence) => document.sentences.indexOf(sentence));
  assert.deepEqual(between(0, 12), [0]);
  assert.deepEqual(between(12, 13), []);
  assert.deepEqual(between(11, 14), [0, 1]);
  assert.deepEqual(between(0, 1000), [0, 1, 2]);
  assert.deepEqual(between(40, 50), []);
});

const UNTAGGED = [
  { name: 'text', text: 'All is well.\t\r\n', expected: undefined },
  { name: 'too long', text: 'x'.repeat(101), expected: /notes\.txt.*101.*maxDocumentLength/ },
  { name: 'a null byte', text: 'ab\0cd', expected: /contains invalid characters/ },
  { name: 'bytes that were no UTF-8', text: 'PK\ufffd\ufffd\u0003', expected: /contains invalid characters/ },
  {
    name: 'one replacement character in much text',
    text: `${'word '.repeat(19)}abcd\ufffd`,
    expected: undefined,
  },
];

test('files of data are not tagged, and are told where to go', () => {
  const names = [
    'a.conll',
    'a.conllu',
    'a.conllup',
    'a.tsv',
    'a.csv',
    'a.json',
    'a.jsonl',
    'a.ann',
    'a.xml',
    'a.TSV',
  ];
  for (const name of names) {
    const document = new TrackedDocument(
      TextDocument.create(`file:///texts/${name}`, 'plaintext', 1, 'Mira\tB-PER\n'),
      new Segmenter('plain'),
    );
    segmentNow(document, 100);
    assert.match(document.untagged ?? '', /^a\.\w+ is not tagged: .* data, not prose\. .*Import Annotations/);
    assert.equal(document.sentences.length, 0);
  }
});

for (const { name, text, expected } of UNTAGGED) {
  test(`${name} is ${expected ? 'not ' : ''}tagged`, () => {
    const document = new TrackedDocument(TextDocument.create(uri, 'plain', 1, text), new Segmenter('plain'));
    segmentNow(document, 100);
    if (expected === undefined) assert.equal(document.untagged, undefined);
    else {
      assert.match(document.untagged ?? '', expected);
      assert.equal(document.sentences.length, 0);
    }
  });
}
