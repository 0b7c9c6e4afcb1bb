import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { ablatedConfig } from '../../scripts/ablations.mjs';
import { uposOf, uposOfMark } from '../../scripts/peers/compromiseTags.mjs';
import { peersDir } from '../../scripts/peers/installPeers.mjs';
import { buildLibrary, library } from '../../scripts/peers/library.mjs';
import { scoreNames, scoreUpos } from '../../scripts/peers/scorePeer.mjs';

test('the tags of compromise become UPOS', () => {
  const cases = [
    [['Noun', 'Pronoun'], 'i', 'PRON'],
    [['Verb', 'Modal', 'Auxiliary'], 'can', 'AUX'],
    [['Verb', 'PresentTense'], 'think', 'VERB'],
    [['Noun', 'Singular', 'Person', 'ProperNoun'], 'ada', 'PROPN'],
    [['Noun', 'Singular'], 'dog', 'NOUN'],
    [['Conjunction'], 'because', 'SCONJ'],
    [['Conjunction'], 'and', 'CCONJ'],
    [['Preposition'], 'before', 'ADP'],
    [['Negative'], 'not', 'PART'],
    [['Determiner'], 'the', 'DET'],
    [['Value', 'Cardinal'], 'three', 'NUM'],
    [['Possessive', 'Pronoun'], 'my', 'PRON'],
    [['QuestionWord'], 'when', 'ADV'],
    [['QuestionWord'], 'who', 'PRON'],
    [[], 'zzz', 'X'],
  ];
  for (const [tags, form, upos] of cases) assert.equal(uposOf(tags, form), upos, form);
  assert.deepEqual(
    [uposOf(['Conjunction'], 'to', ['Infinitive']), uposOf(['Conjunction'], 'to', ['Noun'])],
    ['PART', 'ADP'],
  );
  assert.deepEqual(['...', ',', '$', '–'].map(uposOfMark), ['PUNCT', 'PUNCT', 'SYM', 'PUNCT']);
});

test('peers are scored on aligned words and on all', async (t) => {
  before(async () => {
    mkdirSync(peersDir, { recursive: true });
    await buildLibrary();
  });
  const row = (id, form, upos, misc = '_') => [id, form, '_', upos, '_', '_', '_', '_', '_', misc].join('\t');
  const token = (form, tag) => ({ form, words: [{ form, tag }] });

  await t.test('words', () => {
    const text = [
      '# text = Ada-Lee left.',
      row(1, 'Ada-Lee', 'PROPN'),
      row(2, 'left', 'VERB', 'SpaceAfter=No'),
      row(3, '.', 'PUNCT'),
    ].join('\n');
    const gold = [...library().readConllu(`${text}\n\n`)];
    const cut = [token('Ada', 'PROPN'), token('-', 'PUNCT'), token('Lee', 'PROPN')];
    const rest = [token('left', 'NOUN'), token('.', 'PUNCT')];
    assert.deepEqual(scoreUpos(gold, [[...cut, ...rest]]), { gold: 3, aligned: 2, right: 1 });
    // Other characters: nothing in that sentence is aligned.
    assert.deepEqual(scoreUpos(gold, [[token('Adalee', 'PROPN'), ...rest]]), {
      gold: 3,
      aligned: 0,
      right: 0,
    });
  });

  await t.test('names', () => {
    const gold = [
      { forms: ['Ada', 'Lee', 'saw', 'Rome', 'Cup'], labels: ['B-PER', 'I-PER', 'O', 'B-MISC', 'I-MISC'] },
    ];
    const spans = [
      { start: 0, end: 7, label: 'PER' },
      { start: 12, end: 16, label: 'LOC' },
      { start: 13, end: 16, label: 'ORG' }, // begins inside a word
      { start: 12, end: 20, label: 'MISC' }, // not one of the three types
    ];
    const { gold: wanted, predicted, correct } = scoreNames(gold, [spans]);
    assert.deepEqual([wanted, predicted, correct], [1, 3, 1]);
  });

  const installed = existsSync(path.join(peersDir, 'node_modules', 'compromise'));
  const skip = installed ? false : 'compromise is not installed; npm run bench:peers does it';
  await t.test('compromise is cut into the words of the treebank', { skip }, async () => {
    const { open } = await import('../../scripts/peers/compromisePeer.mjs');
    const { tagAll } = await open();
    const [{ tokens, spans }] = tagAll(['Dr. Smith didn’t see Ada\'s dog in Rome, "really"...'], true);
    assert.equal(
      tokens.map(({ words }) => words.map(({ form }) => form).join('+')).join(' '),
      'Dr. Smith did+n’t see Ada+\'s dog in Rome , " really " ...',
    );
    assert.deepEqual(
      spans.map(({ start, end, label }) => [start, end, label]).sort(([a], [b]) => a - b),
      [[4, 9, 'PER'], [21, 24, 'PER'], [34, 38, 'LOC']], // prettier-ignore
    );
  });
});

test('an ablation changes one thing', () => {
  const base = {
    seed: 1,
    biLm: '.',
    layers: ['pos', 'ner'].map((name) => ({
      name,
      train: `../${name}`,
      dev: 'dev',
      epochs: 8,
      head: { cells: 9 },
    })),
  };
  const config = ablatedConfig(
    base,
    { head: { embedderLayers: [0] }, layer: { epochs: 2 } },
    ['ner'],
    '/m/p',
  );
  assert.deepEqual(config, {
    seed: 1,
    biLm: '/m/p',
    layers: [
      { name: 'ner', train: '/m/ner', dev: '/m/p/dev', epochs: 2, head: { cells: 9, embedderLayers: [0] } },
    ],
  });
});
