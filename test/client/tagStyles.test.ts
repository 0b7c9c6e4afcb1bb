import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { compareLabels, styleOf, usedColors } from '../../client/tagStyles';
import { manifest } from './manifest';

const UPOS = 'ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X'.split(' ');

suite('tagStyles', () => {
  test('content words differ by their line, not by colour alone', () => {
    const lines = 'NOUN PROPN PRON VERB AUX ADJ ADV NUM'.split(' ').map((tag) => styleOf('token', tag).line);
    assert.equal(new Set(lines).size, lines.length);
  });

  test('entities differ by their frame', () => {
    const lines = ['PER', 'ORG', 'LOC', 'MISC'].map((label) => styleOf('span', label).line);
    assert.equal(new Set(lines).size, lines.length);
  });

  test('every universal part of speech has a full name', () => {
    for (const tag of UPOS) assert.notEqual(styleOf('token', tag).name, tag);
  });

  test('a label that is not known goes by its own name, also where objects have such a property', () => {
    for (const label of ['DISEASE', 'constructor', '__proto__']) {
      assert.equal(styleOf('span', label).name, label);
      assert.equal(styleOf('token', label).name, label);
    }
  });

  test('labels are sorted as people read them', () => {
    const labels = ['ZZ', 'PUNCT', 'NOUN', 'MISC', 'AA', 'PER', 'VERB'];
    assert.deepEqual(labels.sort(compareLabels), ['PER', 'MISC', 'NOUN', 'VERB', 'PUNCT', 'AA', 'ZZ']);
  });

  test('six labels of sentences differ by colour, and go by their own names', () => {
    const styles = [0, 1, 2, 3, 4, 5].map((index) => styleOf('sentence', 'glad', index));
    assert.equal(new Set(styles.map(({ color }) => color)).size, 6);
    assert.equal(styleOf('sentence', 'sad', 6).color, styles[0].color);
    assert.equal(styles[0].name, 'glad');
  });

  test('package.json contributes every colour that is used, and no other', () => {
    const contributed = manifest().contributes.colors.map(({ id }) => id);
    assert.deepEqual(contributed.sort(), usedColors().sort());
  });
});
