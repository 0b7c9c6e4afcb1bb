import { tf } from '../backend';
import { CharCnn } from './charCnn';
import { type SentenceMark, characterIds, sentenceMarkIds } from './characters';
import type { ElmoOptions } from './elmoOptions';
import { reversal, reverseTime } from './gather';
import { LstmLayer } from './lstmLayer';
import type { LstmState } from './lstmPasses';
import { type Module, type ParameterSource, prefixed, under } from './parameters';

/** The words of a batch without repetition, and for each place which of them stands there. */
export interface WordBatch {
  /** Character ids of U distinct words. */
  readonly words: readonly Uint16Array[];
  /** Index of a word for place t·B + b; places after the end of a sentence hold any index. */
  readonly places: Int32Array;
  /** Tokens of each of the B sentences, its two marks included. */
  readonly lengths: readonly number[];
  /** T, the longest length. */
  readonly steps: number;
}

const markKeys: Readonly<Record<SentenceMark, string>> = { begin: '\ue000begin', end: '\ue000end' };

/**
 * Sorts the words of some sentences for the biLM: a begin and an end mark around each sentence, every distinct
 * word once.
 */
export function wordBatch(sentences: readonly (readonly string[])[], maximumCharacters: number): WordBatch {
  const lengths = sentences.map((forms) => forms.length + 2);
  const steps = Math.max(...lengths);
  const index = new Map<string, number>();
  const words: Uint16Array[] = [];
  const indexOf = (key: string, ids: () => Uint16Array): number => {
    let found = index.get(key);
    if (found === undefined) {
      found = words.length;
      index.set(key, found);
      words.push(ids());
    }
    return found;
  };
  const begin = indexOf(markKeys.begin, () => sentenceMarkIds('begin'));
  const end = indexOf(markKeys.end, () => sentenceMarkIds('end'));
  const places = new Int32Array(steps * sentences.length).fill(end);
  sentences.forEach((forms, b) => {
    places[b] = begin;
    forms.forEach((form, t) => {
      places[(t + 1) * sentences.length + b] = indexOf(form, () => characterIds(form, maximumCharacters));
    });
  });
  return { words, places, lengths, steps };
}

/**
 * The bidirectional language model of Peters et al. 2018: character CNN, then L layers of LSTMs with projection,
 * one stack reading forwards and one backwards.
 */
export class BiLm implements Module {
  readonly encoder: CharCnn;
  readonly layers: readonly LstmLayer[];

  constructor(
    readonly options: ElmoOptions,
    source: ParameterSource,
  ) {
    const { lstm, char_cnn: characters } = options;
    this.encoder = new CharCnn(
      {
        characterSize: characters.embedding.dim,
        filters: characters.filters,
        activation: characters.activation,
        highways: characters.n_highway,
        projection: lstm.projection_dim,
        maximumCharacters: characters.max_characters_per_token,
      },
      source,
    );
    const clips = { cell: lstm.cell_clip ?? 0, projection: lstm.proj_clip ?? 0 };
    const sizes = { inputs: lstm.projection_dim, cells: lstm.dim, projection: lstm.projection_dim };
    this.layers = Array.from(
      { length: lstm.n_layers },
      (_, k) => new LstmLayer({ ...sizes, clips }, under(`Layer${k}`, source)),
    );
  }

  /** P: each layer gives vectors of size 2P. */
  get projection(): number {
    return this.options.lstm.projection_dim;
  }

  variables(): [string, tf.Variable][] {
    return [
      ...this.encoder.variables(),
      ...this.layers.flatMap((layer, k) => prefixed(`Layer${k}`, layer.variables())),
    ];
  }

  dispose(): void {
    this.encoder.dispose();
    for (const layer of this.layers) layer.dispose();
  }

  /**
   * The outputs of every LSTM layer, each direction in its own order of time (the backward one starts at the
   * last token).
   * @param embedded [T, B, P] token vectors, marks included
   * @param order as of `reversal`
   * @returns L tensors [2, T, B, P]
   */
  run(embedded: tf.Tensor3D, order: Int32Array): tf.Tensor4D[] {
    return this.#runLayers(0, this.layers.length, bothWays(embedded, embedded, order)).outputs;
  }

