import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnnotatedText, FormatName } from '../../../models/formats/annotatedText';
import { annotationFormat } from '../../../models/formats/formats';
import type { OffsetUnit } from '../../../models/formats/offsets';
import { UnclearUnit } from '../../../models/formats/unitOfWords';

type Triple = [start: number, end: number, label: string];

const RECORDS: Readonly<Record<string, (text: string, labels: readonly Triple[]) => unknown>> = {
  'doccano label': (text, label) => ({ text, label }),
  'doccano labels': (text, labels) => ({ text, labels }),
  'doccano entities': (text, labels) => ({
    text,
    entities: labels.map(([start_offset, end_offset, label]) => ({ label, start_offset, end_offset })),
  }),
  'doccano oldest': (text, entities) => ({ text, entities }),
  'prodigy spans': (text, labels) => ({
    text,
    spans: labels.map(([start, end, label]) => ({ start, end, label })),
  }),
  'prodigy entities': (text, entities) => ({ text, entities }),
  'spacy pair': (text, entities) => [text, { entities }],
};

const read = (shape: string, text: string, labels: readonly Triple[], unit?: OffsetUnit): AnnotatedText =>
  annotationFormat(shape.split(' ')[0] as FormatName).read(
    { name: 'x.jsonl', text: `${JSON.stringify(RECORDS[shape](text, labels))}\n` },
    { unit },
  )[0];

const UTF16 = ['doccano label', 'doccano labels', 'doccano entities'];
const POINTS = ['doccano oldest', 'prodigy spans', 'prodigy entities', 'spacy pair'];

/** The words of the label, or "?" where a person is asked. */
const CASES: [text: string, label: Triple, inUtf16: string, inPoints: string][] = [
  ['Hi 👨‍🚀 Mira left', [9, 13, 'PER'], 'Mira', '?'],
  ['Hi 👨‍🚀 Mira left', [7, 11, 'PER'], '?', 'Mira'],
  ['Hi 😀 Mira left', [5, 9, 'PER'], '?', 'Mira'],
  ['Hi 😀 Mira left', [6, 10, 'PER'], 'Mira', '?'],
  ['Mira left 😀', [0, 4, 'PER'], 'Mira', 'Mira'], // before the emoji the units agree
  ['Mira left 😀', [10, 11, 'MOOD'], '?', '😀'], // half of it in UTF-16
  ['Mira left 😀', [10, 12, 'MOOD'], '😀', '?'], // behind the end in code points
  ['😀 unhappy', [3, 5, 'NEG'], '?', '?'], // a part of a word in both
  ['😀 米拉离开', [3, 5, 'PER'], '?', '拉离'], // no blanks between words: the format says it, or nothing does
  ['😀 cafe\u0301 bar', [3, 8, 'ORG'], 'cafe\u0301', '?'],
  ['😀 שרה בחיפה', [2, 5, 'PER'], '?', 'שרה'],
  ['😀 a b', [3, 4, 'X'], 'a', '?'],
];

describe('offsets without quotes behind emoji', () => {
  for (const [text, label, inUtf16, inPoints] of CASES)
    for (const [shapes, words] of [
      [UTF16, inUtf16],
      [POINTS, inPoints],
    ] as const)
      for (const shape of shapes)
        it(`${shape}: ${label.join(' ')} of "${text}" is ${words}`, () => {
          if (words === '?')
            return assert.throws(
              () => read(shape, text, [label]),
              (error) =>
                error instanceof UnclearUnit &&
                /^x\.jsonl:1: The label .* --unit utf16 or --unit codepoints\.$/.test(error.format()) &&
                error.fits.length === 2,
            );
          const { labels } = read(shape, text, [label]);
          assert.deepEqual(
            labels.map(({ start, end }) => text.slice(start, end)),
            [words],
          );
        });

  it('count all labels of the file, and say how many stand on words', () =>
    assert.throws(
      () =>
        annotationFormat('doccano').read({
          name: 'x.jsonl',
          text: [
            { text: 'Hi 😀 Mira left', label: [[5, 9, 'PER']] },
            { text: 'Hi 😀 Otto left', label: [[5, 9, 'PER']] },
            { text: 'No emoji', label: [[0, 2, 'PER']] },
          ]
            .map((record) => JSON.stringify(record))
            .join('\n'),
        }),
      /x\.jsonl|of 2 labels behind emoji, 0 cover whole words in UTF-16, 2 in code points/,
    ));

  it('name line ends where CR LF counts as one', () => {
    const text = 'Ada left.\r\nOtto met\r\nMira.';
    const asOne: Triple[] = [[10, 14, 'PER'], [19, 23, 'PER']]; // prettier-ignore
    const plain: Triple[] = [[11, 15, 'PER'], [21, 25, 'PER']]; // prettier-ignore
    for (const shape of [...UTF16, ...POINTS]) {
      assert.throws(
        () => read(shape, text, asOne),
        /The label PER at 10–14 is ".Ott", and "Otto" if CR LF counts as one character\./,
      );
      for (const [labels, unit] of [
        [plain, undefined],
        [asOne, 'utf16'],
      ] as const)
        assert.equal(read(shape, text, labels, unit).labels.length, labels.length);
      // A part of a word in either way is what somebody meant.
      assert.equal(read(shape, text, [[12, 14, 'X']]).labels.length, 1);
    }
  });

  it('are as a person says', () => {
    const { text, labels } = read('doccano label', 'Hi 😀 Mira left', [[5, 9, 'PER']], 'codepoints');
    assert.equal(text.slice(labels[0].start, labels[0].end), 'Mira');
  });

  it('are proved by the tokens of Prodigy', () => {
    const spans = [{ start: 3, end: 6, label: 'PER' }];
    const tokens = [
      { text: '😀', start: 0, end: 2, id: 0 },
      { text: 'Ada', start: 3, end: 6, id: 1 },
    ];
    const line = JSON.stringify({ text: '😀 Ada Byron', spans, tokens });
    const codec = annotationFormat('prodigy');
    const [document] = codec.read({ name: 'x.jsonl', text: line });
    assert.equal(document.text.slice(document.labels[0].start, document.labels[0].end), 'Ada');
    const changed = document.labels.map((label) => ({ ...label, label: 'X' }));
    const { files } = codec.write([{ ...document, labels: changed }], 'x');
    const [again] = codec.read({ name: 'x.jsonl', text: files[0].content });
    assert.deepEqual(
      again.labels.map(({ label, start, end }) => [label, start, end]),
      [['X', 3, 6]],
    );
  });

  it('say their unit where Glossator wrote them and words would leave it open', () => {
    for (const format of ['doccano', 'prodigy'] as const) {
      const codec = annotationFormat(format);
      const document: AnnotatedText = {
        ...{ name: 'x', text: '😀 unhappy' },
        layers: [{ name: 'ner', kind: 'span' }],
        labels: [{ layer: 'ner', label: 'NEG', start: 3, end: 5 }],
      };
      const { files } = codec.write([document], 'x');
      assert.match(files[0].content, /"offset_unit":/);
      const [again] = codec.read({ name: 'x.jsonl', text: files[0].content });
      assert.deepEqual(again.labels, document.labels);
      const whole = { ...document, labels: [{ ...document.labels[0], end: 10 }] };
      assert.doesNotMatch(codec.write([whole], 'x').files[0].content, /offset_unit/);
    }
  });
});
