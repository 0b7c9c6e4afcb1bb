import { tf } from '../../../models/backend';
import type { BiLm } from '../../../models/nn/biLm';
import { characterIds, paddingId, sentenceMarkIds } from '../../../models/nn/characters';
import { plainLstm } from './plainLstm';

type Arrays = Map<string, { shape: number[]; data: ArrayLike<number> }>;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** x · W + b, with W [inputs, outputs] flat. */
function dense(x: number[], w: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return Array.from({ length: b.length }, (_, o) =>
    x.reduce((sum, value, i) => sum + value * w[i * b.length + o], b[o]),
  );
}

/** The vector of one word, over all 50 positions as the original program computes it. */
function wordVector(ids: Uint16Array, { options }: BiLm, arrays: Arrays): number[] {
  const { embedding, filters, activation, n_highway, max_characters_per_token } = options.char_cnn;
  const weights = (name: string): ArrayLike<number> => arrays.get(name)!.data;
  const table = weights('char_embed');
  const padded = Array.from({ length: max_characters_per_token }, (_, k) => ids[k] ?? paddingId);
  let x: number[] = [];
  filters.forEach(([width, count], k) => {
    const kernel = weights(`CNN/W_cnn_${k}`);
    for (let f = 0; f < count; f++) {
      let most = -Infinity;
      for (let p = 0; p + width <= padded.length; p++) {
        let sum = weights(`CNN/b_cnn_${k}`)[f];
        for (let w = 0; w < width; w++)
          for (let d = 0; d < embedding.dim; d++)
            sum +=
              table[(padded[p + w] - 1) * embedding.dim + d] * kernel[(w * embedding.dim + d) * count + f];
        most = Math.max(most, sum);
      }
      x.push(activation === 'relu' ? Math.max(0, most) : Math.tanh(most));
    }
  });
  for (let k = 0; k < n_highway; k++) {
    const carry = dense(x, weights(`CNN_high_${k}/W_carry`), weights(`CNN_high_${k}/b_carry`)).map(sigmoid);
    const changed = dense(x, weights(`CNN_high_${k}/W_transform`), weights(`CNN_high_${k}/b_transform`));
    x = x.map((value, i) => carry[i] * Math.max(0, changed[i]) + (1 - carry[i]) * value);
  }
  return dense(x, weights('CNN_proj/W_proj'), weights('CNN_proj/b_proj'));
}

/**
 * The biLM of one sentence written a second time, one number at a time in float64.
 * @returns [L+1][T][2P]
 */
export function plainBiLm(biLm: BiLm, forms: readonly string[]): number[][][] {
  const arrays: Arrays = new Map(
    biLm.variables().map(([name, v]) => [name, { shape: v.shape, data: Array.from(v.dataSync()) }]),
  );
  const { lstm, char_cnn } = biLm.options;
  const p = lstm.projection_dim;
  const ids = forms.map((form) => characterIds(form, char_cnn.max_characters_per_token));
  const words = [sentenceMarkIds('begin'), ...ids, sentenceMarkIds('end')].map((word) =>
    wordVector(word, biLm, arrays),
  );
  const steps = words.length;
  const inside = <T>(rows: T[]): T[] => rows.slice(1, -1);
  const layers = [inside(words.map((word) => [...word, ...word]))];
  let inputs = [words, [...words].reverse()]; // each direction in its own order of time
  for (let k = 0; k < lstm.n_layers; k++) {
    const array = (name: string): tf.Tensor => {
      const { shape, data } = arrays.get(`Layer${k}/${name}`)!;
      return tf.tensor(Array.from(data), shape);
    };
    const x = tf.tensor(inputs.flat(2), [2, steps, 1, p]);
    const weights = {
      input: array('input'),
      recurrent: array('recurrent'),
      bias: array('bias'),
      projection: array('projection'),
    };
    const flat = plainLstm({ x, ...weights }, { cell: lstm.cell_clip ?? 0, projection: lstm.proj_clip ?? 0 });
    tf.dispose([x, ...Object.values(weights)]);
    inputs = inputs.map((rows, direction) =>
      rows.map((row, t) =>
        row.map(
          (value, u) =>
            flat[(direction * steps + t) * p + u] + (lstm.use_skip_connections && k > 0 ? value : 0),
        ),
      ),
    );
    const backward = [...inputs[1]].reverse();
    layers.push(inside(inputs[0].map((row, t) => [...row, ...backward[t]])));
  }
  return layers;
}
