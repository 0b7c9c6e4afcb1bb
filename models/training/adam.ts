import { tf } from '../backend';
import type { NamedArray, Weights } from '../nn/parameters';

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Gradients are scaled down where their common norm is above this. */
  readonly clipNorm: number;
}

const defaults: AdamOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: 5 };

interface Moments {
  readonly first: tf.Variable;
  readonly second: tf.Variable;
}

/**
 * Adam (Kingma and Ba 2015) with a learning rate for each step, clipping by the global norm, and a state that can
 * be saved and restored exactly, which the stock optimizer's cannot.
 */
export class Adam {
  readonly #options: AdamOptions;
  readonly #moments = new Map<string, Moments>();
  #steps = 0;

  constructor(
    readonly variables: readonly (readonly [string, tf.Variable])[],
    options: Partial<AdamOptions> = {},
  ) {
    this.#options = { ...defaults, ...options };
    for (const [name, variable] of variables)
      this.#moments.set(name, {
        first: tf.tidy(() => tf.variable(tf.zeros(variable.shape))),
        second: tf.tidy(() => tf.variable(tf.zeros(variable.shape))),
      });
  }

  /**
   * Moves every variable.
   * @param gradients in the order of the variables, owned by the caller
   * @param rates learning rate of each variable, or one for all
   */
  step(gradients: readonly tf.Tensor[], rates: number | readonly number[]): void {
    const { beta1, beta2, epsilon, clipNorm } = this.#options;
    this.#steps++;
    const correction = Math.sqrt(1 - beta2 ** this.#steps) / (1 - beta1 ** this.#steps);
    tf.tidy(() => {
      const norm = tf.sqrt(tf.addN(gradients.map((g) => tf.sum(tf.square(g))))); // []
      const scale = tf.minimum(1, tf.div(clipNorm, norm)); // []
      this.variables.forEach(([name, variable], k) => {
        const { first, second } = this.#moments.get(name)!;
        const gradient = tf.mul(gradients[k], scale);
        first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
        second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const rate = (typeof rates === 'number' ? rates : rates[k]) * correction;
        variable.assign(tf.sub(variable, tf.mul(rate, tf.div(first, tf.add(tf.sqrt(second), epsilon)))));
      });
    });
  }

  /** Both moments of every variable, as `NAME:first` and `NAME:second`, and the number of steps. */
  async state(): Promise<{ steps: number; moments: Map<string, NamedArray> }> {
    const moments = new Map<string, NamedArray>();
    for (const [name, { first, second }] of this.#moments) {
      moments.set(`${name}:first`, { shape: first.shape, data: await first.data<'float32'>() });
      moments.set(`${name}:second`, { shape: second.shape, data: await second.data<'float32'>() });
    }
    return { steps: this.#steps, moments };
  }

  restore(steps: number, moments: Weights): void {
    this.#steps = steps;
    for (const [name, { first, second }] of this.#moments)
      for (const [part, variable] of [
        ['first', first],
        ['second', second],
      ] as const) {
        const saved = moments.get(`${name}:${part}`);
        if (!saved) throw new Error(`the checkpoint has no ${part} moment of "${name}"`);
        tf.tidy(() => variable.assign(tf.tensor(saved.data, variable.shape)));
      }
  }

  dispose(): void {
    for (const { first, second } of this.#moments.values()) tf.dispose([first, second]);
    this.#moments.clear();
  }
}
