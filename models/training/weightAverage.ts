import { tf } from '../backend';

/**
 * A running mean of weights over the steps of a training, which is often better than the weights of any one step
 * (Polyak and Juditsky 1992). Recent steps count most: each step takes 1 - decay of the new weights.
 */
export class WeightAverage {
  readonly #means: readonly tf.Variable[];
  #steps = 0;

  /**
   * @param variables what is trained; the caller's
   * @param decay in [0, 1); the mean reaches back over about 1 / (1 - decay) steps
   */
  constructor(
    readonly variables: readonly tf.Variable[],
    readonly decay: number,
  ) {
    this.#means = variables.map((variable) => tf.variable(variable, false)); // a copy, of the same shape
  }

  /** Takes the weights after a step into the mean. At first it reaches back less far, to forget the beginning. */
  update(): void {
    const decay = Math.min(this.decay, (1 + this.#steps) / (10 + this.#steps));
    this.#steps++;
    this.variables.forEach((variable, k) => {
      const mean = this.#means[k];
      tf.tidy(() => mean.assign(tf.add(mean, tf.mul(tf.sub(variable, mean), 1 - decay)))); // of its shape
    });
  }

  /** Exchanges the weights and their means: once to look at the means, once more to go on training. */
  swap(): void {
    this.variables.forEach((variable, k) => {
      const mean = this.#means[k];
      tf.tidy(() => {
        const weights = variable.clone(); // of its shape
        variable.assign(mean);
        mean.assign(weights);
      });
    });
  }

  dispose(): void {
    tf.dispose([...this.#means]);
  }
}
