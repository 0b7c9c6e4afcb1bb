import type { tf } from '../backend';
import { type Module, Parameters, type ParameterSource, glorot, zeros } from './parameters';
import type { LstmClips, LstmState, LstmWeights } from './lstmPasses';
import { runLstm, runLstmFrom, zeroState } from './recurrent';

export interface LstmLayerOptions {
  /** D */
  readonly inputs: number;
  /** H */
  readonly cells: number;
  /** P; 0 for no projection. */
  readonly projection: number;
  readonly clips: LstmClips;
}

/** One LSTM layer of both directions; direction 0 reads forwards, direction 1 is given its input reversed. */
export class LstmLayer implements Module {
  readonly #parameters: Parameters;
  readonly #weights: LstmWeights;

  constructor(
    readonly options: LstmLayerOptions,
    source: ParameterSource,
  ) {
    const { inputs, cells, projection } = options;
    const outputs = projection || cells;
    this.#parameters = new Parameters(source);
    this.#weights = {
      input: this.#parameters.create('input', [2, inputs, 4 * cells], glorot),
      recurrent: this.#parameters.create('recurrent', [2, outputs, 4 * cells], glorot),
      bias: this.#parameters.create('bias', [2, 4 * cells], zeros),
      projection: projection ? this.#parameters.create('projection', [2, cells, projection], glorot) : null,
    };
  }

  /** Cells of both directions before the first step, for `callFrom`. */
  zeroState(sentences: number): LstmState {
    return zeroState(2, sentences, this.#weights);
  }

  variables(): [string, tf.Variable][] {
    return this.#parameters.entries();
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  /** @param x [2, T, B, D] @returns [2, T, B, P] */
  call(x: tf.Tensor4D): tf.Tensor4D {
    return runLstm(x, this.#weights, this.options.clips);
  }

  /** The same from a given state, without gradients. */
  callFrom(x: tf.Tensor4D, state: LstmState): { output: tf.Tensor4D; state: LstmState } {
    return runLstmFrom(x, this.#weights, this.options.clips, state);
  }
}
