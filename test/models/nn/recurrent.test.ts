import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { runLstm, runLstmFrom, zeroState } from '../../../models/nn/recurrent';
import { Random } from '../../../models/random';
import { assertClose } from '../../closeness';
import { checkGradients } from './gradients';
import { plainLstm } from './plainLstm';

const random = new Random(7);
const values = (size: number, scale: number): Float32Array =>
  Float32Array.from({ length: size }, () => random.normal() * scale);

function randomInputs(n: number, t: number, b: number, d: number, h: number, p: number | null) {
  const output = p ?? h;
  const inputs: Record<string, tf.Tensor> = {
    x: tf.tensor(values(n * t * b * d, 1), [n, t, b, d]),
    input: tf.tensor(values(n * d * 4 * h, 0.5), [n, d, 4 * h]),
    recurrent: tf.tensor(values(n * output * 4 * h, 0.5), [n, output, 4 * h]),
    bias: tf.tensor(values(n * 4 * h, 0.5), [n, 4 * h]),
  };
  if (p) inputs.projection = tf.tensor(values(n * h * p, 0.7), [n, h, p]);
  return inputs;
}

const weightsOf = (inputs: Record<string, tf.Tensor>) => ({
  input: inputs.input as tf.Tensor3D,
  recurrent: inputs.recurrent as tf.Tensor3D,
  bias: inputs.bias as tf.Tensor2D,
  projection: (inputs.projection as tf.Tensor3D | undefined) ?? null,
});

const cases = [
  { name: 'with projection and clips', p: 2, clips: { cell: 0.8, projection: 0.5 } },
  { name: 'with projection, unclipped', p: 2, clips: { cell: 0, projection: 0 } },
  { name: 'without projection', p: null, clips: { cell: 0, projection: 0 } },
];

describe('LSTM over a sequence', () => {
  before(() => loadBackend('auto'));

  for (const { name, p, clips } of cases) {
    it(`${name}: equals an implementation on plain arrays`, () => {
      const inputs = randomInputs(2, 4, 3, 5, 6, p);
      const y = tf.tidy(() => runLstm(inputs.x as tf.Tensor4D, weightsOf(inputs), clips));
      const expected = plainLstm(inputs, clips);
      assertClose(y.dataSync<'float32'>(), expected, { terms: 5 + (p ?? 0) + 6 });
    });

    it(`${name}: the gradient is the slope`, () => {
      const inputs = randomInputs(2, 4, 3, 5, 6, p);
      const size = 2 * 4 * 3 * (p ?? 6);
      const direction = tf.tensor(values(size, 1), [2, 4, 3, p ?? 6]);
      checkGradients(
        inputs,
        (tensors) =>
          tf.sum(
            tf.mul(runLstm(tensors.x as tf.Tensor4D, weightsOf(tensors), clips), direction),
          ) as tf.Scalar,
        // A clip is a kink: steps must be small there to stay on one side.
        { step: clips.cell ? 2e-3 : 1e-2, tolerance: 2e-2 },
      );
    });
  }

  it('goes on from a state as if it had never stopped', () => {
    const inputs = randomInputs(2, 6, 3, 5, 6, 4);
    const weights = weightsOf(inputs);
    const clips = { cell: 0.8, projection: 0.5 };
    const x = inputs.x as tf.Tensor4D;
    const whole = runLstm(x, weights, clips);
    const first = runLstmFrom(tf.slice(x, 0, [2, 2, 3, 5]), weights, clips, zeroState(2, 3, weights));
    const second = runLstmFrom(tf.slice(x, [0, 2, 0, 0], [2, 4, 3, 5]), weights, clips, first.state);
    const joined = tf.concat([first.output, second.output], 1);
    assertClose(joined.dataSync<'float32'>(), whole.dataSync<'float32'>(), { terms: 5 + 4 + 6 });
  });
});
