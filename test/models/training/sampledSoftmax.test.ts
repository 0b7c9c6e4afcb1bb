import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { Random } from '../../../models/random';
import { SampledSoftmax, sampledLoss } from '../../../models/training/sampledSoftmax';
import { assertClose } from '../../closeness';
import { checkGradients } from '../nn/gradients';

const inputs = 6;
const targets = Int32Array.from([0, 3, 3, 57, 91, 12, 0, 40]);

function setUp(seed: number) {
  const random = new Random(seed);
  const softmax = new SampledSoftmax(100, inputs, 20, random);
  const candidates = softmax.candidates(targets, random);
  const rows = Int32Array.from(targets, (c) => candidates.classes.indexOf(c));
  const x = tf.tensor2d(
    Float32Array.from({ length: targets.length * inputs }, () => random.normal()),
    [targets.length, inputs],
  );
  return { softmax, candidates, rows, x, table: softmax.rows(candidates.classes) };
}

describe('sampled softmax', () => {
  before(() => loadBackend('auto'));

  it('draws distinct classes, and adds the true ones that it missed', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { candidates } = setUp(seed);
      assert.equal(candidates.negatives, 20);
      assert.equal(new Set(candidates.classes).size, candidates.classes.length);
      for (const c of targets) assert.ok(candidates.classes.includes(c));
    }
  });

  it('equals the definition on plain numbers', () => {
    const { candidates, rows, x, table } = setUp(2);
    const loss = sampledLoss(x, table, rows, candidates).dataSync()[0];
    const [xs, weights] = [x.arraySync(), table.arraySync()];
    const score = (n: number, row: number): number =>
      [...xs[n], 1].reduce((sum, value, k) => sum + value * weights[row][k], 0) - candidates.logExpected[row];
    let expected = 0;
    rows.forEach((row, n) => {
      const scored = new Set([...Array(candidates.negatives).keys(), row]); // the true class counts once
      const sum = [...scored].reduce((total, other) => total + Math.exp(score(n, other)), 0);
      expected += (Math.log(sum) - score(n, row)) / rows.length;
    });
    assertClose(loss, expected, { terms: inputs + 1 + candidates.classes.length + targets.length });
  });

  it('has the gradient that its slope shows', () => {
    const { candidates, rows, x, table } = setUp(3);
    checkGradients({ x, table }, (tensors) =>
      sampledLoss(tensors.x as tf.Tensor2D, tensors.table as tf.Tensor2D, rows, candidates),
    );
  });

  it('moves only the rows it is given, against their gradients', () => {
    const { softmax } = setUp(4);
    const before = softmax.all().arraySync();
    softmax.update(Int32Array.from([7]), new Float32Array(inputs + 1).fill(1), 0.1);
    softmax
      .all()
      .arraySync()
      .forEach((row, c) =>
        row.forEach((value, k) => assert.ok(c === 7 ? value < before[c][k] : value === before[c][k])),
      );
  });
});
