import { tf } from '../backend';
import type { BiLm } from '../nn/biLm';
import type { NamedArray, Weights } from '../nn/parameters';
import { readWeights, writeWeights } from '../nn/parameters';
import type { Random } from '../random';
import { Adam } from './adam';
import type { LmBatch } from './lmBatch';
import { contextVectors, type Dropout, noDropout, prepareBatch } from './lmObjective';
import { SampledSoftmax, sampledLoss } from './sampledSoftmax';

export interface LmTrainerOptions {
  /** Share of values zeroed between the layers' ends, in [0, 1). */
  readonly dropout: number;
  /** Classes sampled in a step. */
  readonly sampleSize: number;
}

/** Takes training steps of a biLM and measures its perplexity. Owns the optimizer; the biLM is the caller's. */
export class LmTrainer {
  readonly #softmax: SampledSoftmax;
  readonly #optimizer: Adam;

  constructor(
    readonly biLm: BiLm,
    readonly classes: ReadonlyMap<string, number>,
    readonly options: LmTrainerOptions,
    readonly random: Random,
  ) {
    this.#softmax = new SampledSoftmax(classes.size, biLm.projection, options.sampleSize, random);
    this.#optimizer = new Adam(biLm.variables());
  }

  /**
   * One step.
   * @param rates learning rates of the network and of the output layer
   * @returns mean sampled loss in nats, and how many predictions it is the mean of
   */
  step(batch: LmBatch, rates: { network: number; output: number }): { loss: number; predictions: number } {
    const { words, targets } = prepareBatch(batch, this.biLm, this.classes);
    const candidates = this.#softmax.candidates(targets.classes, this.random);
    const places = new Map(Array.from(candidates.classes, (c, row) => [c, row]));
    const rows = Int32Array.from(targets.classes, (c) => places.get(c)!);
    const variables = this.biLm.variables().map(([, variable]) => variable);
    const dropout = this.#dropout();
    const table = this.#softmax.rows(candidates.classes); // [S+G, P+1]
    const results = tf.tidy(() => {
      const compute = (...inputs: tf.Tensor[]): tf.Scalar =>
        sampledLoss(
          contextVectors(this.biLm, words, targets, dropout),
          inputs[0] as tf.Tensor2D,
          rows,
          candidates,
        );
      // `grads` differentiates by its arguments; variables are arguments whose values it already knows.
      const { value, grads } = tf.valueAndGrads(compute)([table, ...variables]);
      return [value, ...grads];
    });
    const [loss, tableGradient, ...gradients] = results;
    this.#optimizer.step(gradients, rates.network);
    this.#softmax.update(candidates.classes, tableGradient.dataSync<'float32'>(), rates.output);
    const mean = loss.dataSync()[0];
    tf.dispose([table, ...results]);
    return { loss: mean, predictions: targets.classes.length };
  }

  #dropout(): Dropout {
    const rate = this.options.dropout;
    if (rate === 0) return noDropout;
    return (x) => {
      const seed = this.random.uint32();
      return tf.dropout(x, rate, undefined, seed) as typeof x;
    };
  }

  /** Perplexity in each direction over some batches, with the whole vocabulary scored. */
  perplexity(batches: readonly LmBatch[]): { forward: number; backward: number } {
    const table = this.#softmax.all(); // [V, P+1]
    const sums = [0, 0];
    const counts = [0, 0];
    for (const batch of batches) {
      const { words, targets } = prepareBatch(batch, this.biLm, this.classes);
      const losses = tf.tidy(() => {
        const vectors = contextVectors(this.biLm, words, targets, noDropout); // [N, P]
        const x = tf.concat([vectors, tf.ones([targets.rows.length, 1])], 1) as tf.Tensor2D; // [N, P+1]
        const logits = tf.matMul(x, table, false, true); // [N, V]
        const truth = tf.gather(table, tf.tensor1d(targets.classes, 'int32')); // [N, P+1]
        return tf.sub(tf.logSumExp(logits, 1), tf.sum(tf.mul(x, truth), 1)); // [N]
      });
      const half = words.steps * words.lengths.length;
      losses.dataSync().forEach((loss, k) => {
        const direction = targets.rows[k] < half ? 0 : 1;
        sums[direction] += loss;
        counts[direction]++;
      });
      losses.dispose();
    }
    table.dispose();
    return { forward: Math.exp(sums[0] / counts[0]), backward: Math.exp(sums[1] / counts[1]) };
  }

  /** Everything that a later run needs to go on exactly. */
  async state(): Promise<{ steps: number; arrays: Map<string, NamedArray> }> {
    const { steps, moments } = await this.#optimizer.state();
    const network = await readWeights(this.biLm.variables());
    return { steps, arrays: new Map([...network, ...moments, ...this.#softmax.state()]) };
  }

  restore(steps: number, arrays: Weights): void {
    writeWeights(this.biLm.variables(), arrays);
    this.#optimizer.restore(steps, arrays);
    this.#softmax.restore(arrays);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}