  /** Runs the LSTM layers [first, end). */
  #runLayers(
    first: number,
    end: number,
    input: tf.Tensor4D,
    states?: readonly LstmState[],
  ): { outputs: tf.Tensor4D[]; states: LstmState[] } {
    let x = input; // [2, T, B, P]
    const outputs: tf.Tensor4D[] = [];
    const lastStates: LstmState[] = [];
    for (let k = first; k < end; k++) {
      const layer = this.layers[k];
      const last = states?.[k];
      let output: tf.Tensor4D; // [2, T, B, P]
      if (last) {
        const result = layer.callFrom(x, last);
        output = result.output;
        lastStates.push(result.state);
      } else output = layer.call(x);
      if (this.options.lstm.use_skip_connections && k > 0) output = tf.add(output, x);
      outputs.push(output);
      x = output;
    }
    return { outputs, states: lastStates };
  }

  /**
   * Layers of ELMo from the lower ones: layer 0 is the token vector twice, layer k the forward and the
   * backward output of LSTM layer k side by side.
   * @param lower layers 0 … k, each [T, B, 2P], marks included; only the layers above are computed
   * @param lengths tokens of each sentence, marks included
   * @param options initial states by LSTM layer, zero where absent; how many layers to give, all L+1 where absent
   * @returns tensors [T, B, 2P], those of `lower` first (values after the end of a sentence mean nothing), and the
   * last states where `states` was given
   */
  complete(
    lower: readonly tf.Tensor3D[],
    lengths: readonly number[],
    { states, count = this.layers.length + 1 }: { states?: readonly LstmState[]; count?: number } = {},
  ): { layers: tf.Tensor3D[]; states: LstmState[] } {
    const top = lower[lower.length - 1];
    const order = reversal(lengths, top.shape[0]);
    const [forward, backward] = tf.split(top, 2, 2) as tf.Tensor3D[]; // [T, B, P]
    const x = bothWays(forward, backward, order); // [2, T, B, P]
    const result = this.#runLayers(lower.length - 1, count - 1, x, states);
    const upper = result.outputs.map((output) => {
      const [ahead, back] = tf.unstack(output, 0) as tf.Tensor3D[]; // [T, B, P]
      return tf.concat([ahead, reverseTime(back, order)], 2); // [T, B, 2P]
    });
    return { layers: [...lower, ...upper], states: result.states };
  }

  /**
   * All L+1 layers of ELMo, the begin and end marks cut off.
   * @param embedded [T, B, P] token vectors, marks included
   * @param lengths tokens of each sentence, marks included
   * @returns L+1 tensors [T-2, B, 2P]; values after the end of a sentence mean nothing
   */
  representations(
    embedded: tf.Tensor3D,
    lengths: readonly number[],
    states?: readonly LstmState[],
  ): { layers: tf.Tensor3D[]; states: LstmState[] } {
    const result = this.complete([twice(embedded)], lengths, { states });
    return { layers: withoutMarks(result.layers), states: result.states };
  }
}

/** Layer 0 of ELMo: [T, B, 2P] from [T, B, P]. */
export function twice(embedded: tf.Tensor3D): tf.Tensor3D {
  return tf.concat([embedded, embedded], 2);
}

/** The two directions as the LSTMs read them, [2, T, B, P]; the backward one starts at the last token. */
function bothWays(forward: tf.Tensor3D, backward: tf.Tensor3D, order: Int32Array): tf.Tensor4D {
  return tf.stack([forward, reverseTime(backward, order)], 0) as tf.Tensor4D; // [2, T, B, P]
}

/** Cuts the begin and end marks off: [T-2, B, 2P] from [T, B, 2P]. */
export function withoutMarks(layers: readonly tf.Tensor3D[]): tf.Tensor3D[] {
  return layers.map((x) => tf.slice(x, [1, 0, 0], [x.shape[0] - 2, x.shape[1], x.shape[2]]));
}
