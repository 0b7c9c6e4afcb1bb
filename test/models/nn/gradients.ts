import assert from 'node:assert/strict';
import { tf } from '../../../models/backend';

/**
 * Compares the gradient of `loss` with central differences, at some entries of each input.
 * Float32 arithmetic bounds how close they can be: `tolerance` is relative to the largest gradient.
 */
export function checkGradients(
  inputs: Record<string, tf.Tensor>,
  loss: (inputs: Record<string, tf.Tensor>) => tf.Scalar,
  { entries = 12, step = 1e-2, tolerance = 1e-2 } = {},
): void {
  const names = Object.keys(inputs);
  const named = (tensors: tf.Tensor[]): Record<string, tf.Tensor> =>
    Object.fromEntries(names.map((name, k) => [name, tensors[k]]));
  const gradients = tf.grads((...tensors: tf.Tensor[]) => loss(named(tensors)))(Object.values(inputs));
  names.forEach((name, k) => {
    const exact = gradients[k].dataSync<'float32'>();
    const values = inputs[name].dataSync<'float32'>();
    const scale = Math.max(1e-3, ...Array.from(exact, Math.abs));
    const stride = Math.max(1, Math.floor(values.length / entries));
    for (let at = 0; at < values.length; at += stride) {
      const lossAt = (delta: number): number => {
        const moved = Float32Array.from(values);
        moved[at] += delta;
        const value = tf.tidy(() => loss({ ...inputs, [name]: tf.tensor(moved, inputs[name].shape) }));
        const result = value.dataSync()[0];
        value.dispose();
        return result;
      };
      const numeric = (lossAt(step) - lossAt(-step)) / (2 * step);
      assert.ok(
        Math.abs(numeric - exact[at]) <= tolerance * scale,
        `${name}[${at}]: gradient ${exact[at]}, difference ${numeric}, largest ${scale}`,
      );
    }
  });
  tf.dispose(gradients);
}

/**
 * The same for variables that `loss` reads by itself; they are left as they were.
 * @param variables by name
 */
export function checkVariableGradients(
  variables: readonly (readonly [string, tf.Variable])[],
  loss: () => tf.Scalar,
  { entries = 12, step = 1e-2, tolerance = 1e-2 } = {},
): void {
  const { value, grads } = tf.valueAndGrads(loss)(variables.map(([, variable]) => variable));
  const lossNow = (): number => {
    const now = tf.tidy(loss);
    const result = now.dataSync()[0];
    now.dispose();
    return result;
  };
  variables.forEach(([name, variable], k) => {
    const exact = grads[k].dataSync<'float32'>();
    const values = Float32Array.from(variable.dataSync<'float32'>());
    const scale = Math.max(1e-3, ...Array.from(exact, Math.abs));
    const lossAt = (at: number, delta: number): number => {
      const moved = Float32Array.from(values);
      moved[at] += delta;
      tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
      return lossNow();
    };
    for (let at = 0; at < values.length; at += Math.max(1, Math.floor(values.length / entries))) {
      const numeric = (lossAt(at, step) - lossAt(at, -step)) / (2 * step);
      assert.ok(
        Math.abs(numeric - exact[at]) <= tolerance * scale,
        `${name}[${at}]: gradient ${exact[at]}, difference ${numeric}, largest ${scale}`,
      );
    }
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  });
  tf.dispose([value, ...grads]);
}
