import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { Random } from '../../../models/random';
import { WeightAverage } from '../../../models/training/weightAverage';

describe('the running mean of weights', () => {
  before(() => loadBackend('auto'));

  it('equals the mean that plain arithmetic gives, and changes places with the weights', () => {
    const tensors = tf.memory().numTensors;
    const random = new Random(4);
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, -2]))); // [2]
    const average = new WeightAverage([variable], 0.9);
    const mean = [1, -2];
    let last: number[] = [];
    for (let step = 0; step < 200; step++) {
      last = [random.normal(), random.normal()];
      tf.tidy(() => variable.assign(tf.tensor1d(last))); // [2]
      average.update();
      const decay = Math.min(0.9, (1 + step) / (10 + step));
      for (const k of [0, 1]) mean[k] = decay * mean[k] + (1 - decay) * last[k];
    }
    average.swap();
    variable
      .dataSync()
      .forEach((value, k) => assert.ok(Math.abs(value - mean[k]) < 1e-5, `${value} ${mean[k]}`));
    average.swap();
    assert.deepEqual([...variable.dataSync()], [...Float32Array.from(last)]);
    average.dispose();
    variable.dispose();
    assert.equal(tf.memory().numTensors, tensors);
  });
});
