import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { alignedTable, type TableSentence } from '../../cli/terminal/alignedTable';

const SENTENCE: TableSentence = {
  forms: ['Ada', 'Lovelace', 'met', 'Al', 'in', 'Rome', '.'],
  tokenLayers: [['PROPN', 'PROPN', 'VERB', 'PROPN', 'ADP', 'PROPN', 'PUNCT']],
  spanLayers: [
    [
      { start: 0, end: 2, label: 'PER' },
      { start: 3, end: 4, label: 'PERSON' },
      { start: 5, end: 6, label: 'LOC' },
    ],
  ],
};

function table(sentence: TableSentence, width = 100, color = false): string[] {
  return alignedTable(sentence, { width, colors: createColors(color) });
}

describe('alignedTable', () => {
  it('sets tags and brackets under the words', () => {
    assert.deepEqual(table(SENTENCE), [
      'Ada    Lovelace  met   Al        in   Rome   .',
      'PROPN  PROPN     VERB  PROPN     ADP  PROPN  PUNCT',
      '[PER──────────]        [PERSON]       [LOC]',
    ]);
  });

  it('sets labels of the whole sentence below', () => {
    const sentenceLayers = [{ name: 'tone', label: 'glad', probability: 0.987 }];
    assert.deepEqual(table({ ...SENTENCE, sentenceLayers }).slice(3), ['tone: glad 98 %']);
  });

  it('goes on in further rows and marks the cut', () => {
    assert.deepEqual(table(SENTENCE, 14), [
      'Ada',
      'PROPN',
      '[PER…',
      'Lovelace  met',
      'PROPN     VERB',
      '…PER───]',
      'Al        in',
      'PROPN     ADP',
      '[PERSON]',
      'Rome   .',
      'PROPN  PUNCT',
      '[LOC]',
    ]);
  });

  it('counts wide and combining characters by their width on screen', () => {
    const [words, tags] = table({
      forms: ['東京', 'e\u0301', 'x'],
      tokenLayers: [['A', 'B', 'C']],
      spanLayers: [],
    });
    assert.equal(stringWidth(words), stringWidth(tags));
    assert.equal(tags, 'A     B  C');
  });

  it('aligns the same with colours', () => {
    const strip = (line: string): string => stripVTControlCharacters(line);
    const colored = table(SENTENCE, 100, true);
    assert.ok(colored.some((line) => line.includes('\u001b[')));
    assert.deepEqual(colored.map(strip), table(SENTENCE));
  });
});
