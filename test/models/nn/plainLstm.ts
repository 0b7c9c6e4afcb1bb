import type { tf } from '../../../models/backend';
import type { LstmClips } from '../../../models/nn/lstmPasses';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clip = (x: number, bound: number): number => (bound > 0 ? Math.max(-bound, Math.min(bound, x)) : x);

/**
 * The LSTM of `runLstm` written a second time, one number at a time in float64, to compare with.
 * @returns [N, T, B, P], flat
 */
export function plainLstm(inputs: Record<string, tf.Tensor>, clips: LstmClips): Float64Array {
  const [n, t, b, d] = inputs.x.shape;
  const h = inputs.bias.shape[1]! / 4;
  const p = inputs.recurrent.shape[1]!;
  const x = inputs.x.dataSync();
  const wx = inputs.input.dataSync();
  const wh = inputs.recurrent.dataSync();
  const bias = inputs.bias.dataSync();
  const wp = inputs.projection?.dataSync();
  const result = new Float64Array(n * t * b * p);
  for (let direction = 0; direction < n; direction++)
    for (let sentence = 0; sentence < b; sentence++) {
      let output = new Float64Array(p);
      const cell = new Float64Array(h);
      for (let step = 0; step < t; step++) {
        const gates = Array.from({ length: 4 * h }, (_, g) => {
          let sum = bias[direction * 4 * h + g];
          for (let k = 0; k < d; k++)
            sum += x[((direction * t + step) * b + sentence) * d + k] * wx[(direction * d + k) * 4 * h + g];
          for (let k = 0; k < p; k++) sum += output[k] * wh[(direction * p + k) * 4 * h + g];
          return sum;
        });
        const hidden = new Float64Array(h);
        for (let k = 0; k < h; k++) {
          const candidate = sigmoid(gates[k]) * Math.tanh(gates[h + k]);
          cell[k] = clip(sigmoid(gates[2 * h + k] + 1) * cell[k] + candidate, clips.cell);
          hidden[k] = sigmoid(gates[3 * h + k]) * Math.tanh(cell[k]);
        }
        output = new Float64Array(p);
        for (let k = 0; k < p; k++) {
          if (!wp) output[k] = hidden[k];
          else {
            for (let m = 0; m < h; m++) output[k] += hidden[m] * wp[(direction * h + m) * p + k];
            output[k] = clip(output[k], clips.projection);
          }
          result[((direction * t + step) * b + sentence) * p + k] = output[k];
        }
      }
    }
  return result;
}
