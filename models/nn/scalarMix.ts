import { tf } from '../backend';
import { type Module, Parameters, type ParameterSource, type Weights, filled, zeros } from './parameters';

/** What a trained mix takes of each layer. */
export interface MixWeights {
  /** softmax(w), one share for each layer from layer 0 (the token vector) up; they sum to 1. */
  readonly layers: readonly number[];
  /** The factor of the whole. */
  readonly gamma: number;
}

function mixWeights(scores: Float32Array, [gamma]: Float32Array): MixWeights {
  const most = Math.max(...scores);
  const parts = Array.from(scores, (score) => Math.exp(score - most));
  const sum = parts.reduce((a, b) => a + b);
  return { layers: parts.map((part) => part / sum), gamma };
}

/** The mix among the stored weights of a head, without loading it; null where it has none. */
export function storedMixWeights(head: Weights): MixWeights | null {
  const [scores, gamma] = [head.get('mix/scores'), head.get('mix/gamma')];
  return scores && gamma ? mixWeights(scores.data, gamma.data) : null;
}

/**
 * The mix of some of the layers as one of all, in which the others have no share.
 * @param chosen numbers of the layers that `mix` is of; all where absent
 * @param layers how many there are
 */
export function spreadMix(
  mix: MixWeights,
  chosen: readonly number[] | undefined,
  layers: number,
): MixWeights {
  if (!chosen) return mix;
  const shares = new Array<number>(layers).fill(0);
  chosen.forEach((layer, k) => (shares[layer] += mix.layers[k]));
  return { layers: shares, gamma: mix.gamma };
}

/** Mixes biLM layers, ELMo equation 1: gamma · Σₖ softmax(w)ₖ · layerₖ (Peters et al. 2018). */
export class ScalarMix implements Module {
  readonly #parameters: Parameters;
  readonly #scores: tf.Variable<tf.Rank.R1>; // [L+1]
  readonly #gamma: tf.Variable<tf.Rank.R1>; // [1]

  constructor(layers: number, source: ParameterSource) {
    this.#parameters = new Parameters(source);
    this.#scores = this.#parameters.create('scores', [layers], zeros);
    this.#gamma = this.#parameters.create('gamma', [1], filled(1));
  }

  variables(): [string, tf.Variable][] {
    return this.#parameters.entries();
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  weights(): MixWeights {
    return mixWeights(this.#scores.dataSync<'float32'>(), this.#gamma.dataSync<'float32'>());
  }

  /**
   * @param layers L+1 tensors [T, B, D], owned by the caller
   * @returns [T, B, D]
   */
  call(layers: readonly tf.Tensor3D[]): tf.Tensor3D {
    return tf.tidy(() => {
      const weights = tf.mul(tf.softmax(this.#scores), this.#gamma); // [L+1]
      // The gradient of tf.split breaks where there is but one part.
      const parts = layers.length > 1 ? tf.split(weights, layers.length) : [weights]; // L+1 times [1]
      return layers.map((layer, k) => tf.mul<tf.Tensor3D>(layer, parts[k])).reduce((a, b) => tf.add(a, b));
    });
  }
}
