import { tf } from '../backend';

/**
 * Rows of a table, with a gradient made of ops that both backends have (the stock one needs
 * UnsortedSegmentSum, which WebAssembly lacks).
 * @param table [V, D]
 * @param rows indices into the table, any number N of them
 * @returns [N, D]
 */
export function lookup(table: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  const [size, width] = table.shape;
  const operation = tf.customGrad((values: tf.Tensor | tf.GradSaveFunc) => ({
    value: tf.gather(values as tf.Tensor2D, tf.tensor1d(rows, 'int32')), // [N, D]
    gradFunc: (dy: tf.Tensor) =>
      tf.scatterND(tf.tensor2d(rows, [rows.length, 1], 'int32'), dy, [size, width]), // [V, D]
  }));
  return operation(table) as tf.Tensor2D;
}

/**
 * Puts rows into another order. The gradient is the inverse order, so no rows are summed.
 * @param values [N, D]
 * @param order row `order[i]` of the argument becomes row i; a permutation of 0 … N-1
 * @returns [N, D]
 */
export function permute(values: tf.Tensor2D, order: Int32Array): tf.Tensor2D {
  const inverse = new Int32Array(order.length);
  order.forEach((from, to) => (inverse[from] = to));
  const operation = tf.customGrad((x: tf.Tensor | tf.GradSaveFunc) => ({
    value: tf.gather(x as tf.Tensor2D, tf.tensor1d(order, 'int32')), // [N, D]
    gradFunc: (dy: tf.Tensor) => tf.gather(dy as tf.Tensor2D, tf.tensor1d(inverse, 'int32')), // [N, D]
  }));
  return operation(values) as tf.Tensor2D;
}

/**
 * The order that reverses each sentence of a time-major batch and leaves its padding at the end; it is its own
 * inverse.
 * @param lengths tokens of each of the B sentences
 * @param steps T, at least the longest length
 * @returns for rows t·B + b
 */
export function reversal(lengths: readonly number[], steps: number): Int32Array {
  const sentences = lengths.length;
  const order = new Int32Array(steps * sentences);
  for (let t = 0; t < steps; t++)
    for (let b = 0; b < sentences; b++)
      order[t * sentences + b] = (t < lengths[b] ? lengths[b] - 1 - t : t) * sentences + b;
  return order;
}

/**
 * Reverses the sentences of a batch in time.
 * @param x [T, B, D]
 * @returns [T, B, D]
 */
export function reverseTime(x: tf.Tensor3D, order: Int32Array): tf.Tensor3D {
  const [t, b, d] = x.shape;
  return tf.reshape(permute(tf.reshape(x, [t * b, d]), order), [t, b, d]);
}

/**
 * Largest value over one axis; the gradient is shared between equal values, as TensorFlow does it.
 * @param x [U, C, F]
 * @returns [U, F]
 */
export function maxOverPositions(x: tf.Tensor3D): tf.Tensor2D {
  const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [values, save] = args as [tf.Tensor3D, tf.GradSaveFunc];
    const value = tf.max<tf.Tensor2D>(values, 1); // [U, F]
    save([values, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x3, y] = saved;
      const winners = tf.cast(tf.equal(x3, tf.expandDims(y, 1)), 'float32'); // [U, C, F]
      return tf.mul(winners, tf.expandDims(tf.div(dy, tf.sum(winners, 1)), 1)); // [U, C, F]
    };
    return { value, gradFunc };
  });
  return operation(x) as tf.Tensor2D;
}
