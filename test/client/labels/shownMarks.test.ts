import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { shownMarks, lanesOf } from '../../../client/labels/shownMarks';
import type { Mark } from '../../../client/marks';
import type { WireLabel } from '../../../server/protocol/labels';
import { given, suggested } from './samples';

const kindOf = (layer: string): Mark['kind'] => (layer === 'pos' ? 'token' : 'span');

function shown(suggestions: readonly Mark[], labels: readonly WireLabel[]): string[] {
  return shownMarks(suggestions, labels, kindOf).map(
    ({ layer, label, start, end, state, lane }) =>
      `${layer}/${label} ${start}-${end} ${state}${lane > 0 ? ` in ${lane}` : ''}`,
  );
}

suite('shownMarks', () => {
  const ada = suggested('ner', 'PER', 0, 3);
  const rome = suggested('ner', 'LOC', 10, 14);

  const cases: [string, Mark[], WireLabel[], string[]][] = [
    ['suggestions alone', [ada, rome], [], ['ner/PER 0-3 suggested', 'ner/LOC 10-14 suggested']],
    [
      'a label outranks the suggestions of its layer that it overlaps',
      [ada, rome],
      [given('ner', 'ORG', 2, 6)],
      ['ner/ORG 2-6 confirmed', 'ner/LOC 10-14 suggested'],
    ],
    [
      'labels of other layers outrank nothing',
      [ada],
      [given('role', 'HERO', 0, 3)],
      ['ner/PER 0-3 suggested', 'role/HERO 0-3 confirmed in 1'],
    ],
    ['a rejected suggestion is hidden', [ada], [given('ner', 'PER', 0, 3, { state: 'rejected' })], []],
    [
      'another label in the place of a rejected one is not hidden',
      [ada],
      [given('ner', 'ORG', 0, 3, { state: 'rejected' })],
      ['ner/PER 0-3 suggested'],
    ],
    [
      'spans in a reviewed sentence are hidden',
      [ada, rome],
      [given('@reviewed', '*', 0, 8)],
      ['ner/LOC 10-14 suggested'],
    ],
    [
      'a review of one layer hides that layer only',
      [ada, suggested('role', 'HERO', 0, 3)],
      [given('@reviewed', 'role', 0, 8)],
      ['ner/PER 0-3 suggested'],
    ],
    [
      'parts of speech stay in a reviewed sentence',
      [suggested('pos', 'NOUN', 0, 3, 'token')],
      [given('@reviewed', '*', 0, 8)],
      ['pos/NOUN 0-3 suggested'],
    ],
    [
      'a corrected part of speech takes the place of the other',
      [suggested('pos', 'NOUN', 0, 3, 'token')],
      [given('pos', 'VERB', 0, 3)],
      ['pos/VERB 0-3 confirmed'],
    ],
    [
      'labels that need review say so',
      [],
      [given('ner', 'PER', 0, 3, { review: 'changed' }), given('ner', 'PER', 5, 5, { review: 'lost' })],
      ['ner/PER 0-3 review', 'ner/PER 5-5 review'],
    ],
    [
      'a lost label outranks nothing',
      [ada],
      [given('ner', 'ORG', 2, 2, { review: 'lost' })],
      ['ner/PER 0-3 suggested', 'ner/ORG 2-2 review in 1'],
    ],
    [
      'two versions of a label wait for a choice',
      [],
      [given('ner', 'PER', 0, 3, { rivalOf: 'x' })],
      ['ner/PER 0-3 review'],
    ],
  ];
  for (const [name, suggestions, labels, expected] of cases) {
    test(name, () => assert.deepEqual(shown(suggestions, labels), expected));
  }

  test('agrees with comparing every pair', () => {
    const labels = Array.from({ length: 60 }, (_, i) => given('ner', 'PER', i * 7, i * 7 + (i % 9) + 1));
    const suggestions = Array.from({ length: 200 }, (_, i) => suggested('ner', 'ORG', i * 2, i * 2 + 3));
    const left = shownMarks(suggestions, labels, kindOf).filter(({ state }) => state === 'suggested');
    const expected = suggestions.filter(
      (mark) => !labels.some((label) => label.start < mark.end && mark.start < label.end),
    );
    assert.deepEqual(
      left.map(({ start }) => start),
      expected.map(({ start }) => start),
    );
  });
});

suite('lanesOf', () => {
  const cases: [string, [number, number][], number[]][] = [
    [
      'beside each other',
      [
        [0, 3],
        [3, 6],
        [8, 9],
      ],
      [0, 0, 0],
    ],
    [
      'nested',
      [
        [0, 9],
        [1, 8],
        [2, 3],
        [4, 5],
      ],
      [0, 1, 2, 2],
    ],
    [
      'the same words twice',
      [
        [0, 9],
        [0, 9],
      ],
      [0, 1],
    ],
    [
      'overlapping in a chain',
      [
        [0, 5],
        [4, 9],
        [8, 12],
      ],
      [0, 1, 2],
    ],
    [
      'deeper than can be told apart',
      [
        [0, 9],
        [0, 8],
        [0, 7],
        [0, 6],
        [0, 5],
      ],
      [0, 1, 2, 3, 3],
    ],
  ];
  for (const [name, spans, expected] of cases) {
    test(name, () => assert.deepEqual(lanesOf(spans.map(([start, end]) => ({ start, end }))), expected));
  }
});
