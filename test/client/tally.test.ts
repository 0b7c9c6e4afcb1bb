import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Mark } from '../../client/marks';
import { tally } from '../../client/tally';

const word = (label: string, start = 0): Mark => ({
  start,
  end: start + 1,
  layer: 'pos',
  kind: 'token',
  label,
});
const entity = (label: string, layer = 'ner'): Mark => ({ start: 0, end: 1, layer, kind: 'span', label });

const sentence = (label: string, index: number): Mark => ({
  start: 0,
  end: 9,
  layer: 'tone',
  kind: 'sentence',
  label,
  sentence: { kind: 'sentence', label, index, probability: 0.9, runnerUp: null },
});

suite('tally', () => {
  test('counts each tag once for each mark and keeps the marks in order', () => {
    const [noun] = tally([word('NOUN', 4), word('NOUN', 9)]);
    assert.deepEqual(
      noun.marks.map(({ start }) => start),
      [4, 9],
    );
    assert.equal(noun.key, 'pos/NOUN');
    assert.equal(noun.style.name, 'noun');
  });

  test('puts entities before words, layers together, labels in the order in which people read them', () => {
    const marks = [
      word('PUNCT'),
      entity('MISC'),
      word('NOUN'),
      entity('GENE', 'bio'),
      entity('PER'),
      word('VERB'),
    ];
    assert.deepEqual(
      tally(marks).map(({ key }) => key),
      ['bio/GENE', 'ner/PER', 'ner/MISC', 'pos/NOUN', 'pos/VERB', 'pos/PUNCT'],
    );
  });

  test('puts labels of sentences first, each in the colour of its place', () => {
    const tallies = tally([entity('PER'), sentence('glad', 0), sentence('sad', 1), sentence('sad', 1)]);
    assert.deepEqual(
      tallies.map(({ key, marks, style }) => [key, marks.length, style.color]),
      [
        ['tone/glad', 1, 'glossator.sentence.label1'],
        ['tone/sad', 2, 'glossator.sentence.label2'],
        ['ner/PER', 1, 'glossator.entity.personBorder'],
      ],
    );
  });

  test('keeps equal labels of two layers apart', () => {
    assert.equal(tally([entity('PER'), entity('PER', 'gold')]).length, 2);
  });

  test('is empty for a text without tags', () => assert.deepEqual(tally([]), []));
});
