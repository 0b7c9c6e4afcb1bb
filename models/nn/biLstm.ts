import { tf } from '../backend';
import { reverseTime } from './gather';
import { LstmLayer } from './lstmLayer';
import type { Module, ParameterSource } from './parameters';

/** A bidirectional LSTM layer without projection or clips (Graves and Schmidhuber 2005). */
export class BiLstm implements Module {
  readonly #layer: LstmLayer;

  constructor(inputs: number, cells: number, source: ParameterSource) {
    this.#layer = new LstmLayer({ inputs, cells, projection: 0, clips: { cell: 0, projection: 0 } }, source);
  }

  variables(): [string, tf.Variable][] {
    return this.#layer.variables();
  }

  dispose(): void {
    this.#layer.dispose();
  }

  /**
   * @param x [T, B, D]
   * @param order as of `reversal`
   * @returns [T, B, 2H]
   */
  call(x: tf.Tensor3D, order: Int32Array): tf.Tensor3D {
    return tf.tidy(() => {
      const both = tf.stack([x, reverseTime(x, order)], 0) as tf.Tensor4D; // [2, T, B, D]
      const [forward, backward] = tf.unstack(this.#layer.call(both), 0) as tf.Tensor3D[]; // [T, B, H]
      return tf.concat([forward, reverseTime(backward, order)], 2); // [T, B, 2H]
    });
  }
}
