import { tf } from '../backend';
import { alphabetSize, paddingId } from './characters';
import { lookup, maxOverPositions } from './gather';
import { type Module, Parameters, type ParameterSource, filled, glorot, uniform, zeros } from './parameters';

export interface CharCnnOptions {
  /** Size of a character's vector. */
  readonly characterSize: number;
  /** [width, number of filters] pairs. */
  readonly filters: readonly (readonly [number, number])[];
  readonly activation: 'relu' | 'tanh';
  readonly highways: number;
  /** Size of the projected word vector; 0 for none. */
  readonly projection: number;
  /** Ids a word may have, its two marks included. */
  readonly maximumCharacters: number;
}

/** Words that are convolved at once: small enough for a chunk to stay in the processor's cache. */
const chunkSize = 64;

interface Highway {
  readonly carry: tf.Variable<tf.Rank.R2>; // [F, F]
  readonly carryBias: tf.Variable<tf.Rank.R1>; // [F]
  readonly transform: tf.Variable<tf.Rank.R2>; // [F, F]
  readonly transformBias: tf.Variable<tf.Rank.R1>; // [F]
}

/**
 * Word vectors from characters: convolution, maximum over positions, highway layers (Srivastava et al. 2015),
 * projection (Kim et al. 2016; Jozefowicz et al. 2016). Weights have the names and shapes of the published
 * ELMo files.
 */
export class CharCnn implements Module {
  readonly #parameters: Parameters;
  readonly #characters: tf.Variable<tf.Rank.R2>; // [261, D]
  readonly #kernels: tf.Variable<tf.Rank.R4>[]; // [1, width, D, filters]
  readonly #biases: tf.Variable<tf.Rank.R1>[]; // [filters]
  readonly #highways: Highway[];
  readonly #projection: tf.Variable<tf.Rank.R2> | null = null; // [F, P]
  readonly #projectionBias: tf.Variable<tf.Rank.R1> | null = null; // [P]
  /** Size of a word's vector. */
  readonly size: number;

  constructor(
    readonly options: CharCnnOptions,
    source: ParameterSource,
  ) {
    const parameters = (this.#parameters = new Parameters(source));
    const d = options.characterSize;
    this.#characters = parameters.create('char_embed', [alphabetSize - 1, d], uniform(1));
    this.#kernels = options.filters.map(([width, count], k) =>
      parameters.create(`CNN/W_cnn_${k}`, [1, width, d, count], uniform(Math.sqrt(3 / (width * d)))),
    );
    this.#biases = options.filters.map(([, count], k) => parameters.create(`CNN/b_cnn_${k}`, [count], zeros));
    const filters = options.filters.reduce((sum, [, count]) => sum + count, 0);
    this.#highways = Array.from({ length: options.highways }, (_, k) => ({
      carry: parameters.create(`CNN_high_${k}/W_carry`, [filters, filters], glorot),
      carryBias: parameters.create(`CNN_high_${k}/b_carry`, [filters], filled(-2)),
      transform: parameters.create(`CNN_high_${k}/W_transform`, [filters, filters], glorot),
      transformBias: parameters.create(`CNN_high_${k}/b_transform`, [filters], zeros),
    }));
    this.size = options.projection || filters;
    if (options.projection) {
      this.#projection = parameters.create('CNN_proj/W_proj', [filters, options.projection], glorot);
      this.#projectionBias = parameters.create('CNN_proj/b_proj', [options.projection], zeros);
    }
  }

  variables(): [string, tf.Variable][] {
    return this.#parameters.entries();
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  /**
   * @param words character ids of U distinct words, without padding
   * @returns [U, P]
   */
  call(words: readonly Uint16Array[]): tf.Tensor2D {
    return tf.tidy(() => {
      const chunks: tf.Tensor2D[] = [];
      for (let from = 0; from < words.length; from += chunkSize)
        chunks.push(this.#convolve(words.slice(from, from + chunkSize)));
      let x = chunks.length === 1 ? chunks[0] : tf.concat(chunks, 0); // [U, F]
      for (const highway of this.#highways) x = this.#pass(highway, x);
      if (!this.#projection || !this.#projectionBias) return x;
      return tf.add(tf.matMul(x, this.#projection), this.#projectionBias); // [U, P]
    });
  }

  #convolve(words: readonly Uint16Array[]): tf.Tensor2D {
    const { filters, maximumCharacters, activation } = this.options;
    const widest = filters.reduce((most, [width]) => Math.max(most, width), 0);
    const longest = words.reduce((most, ids) => Math.max(most, ids.length), 0);
    // One window of nothing but padding is as good as many: the maximum sees the same values.
    const length = Math.min(maximumCharacters, longest + widest);
    const parts = filters.map(([width, count], k) => {
      const windows = this.#windows(words, length, width); // [U·C, width·D]
      const kernel = tf.reshape(this.#kernels[k], [-1, count]) as tf.Tensor2D; // [width·D, filters]
      const convolved = tf.reshape(tf.matMul(windows, kernel), [words.length, -1, count]) as tf.Tensor3D;
      return tf.add<tf.Tensor2D>(maxOverPositions(convolved), this.#biases[k]); // [U, filters]
    });
    const x = tf.concat(parts, 1); // [U, F]
    return activation === 'relu' ? tf.relu(x) : tf.tanh(x);
  }

  /** Every window of `width` characters of every word, [U·(length-width+1), width·D]. */
  #windows(words: readonly Uint16Array[], length: number, width: number): tf.Tensor2D {
    const positions = length - width + 1;
    const rows = new Int32Array(words.length * positions * width);
    let at = 0;
    for (const ids of words)
      for (let p = 0; p < positions; p++)
        for (let k = p; k < p + width; k++) rows[at++] = (k < ids.length ? ids[k] : paddingId) - 1;
    return tf.reshape(lookup(this.#characters, rows), [words.length * positions, -1]);
  }

  /** carry · transformed + (1 - carry) · x, as bilm-tf names the gates; [U, F]. */
  #pass(highway: Highway, x: tf.Tensor2D): tf.Tensor2D {
    const carry = tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(x, highway.carry), highway.carryBias)); // [U, F]
    const transformed = tf.relu(tf.add<tf.Tensor2D>(tf.matMul(x, highway.transform), highway.transformBias));
    return tf.add(x, tf.mul(carry, tf.sub(transformed, x)));
  }
}
