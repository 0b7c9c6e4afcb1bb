import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findAgain } from '../../../models/annotations/findAgain';
import { atOnce } from '../../../models/atOnce';
import { TextForm } from '../../../models/annotations/textForm';
import { Random } from '../../../models/random';
import { sampleLabel, sampleOf } from './sampleLabel';

const WORDS = ['Oslo', 'Oslo', 'Ångström', 'café', 'Ada', 'été', '한국어', '👩‍💻', '"x"', 'Berg', 'of', 'שָׁלוֹם'];
const GAPS = [' ', ' ', ' ', '\n', '\n\n', '\n- '];

/** What other programs do to a text without changing a word of it. */
const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  ['LF', (text) => text.normalize('NFC')],
  ['CR LF', (text) => text.normalize('NFC').replaceAll('\n', '\r\n')],
  ['CR', (text) => text.normalize('NFC').replaceAll('\n', '\r')],
  ['NFD', (text) => text.normalize('NFD')],
  ['NFD and CR LF', (text) => text.normalize('NFD').replaceAll('\n', '\r\n')],
  [
    'lines broken anew',
    (text) => text.normalize('NFC').replace(/\s+/gu, (_, at: number) => (at % 3 ? ' ' : '\n  ')),
  ],
];

const wordsOf = (text: string): (readonly [number, number])[] =>
  [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => [index, index + word.length]);

describe('labels in another form of their text', () => {
  for (const [from, before] of FORMS)
    for (const [to, after] of FORMS) {
      const isBroken = [from, to].includes('lines broken anew');
      it(`stand on their own words: ${from} to ${to}`, () => {
        const random = new Random(7);
        for (let round = 0; round < 12; round++) {
          let text = '';
          for (let i = 0; i < 60; i++) {
            // Where lines are broken anew nothing tells equal surroundings apart: every word is another one there.
            const word = WORDS[random.below(WORDS.length)] + (isBroken ? `${i}` : '');
            text += word + GAPS[random.below(GAPS.length)];
          }
          const [old, now] = [before(text), after(text)];
          const [places, expected] = [wordsOf(old), wordsOf(now)];
          const some = places.map((_, i) => i).filter(() => random.below(round % 3 ? 8 : 1) === 0);
          const labels = some.map((i) => sampleLabel(old, ...places[i]));
          findAgain(labels, now).forEach(({ label }, i) => {
            assert.deepEqual([label.start, label.end], expected[some[i]], `${JSON.stringify(now)} ${i}`);
            assert.equal(label.review, undefined);
            assert.equal(label.quote, now.slice(label.start, label.end));
          });
        }
      });
    }

  /** Name, text before, label, text after, words found. */
  const table: [string, string, string, string, string][] = [
    [
      'LF to CR LF in a list',
      'They came:\n- Bergen\n- Molde\n',
      'Molde',
      'They came:\r\n- Bergen\r\n- Molde\r\n',
      'Molde',
    ],
    ['a label over a line end', 'from New\nYork to', 'New\nYork', 'from New\r\nYork to', 'New\r\nYork'],
    [
      'quotation marks that a word processor turned',
      'She saw "Bergen" and didn\'t see Molde.',
      '"Bergen" and didn\'t',
      'She saw “Bergen” and didn’t see Molde.',
      '“Bergen” and didn’t',
    ],
    ['a word in turned marks', '"Bergen"', 'Bergen', '“Bergen”', 'Bergen'],
    ['a label with its line end', '- Oslo\n- Oslo\n', 'Oslo\n', '- Oslo\r\n- Oslo\r\n', 'Oslo\r\n'],
    [
      'a label whose line was broken',
      'from New York to',
      'New York',
      'from New\n    York to',
      'New\n    York',
    ],
    [
      'an accent decomposed in the label',
      'In Tromsø José left',
      'José',
      'In Tromsø Jose\u0301 left',
      'Jose\u0301',
    ],
    ['an accent composed beside it', 'e\u0301te\u0301 Ada re\u0301e', 'Ada', 'été Ada rée', 'Ada'],
    ['blanks that do not break', 'le «\u00a0Monde\u00a0» dit', 'Monde', 'le « Monde » dit', 'Monde'],
    [
      'line ends and words before',
      'one\ntwo\nMira met\nOtto in\nOslo',
      'Otto',
      'One\r\nand\r\ntwo\r\nMira met\r\nOtto in\r\nOslo',
      'Otto',
    ],
    ['one accent that its neighbour lacks', 'café cafe\u0301 Ada', 'Ada', 'café café Ada', 'Ada'],
    ['Hangul in letters', '서울 Ada 서울', 'Ada', '서울 Ada 서울'.normalize('NFD'), 'Ada'],
    ['a byte order mark', 'Ada left.\n', 'Ada', '\ufeffAda left.\r\n', 'Ada'],
  ];
  for (const [name, before, words, after, expected] of table)
    it(`keeps a label through ${name}`, () => {
      const [{ label, newText }] = findAgain([sampleOf(before, words)], after);
      assert.deepEqual([newText, label.review], [expected, undefined]);
      assert.equal(after.slice(label.start, label.end), expected);
    });

  it('finds the right one of many equal lines after a change of line ends', () => {
    const text = 'INFO Otto logged in from Oslo, at the terminal in the hall\n'.repeat(200);
    const at = text.indexOf('Oslo', 120 * 59);
    const [{ label }] = findAgain([sampleLabel(text, at, at + 4)], text.replaceAll('\n', '\r\n'));
    assert.equal(label.start, at + 120);
  });

  it('still asks where other words stand', () => {
    const [{ status }] = findAgain([sampleOf('a\nMira\nb', 'Mira')], 'x\r\nNina\r\ny');
    assert.equal(status, 'lost');
  });
});

describe('TextForm', () => {
  it('writes what Unicode says, and knows where each code unit stands', () => {
    const random = new Random(11);
    const signs = [
      'a',
      'é',
      'e\u0301',
      '\u0323',
      '\u0307',
      'ậ',
      '각',
      '\u1100',
      '\u1161',
      '\u11a8',
      '가',
      'Å',
      '\n',
      '\r',
      'क़',
      '😀',
      'ﬁ',
      '\u0344',
    ];
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 1 + random.below(9) }, () => signs[random.below(signs.length)]).join(
        '',
      );
      for (const normal of ['NFC', 'NFD'] as const)
        for (const end of [undefined, '\n', '\r\n', '\r']) {
          const form = atOnce(TextForm.writing(text, end, normal));
          const ended = end === undefined ? text : text.replace(/\r\n?|\n/g, end);
          assert.equal(form.text, ended.normalize(normal), JSON.stringify(text));
          for (let at = 0; at < form.text.length; at++) {
            const [from, to] = [form.sourceStart(at), form.sourceEnd(at + 1)];
            assert.ok(from < to && to <= text.length);
            assert.ok(form.offsetOf(from) <= at && form.offsetOf(to) > at, JSON.stringify([text, at]));
          }
        }
    }
  });
});
