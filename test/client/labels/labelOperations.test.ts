import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelKeys, labelOfKey } from '../../../client/labels/labelKeys';
import { accepting, givingLabel, rejecting, relabelling } from '../../../client/labels/labelOperations';
import { targetAt } from '../../../client/labels/targetAt';
import type { WireLabel } from '../../../server/protocol/labels';
import { asShown, given, shownLabel, suggested } from './samples';

suite('givingLabel', () => {
  const per = { layer: 'ner', label: 'PER', start: 4, end: 8 };
  const cases: [string, WireLabel[], boolean, unknown[]][] = [
    ['adds it', [], false, [{ kind: 'add', ...per }]],
    ['does nothing where it is there', [given('ner', 'PER', 4, 8)], false, []],
    [
      'confirms it where it was rejected',
      [given('ner', 'PER', 4, 8, { state: 'rejected' })],
      false,
      [{ kind: 'change', id: 'ner-PER-4-8', state: 'confirmed' }],
    ],
    [
      'makes another label of the same words this one',
      [given('ner', 'ORG', 4, 8)],
      false,
      [{ kind: 'change', id: 'ner-ORG-4-8', label: 'PER', start: 4, end: 8 }],
    ],
    [
      'moves the borders of a label in the way, and removes others',
      [given('ner', 'PER', 2, 6), given('ner', 'LOC', 7, 9)],
      false,
      [
        { kind: 'remove', id: 'ner-LOC-7-9' },
        { kind: 'change', id: 'ner-PER-2-6', label: 'PER', start: 4, end: 8 },
      ],
    ],
    ['leaves labels beside it alone', [given('ner', 'PER', 8, 9)], false, [{ kind: 'add', ...per }]],
    ['leaves other layers alone', [given('role', 'PER', 4, 8)], false, [{ kind: 'add', ...per }]],
    [
      'stands beside others where they may overlap',
      [given('ner', 'ORG', 2, 8)],
      true,
      [{ kind: 'add', ...per }],
    ],
    [
      'stands beside another on the same words where they may overlap',
      [given('ner', 'ORG', 4, 8)],
      true,
      [{ kind: 'add', ...per }],
    ],
    [
      'passes over a lost label',
      [given('ner', 'PER', 5, 5, { review: 'lost' })],
      false,
      [{ kind: 'add', ...per }],
    ],
  ];
  for (const [name, labels, mayOverlap, expected] of cases) {
    test(name, () => assert.deepEqual(givingLabel(per, labels, mayOverlap), expected));
  }
});

suite('a decision', () => {
  const suggestion = asShown(suggested('ner', 'PER', 4, 8));
  const span = { layer: 'ner', start: 4, end: 8 };

  test('to accept a suggestion keeps its probability', () => {
    const expected = [{ kind: 'add', ...span, label: 'PER', confidence: 0.8 }];
    assert.deepEqual(accepting(suggestion, [], false), expected);
  });

  test('to accept a label that needs review confirms it where it stands', () => {
    const mark = shownLabel(given('ner', 'PER', 4, 8, { review: 'changed' }));
    assert.deepEqual(accepting(mark, [], false), [{ kind: 'change', id: 'ner-PER-4-8', state: 'confirmed' }]);
  });

  test('to accept a confirmed or a lost label changes nothing', () => {
    assert.deepEqual(accepting(shownLabel(given('ner', 'PER', 4, 8)), [], false), []);
    assert.deepEqual(accepting(shownLabel(given('ner', 'PER', 4, 4, { review: 'lost' })), [], false), []);
  });

  test('to reject a suggestion is a label of its own', () => {
    const expected = [{ kind: 'add', ...span, label: 'PER', state: 'rejected', confidence: 0.8 }];
    assert.deepEqual(rejecting(suggestion), expected);
  });

  test('to relabel changes a label, and gives a suggestion a new one', () => {
    assert.deepEqual(relabelling(suggestion, 'ORG', [], false), [
      { kind: 'add', ...span, label: 'ORG', confidence: 0.8 },
    ]);
    const mark = shownLabel(given('ner', 'PER', 4, 8));
    assert.deepEqual(relabelling(mark, 'ORG', [], false), [
      { kind: 'change', id: 'ner-PER-4-8', label: 'ORG' },
    ]);
    assert.deepEqual(relabelling(mark, 'PER', [], false), []);
  });
});

suite('targetAt', () => {
  const marks = [
    asShown(suggested('tone', 'glad', 0, 40, 'sentence')),
    asShown(suggested('pos', 'PROPN', 4, 8, 'token')),
    asShown(suggested('pos', 'PROPN', 9, 12, 'token')),
    asShown(suggested('ner', 'PER', 4, 12)),
    shownLabel(given('role', 'HERO', 4, 20)),
  ];
  const cases: [string, number, number, string | undefined, string | undefined][] = [
    ['the shortest span around the cursor', 6, 6, undefined, 'PER'],
    ['the span around a word that no other covers', 15, 15, undefined, 'HERO'],
    ['what the selection covers exactly', 9, 12, undefined, 'PROPN'],
    ['the sentence where there is no more', 30, 30, undefined, 'glad'],
    ['what is of a layer', 6, 6, 'role', 'HERO'],
    ['nothing outside', 50, 50, undefined, undefined],
    ['nothing around a longer selection', 0, 45, undefined, undefined],
  ];
  for (const [name, start, end, layer, expected] of cases) {
    test(name, () => assert.equal(targetAt(marks, { start, end }, layer)?.label, expected));
  }

  test('of two neighbours, the one that begins at the cursor', () => {
    const pair = [asShown(suggested('ner', 'A', 0, 4)), asShown(suggested('ner', 'B', 4, 8))];
    assert.equal(targetAt(pair, { start: 4, end: 4 })?.label, 'B');
  });
});

suite('keys of labels', () => {
  const layer = {
    labels: [{ name: 'PER', key: 'p' }, { name: 'ORG' }, { name: 'TWO', key: '1' }, { name: 'LOC' }],
  };

  test('are those of the project, else free digits', () => {
    assert.deepEqual(
      [...labelKeys(layer)],
      [
        ['PER', 'p'],
        ['ORG', '2'],
        ['TWO', '1'],
        ['LOC', '3'],
      ],
    );
  });

  test('tell upper from lower case only where both are taken', () => {
    assert.equal(labelOfKey(layer, 'P'), 'PER');
    const both = {
      labels: [
        { name: 'a', key: 'x' },
        { name: 'b', key: 'X' },
      ],
    };
    assert.equal(labelOfKey(both, 'X'), 'b');
    assert.equal(labelOfKey(both, 'y'), undefined);
  });

  test('run out after nine', () => {
    const many = { labels: Array.from({ length: 12 }, (_, i) => ({ name: `l${i}` })) };
    assert.equal(labelKeys(many).size, 9);
  });
});
