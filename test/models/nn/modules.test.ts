import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { BiLstm } from '../../../models/nn/biLstm';
import { CharCnn } from '../../../models/nn/charCnn';
import { characterIds } from '../../../models/nn/characters';
import { lookup, maxOverPositions, reversal, reverseTime } from '../../../models/nn/gather';
import { type Module, drawn, readWeights, writeWeights } from '../../../models/nn/parameters';
import { ScalarMix } from '../../../models/nn/scalarMix';
import { Random } from '../../../models/random';
import { assertClose } from '../../closeness';

const random = new Random(21);
const values = (...shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

/**
 * Compares the gradients by a module's variables with central differences, at some entries of each.
 * @param output what the module computes, as the variables stand
 */
async function checkVariables(module: Module, output: () => tf.Tensor, step: number): Promise<void> {
  const direction = tf.tidy(() => values(...output().shape));
  const loss = (): tf.Scalar => tf.sum(tf.mul(output(), direction));
  const entries = module.variables();
  const { value, grads } = tf.variableGrads(
    loss,
    entries.map(([, variable]) => variable),
  );
  value.dispose();
  for (const [name, variable] of entries) {
    const gradient = await grads[variable.name].data<'float32'>();
    const scale = Math.max(1e-2, ...Array.from(gradient, Math.abs));
    const start = (await readWeights([[name, variable]])).get(name)!;
    const lossAt = (at: number, delta: number): number => {
      const data = Float32Array.from(start.data);
      data[at] += delta;
      writeWeights([[name, variable]], new Map([[name, { shape: start.shape, data }]]));
      const result = tf.tidy(loss);
      const number = result.dataSync()[0];
      result.dispose();
      return number;
    };
    for (let at = 0; at < start.data.length; at += Math.max(1, Math.floor(start.data.length / 9))) {
      const slope = (lossAt(at, step) - lossAt(at, -step)) / (2 * step);
      assert.ok(
        Math.abs(slope - gradient[at]) <= 0.03 * scale,
        `${name}[${at}]: gradient ${gradient[at]}, difference ${slope}, largest ${scale}`,
      );
    }
    writeWeights([[name, variable]], new Map([[name, start]]));
  }
  tf.dispose([direction, ...Object.values(grads)]);
  module.dispose();
}

describe('modules: the gradients of their variables are the slopes', () => {
  before(() => loadBackend('auto'));

  for (const activation of ['tanh', 'relu'] as const)
    it(`character CNN, ${activation}`, async () => {
      const options = { characterSize: 3, highways: 1, projection: 4, maximumCharacters: 50, activation };
      const filters = [
        [1, 3],
        [2, 4],
        [4, 5],
      ] as const;
      const cnn = new CharCnn({ ...options, filters }, drawn(new Random(1)));
      const words = ['Ada', 'x', 'lighthouse', '🙂'].map((word) => characterIds(word, 50));
      // Maxima and ReLU have kinks: small steps stay on one side of nearly all of them.
      await checkVariables(cnn, () => cnn.call(words), 2e-3);
    });

  it('scalar mix', async () => {
    const mix = new ScalarMix(3, drawn(new Random(1)));
    const layers = [0, 1, 2].map(() => values(4, 2, 5) as tf.Tensor3D);
    await checkVariables(mix, () => mix.call(layers), 1e-2);
  });

  it('BiLSTM', async () => {
    const layer = new BiLstm(5, 4, drawn(new Random(1)));
    const x = values(6, 2, 5) as tf.Tensor3D;
    const order = reversal([6, 3], 6);
    await checkVariables(layer, () => layer.call(x, order), 1e-2);
  });
});

describe('scalar mix', () => {
  before(() => loadBackend('auto'));

  it('is gamma times the softmax-weighted sum of the layers', () => {
    const mix = new ScalarMix(2, {
      get: (name) => (name === 'gamma' ? Float32Array.of(3) : Float32Array.of(Math.log(1), Math.log(4))),
    });
    const layers = [tf.fill([1, 1, 2], 10), tf.fill([1, 1, 2], 20)] as tf.Tensor3D[];
    // weights 1/5 and 4/5: 3 · (10/5 + 80/5)
    assertClose(mix.call(layers).dataSync(), [54, 54], { terms: 3 });
    mix.dispose();
  });
});

describe('rows and their order', () => {
  before(() => loadBackend('auto'));

  it('sums the gradients of a row that is looked up twice', () => {
    const table = values(4, 2) as tf.Tensor2D;
    const weights = tf.tensor2d([1, 1, 10, 10, 100, 100], [3, 2]);
    const gradient = tf.grad((t: tf.Tensor) =>
      tf.sum(tf.mul(lookup(t as tf.Tensor2D, Int32Array.of(2, 0, 2)), weights)),
    )(table);
    assert.deepEqual([...gradient.dataSync()], [10, 10, 0, 0, 101, 101, 0, 0]);
  });

  it('shares the gradient of a maximum between equal values', () => {
    const x = tf.tensor3d([5, 5, 1], [1, 3, 1]);
    const gradient = tf.grad((t: tf.Tensor) => tf.sum(maxOverPositions(t as tf.Tensor3D)))(x);
    assert.deepEqual([...gradient.dataSync()], [0.5, 0.5, 0]);
  });

  it('reverses each sentence up to its own end, and back', () => {
    const x = tf.tensor3d([1, 10, 2, 20, 3, 30], [3, 2, 1]); // sentences 1 2 3 and 10 20 (30 is padding)
    const order = reversal([3, 2], 3);
    const reversed = reverseTime(x, order);
    assert.deepEqual([...reversed.dataSync()], [3, 20, 2, 10, 1, 30]);
    assert.deepEqual([...reverseTime(reversed, order).dataSync()], [...x.dataSync()]);
  });
});
