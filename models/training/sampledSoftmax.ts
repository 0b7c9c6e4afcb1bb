import { tf } from '../backend';
import type { NamedArray, Weights } from '../nn/parameters';
import type { Random } from '../random';

/** Classes scored in one step: S shared negatives first, then the G true classes that are not among them. */
export interface Candidates {
  readonly classes: Int32Array;
  readonly negatives: number;
  /** log of the expected count of each candidate under sampling, [S + G]. */
  readonly logExpected: Float32Array;
}

/**
 * An output layer over many classes that are sorted by frequency. A step scores only the true classes and a
 * log-uniform sample shared by the batch (sampled softmax; Jean et al. 2015, section 3). The table lives outside
 * TensorFlow.js, because a step touches few of its rows; they are moved by Adagrad (Duchi et al. 2011), as in
 * bilm-tf.
 */
export class SampledSoftmax {
  /** [V, P+1]: a row of weights and its bias for each class. */
  readonly #table: Float32Array;
  readonly #squares: Float32Array;
  readonly #width: number;

  constructor(
    readonly classes: number,
    readonly inputs: number,
    readonly sampleSize: number,
    random: Random,
  ) {
    this.#width = inputs + 1;
    this.#table = new Float32Array(classes * this.#width);
    const scale = 1 / Math.sqrt(inputs);
    for (let c = 0; c < classes; c++) {
      for (let k = 0; k < inputs; k++) this.#table[c * this.#width + k] = random.normal() * scale;
      this.#table[c * this.#width + inputs] = Math.log(this.#sampling(c)); // the prior is a good first guess
    }
    this.#squares = new Float32Array(this.#table.length).fill(1e-8);
  }

  /** Probability of class c under the log-uniform (Zipf) distribution of the sampler. */
  #sampling(c: number): number {
    return Math.log((c + 2) / (c + 1)) / Math.log(this.classes + 1);
  }

  /** Draws distinct classes until the sample is full; the expected counts follow from the number of draws. */
  candidates(targets: Int32Array, random: Random): Candidates {
    const seen = new Set<number>();
    const size = Math.min(this.sampleSize, this.classes);
    const range = Math.log(this.classes + 1);
    let draws = 0;
    while (seen.size < size) {
      draws++;
      seen.add(Math.min(this.classes - 1, Math.floor(Math.exp(random.uniform() * range)) - 1));
    }
    const negatives = seen.size;
    const classes = Int32Array.from(new Set([...seen, ...targets])); // a set keeps the order of insertion
    const logExpected = Float32Array.from(classes, (c) =>
      Math.log(-Math.expm1(draws * Math.log1p(-this.#sampling(c)))),
    );
    return { classes, negatives, logExpected };
  }

  /** The rows of some classes as a tensor, [N, P+1]. */
  rows(classes: Int32Array): tf.Tensor2D {
    const values = new Float32Array(classes.length * this.#width);
    classes.forEach((c, row) => {
      values.set(this.#table.subarray(c * this.#width, (c + 1) * this.#width), row * this.#width);
    });
    return tf.tensor2d(values, [classes.length, this.#width]);
  }

  /** The whole table, [V, P+1], for exact probabilities. */
  all(): tf.Tensor2D {
    return tf.tensor2d(this.#table, [this.classes, this.#width]);
  }

  /** Moves rows against their gradients, [N, P+1] flat, by Adagrad. */
  update(classes: Int32Array, gradients: Float32Array, rate: number): void {
    const width = this.#width;
    classes.forEach((c, row) => {
      for (let k = 0; k < width; k++) {
        const g = gradients[row * width + k];
        const at = c * width + k;
        this.#squares[at] += g * g;
        this.#table[at] -= (rate * g) / Math.sqrt(this.#squares[at]);
      }
    });
  }

  /** What a checkpoint keeps. */
  state(): [string, NamedArray][] {
    const shape = [this.classes, this.#width];
    return [
      ['softmax/table', { shape, data: this.#table }],
      ['softmax/squares', { shape, data: this.#squares }],
    ];
  }

  restore(weights: Weights): void {
    this.#table.set(weights.get('softmax/table')!.data);
    this.#squares.set(weights.get('softmax/squares')!.data);
  }
}

/**
 * Mean cross-entropy of the true classes against the sampled ones, with a gradient of its own.
 * A sampled class that happens to be the true one counts once.
 * @param inputs [N, P]
 * @param table [S+G, P+1] rows of the candidates
 * @param targets N positions of the true classes among the candidates
 */
export function sampledLoss(
  inputs: tf.Tensor2D,
  table: tf.Tensor2D,
  targets: Int32Array,
  candidates: Candidates,
): tf.Scalar {
  const { classes, negatives, logExpected } = candidates;
  const count = targets.length;
  const isNew = Float32Array.from(targets, (row) => (row < negatives ? 0 : 1));
  const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const save = args[2] as tf.GradSaveFunc;
    const x = tf.concat([args[0] as tf.Tensor2D, tf.ones([count, 1])], 1) as tf.Tensor2D; // [N, P+1]
    const rows = args[1] as tf.Tensor2D;
    const width = rows.shape[1];
    const negativeRows = tf.slice(rows, [0, 0], [negatives, width]); // [S, P+1]
    const index = tf.tensor1d(targets, 'int32'); // [N]
    const trueRows = tf.gather(rows, index) as tf.Tensor2D; // [N, P+1]
    const corrections = tf.tensor1d(logExpected); // [S+G]
    const logits = tf.sub(tf.matMul(x, negativeRows, false, true), tf.slice(corrections, 0, negatives)); // [N, S]
    const truth = tf.sub(tf.sum(tf.mul(x, trueRows), 1), tf.gather(corrections, index)); // [N]
    const most = tf.max(logits, 1, true); // [N, 1]
    const powers = tf.exp(tf.sub(logits, most)); // [N, S]
    const sums = tf.sum(powers, 1, true); // [N, 1]
    const partition = tf.reshape(tf.add(most, tf.log(sums)), [count]); // [N]
    const fresh = tf.tensor1d(isNew); // [N]
    const margin = tf.sub(truth, partition); // [N]
    const losses = tf.sub(tf.mul(fresh, tf.softplus(margin)), margin); // [N]
    const share = tf.mul(fresh, tf.sigmoid(margin)); // [N]: probability of a true class outside the sample
    const dTruth = tf.div(tf.sub(share, 1), count); // [N]
    const dLogits = tf.mul(powers, tf.div(tf.reshape(tf.div(tf.sub(1, share), count), [count, 1]), sums)); // [N, S]
    const byTruth = tf.reshape(dTruth, [count, 1]); // [N, 1]
    const dx = tf.add(tf.matMul(dLogits as tf.Tensor2D, negativeRows), tf.mul(byTruth, trueRows)); // [N, P+1]
    const dNegatives = tf.matMul(dLogits as tf.Tensor2D, x, true, false); // [S, P+1]
    const places = tf.reshape(index, [count, 1]) as tf.Tensor2D; // [N, 1]
    const dTrue = tf.scatterND(places, tf.mul(byTruth, x), [classes.length, width]); // [S+G, P+1]
    const dRows = tf.add(
      dTrue,
      tf.pad(dNegatives, [
        [0, classes.length - negatives],
        [0, 0],
      ]),
    ); // [S+G, P+1]
    save([tf.slice(dx, [0, 0], [count, width - 1]), dRows]);
    return {
      value: tf.mean(losses),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((g) => tf.mul(g, dy)),
    };
  });
  return operation(inputs, table) as tf.Scalar;
}
