import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { countWords, marksIn, tagKey } from '../../client/marks';
import type { WireSentence } from '../../server/protocol/messages';

/** "Ann met Bo.  Rome won." after one line break. */
const sentences: readonly WireSentence[] = [
  {
    gap: 1,
    length: 11,
    tokens: [0, 3, 4, 7, 8, 10, 10, 11],
    layers: {
      pos: {
        kind: 'token',
        labels: ['PROPN', 'VERB', 'PROPN', 'PUNCT'],
        probabilities: [1, 1, 1, 1],
      },
      ner: {
        kind: 'span',
        spans: [
          { start: 0, end: 1, label: 'PER', probability: 0.9 },
          { start: 2, end: 3, label: 'PER', probability: 0.9 },
        ],
      },
    },
  },
  {
    gap: 2,
    length: 9,
    tokens: [0, 4, 5, 8, 8, 9],
    layers: {
      ner: { kind: 'span', spans: [{ start: 0, end: 2, label: 'ORG', probability: 0.5 }] },
      tone: { kind: 'sentence', label: 'glad', index: 1, probability: 0.7, runnerUp: null },
    },
  },
  { gap: 1, length: 3, tokens: [0, 3], layers: null },
];

const text = '\nAnn met Bo.  Rome won. Yes';

function read(window?: { start: number; end: number }): string[] {
  return [...marksIn(sentences, window)].map((mark) => `${tagKey(mark)} ${text.slice(mark.start, mark.end)}`);
}

suite('marksIn', () => {
  const first = ['pos/PROPN Ann', 'pos/VERB met', 'pos/PROPN Bo', 'pos/PUNCT .', 'ner/PER Ann', 'ner/PER Bo'];
  const second = ['ner/ORG Rome won', 'tone/glad Rome won.'];

  const cases: [string, { start: number; end: number } | undefined, string[]][] = [
    ['the whole text', undefined, [...first, ...second]],
    ['sentences that the window touches', { start: 11, end: 13 }, first],
    ['the second sentence', { start: 12, end: 15 }, second],
    ['a gap between sentences', { start: 12, end: 14 }, []],
    ['a sentence without tags', { start: 24, end: 30 }, []],
    ['an empty window before the text', { start: 0, end: 0 }, []],
  ];
  for (const [name, window, expected] of cases) {
    test(name, () => assert.deepEqual(read(window), expected));
  }
});

test('countWords counts tagged words and all words', () => {
  assert.deepEqual(countWords(sentences), { tagged: 7, all: 8 });
  assert.deepEqual(countWords([]), { tagged: 0, all: 0 });
});
