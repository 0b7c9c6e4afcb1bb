import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { BiLm, twice, withoutMarks } from '../../../models/nn/biLm';
import { biLmParts, namedBiLmParts } from '../../../models/nn/biLmParts';
import { drawn, readWeights } from '../../../models/nn/parameters';
import { roundTuned, tunedBiLm, tunedDeltas } from '../../../models/nn/tunedBiLm';
import { Random } from '../../../models/random';
import { tinyElmo } from '../tinyModel';

const tinyBiLm = (): BiLm => new BiLm(tinyElmo, drawn(new Random(5)));

/** [T, B, 2P] of the tiny biLM, sentences of 7 and 5 words with marks. */
const lengths = [7, 5];
function tokenVectors(): tf.Tensor3D {
  const random = new Random(3);
  return tf.tensor3d(
    Float32Array.from({ length: 7 * 2 * 8 }, () => random.normal()),
    [7, 2, 8],
  );
}

const numbers = (layers: readonly tf.Tensor[]): number[][] =>
  layers.map((layer) => Array.from(layer.dataSync()));

describe('parts of a biLM', () => {
  it('are named from the top down and hold every weight once', () => {
    const parts = biLmParts(tinyElmo);
    assert.deepEqual(
      parts.map(({ name, depth }) => [name, depth]),
      [
        ['lstm2', 0],
        ['lstm1', 1],
        ['projection', 2],
        ['highway', 3],
        ['characters', 4],
      ],
    );
    assert.deepEqual(parts[0].weights, [
      'Layer1/input',
      'Layer1/recurrent',
      'Layer1/bias',
      'Layer1/projection',
    ]);
    const plain = biLmParts({ ...tinyElmo, char_cnn: { ...tinyElmo.char_cnn, n_highway: 0 } });
    assert.ok(!plain.some(({ name }) => name === 'highway'));
  });

  it('are chosen by name, and a wrong name is told which there are', () => {
    const names = namedBiLmParts(tinyElmo, ['projection', 'lstm2']).map(({ name }) => name);
    assert.deepEqual(names, ['lstm2', 'projection']);
    assert.throws(() => namedBiLmParts(tinyElmo, ['lstm2', 'lstm3']), {
      name: 'InputError',
      message: 'The biLM has no part "lstm3" to tune.',
      remedy: 'It has: lstm2, lstm1, projection, highway, characters.',
    });
  });
});

describe('tuned biLM', () => {
  before(() => loadBackend('auto'));

  it('goes on from any lower layers to just what the whole gives', () => {
    const biLm = tinyBiLm();
    tf.tidy(() => {
      const whole = biLm.complete([twice(tokenVectors())], lengths).layers; // 3 times [7, 2, 16]
      assert.deepEqual(
        numbers(withoutMarks(whole)),
        numbers(biLm.representations(tokenVectors(), lengths).layers),
      );
      for (const count of [1, 2, 3]) {
        const lower = biLm.complete([twice(tokenVectors())], lengths, { count }).layers;
        assert.equal(lower.length, count);
        assert.deepEqual(numbers(biLm.complete(lower, lengths).layers), numbers(whole));
      }
    });
    biLm.dispose();
  });

  for (const { name, weights, ...part } of biLmParts(tinyElmo)) {
    it(`owns the weights of ${name} and borrows all others`, async () => {
      const base = tinyBiLm();
      const tensors = tf.memory().numTensors;
      const tuned = tunedBiLm(base, [{ name, weights, ...part }]);
      assert.equal(tf.memory().numTensors, tensors + weights.length);
      assert.deepEqual(
        tuned.variables().map(([own]) => own),
        [...weights],
      );
      const before = await readWeights(base.variables());
      for (const [, variable] of tuned.variables()) tf.tidy(() => variable.assign(tf.add(variable, 0.25)));
      assert.deepEqual(await readWeights(base.variables()), before);
      tuned.dispose();
      assert.equal(tf.memory().numTensors, tensors);
      base.dispose();
    });
  }

  it('is made again from its rounded difference, bit for bit', async () => {
    const base = tinyBiLm();
    const parts = namedBiLmParts(tinyElmo, ['lstm2', 'characters']);
    const tuned = tunedBiLm(base, parts);
    const random = new Random(8);
    for (const [, variable] of tuned.variables())
      tf.tidy(() => {
        const values = Float32Array.from({ length: variable.size }, () => 0.01 * random.normal());
        variable.assign(tf.add(variable, tf.tensor(values, variable.shape)));
      });
    await roundTuned(tuned, base);
    const deltas = await tunedDeltas(tuned, base);
    const again = tunedBiLm(base, parts, deltas);
    assert.deepEqual(await readWeights(again.variables()), await readWeights(tuned.variables()));
    again.dispose();
    deltas.delete('Layer1/bias');
    assert.throws(() => tunedBiLm(base, parts, deltas), /"Layer1\/bias" is missing/);
    deltas.set('Layer1/bias', { shape: [2, 3], data: new Float32Array(6) });
    assert.throws(
      () => tunedBiLm(base, parts, deltas),
      /"Layer1\/bias" has shape \[2, 3\], expected \[2, 64\]/,
    );
    deltas.set('Layer0/bias', { shape: [2, 64], data: new Float32Array(128) });
    assert.throws(() => tunedBiLm(base, parts, deltas), /"Layer0\/bias" is of no tuned part/);
    tuned.dispose();
    base.dispose();
  });
});
