import { tf } from '../backend';
import { Parameters, type ParameterSource, glorot, zeros } from '../nn/parameters';
import type { ScalarMix } from '../nn/scalarMix';
import type { LayerSpec } from '../tags/layer';
import { TagSet } from '../tags/tagSet';
import type { Vocabulary } from '../vocab/vocabulary';
import { headBatch, type HeadBatch } from './headBatch';
import { HeadInputs } from './headInputs';
import type { Decoder, EmbedderShape, LayerHead, SequenceDropout } from './layerHead';
import { predictSentence } from './predictions';
import type { SentenceHeadOptions } from './sentenceHeadOptions';

/** Far below every score that training reaches: a place after the end of a sentence gets no weight. */
const outside = -1e9;

/**
 * The head of a sentence layer: the vectors of the words, their mean (the `default` output of the ELMo modules on
 * TensorFlow Hub) or a mean weighted by attention to a trained query (Yang et al. 2016, section 2.2, without the
 * hidden layer), a score for each label.
 */
export class SentenceHead implements LayerHead {
  readonly tagSet: TagSet;
  readonly transitions = null;
  readonly #parameters: Parameters;
  readonly #inputs: HeadInputs;
  readonly #query: tf.Variable<tf.Rank.R2> | null; // [D, 1]
  readonly #output: tf.Variable<tf.Rank.R2>; // [D, K]
  readonly #outputBias: tf.Variable<tf.Rank.R1>; // [K]

  constructor(
    readonly layer: LayerSpec,
    readonly options: SentenceHeadOptions,
    readonly vocabulary: Vocabulary,
    embedder: EmbedderShape,
    source: ParameterSource,
  ) {
    this.tagSet = new TagSet(layer);
    const parameters = (this.#parameters = new Parameters(source));
    this.#inputs = new HeadInputs(options, vocabulary, embedder, source);
    const { size } = this.#inputs;
    // A query of zeros weighs all words alike: attention starts as the mean.
    this.#query = options.pooling === 'attention' ? parameters.create('query', [size, 1], zeros) : null;
    this.#output = parameters.create('output', [size, this.tagSet.size], glorot);
    this.#outputBias = parameters.create('outputBias', [this.tagSet.size], zeros);
  }

  get mix(): ScalarMix | null {
    return this.#inputs.mix;
  }

  variables(): [string, tf.Variable][] {
    return [...this.#parameters.entries(), ...this.#inputs.variables()];
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#inputs.dispose();
  }

  batch(sentences: readonly (readonly string[])[]): HeadBatch {
    return headBatch(sentences, this.vocabulary);
  }

  /** One row, whatever the length; a sentence without words has none. */
  rows(tokens: number): number {
    return Math.min(tokens, 1);
  }

  call(embedded: readonly tf.Tensor3D[], batch: HeadBatch, dropout: SequenceDropout = (x) => x): tf.Tensor3D {
    return tf.tidy(() => {
      const x = dropout(this.#inputs.call(embedded, batch)); // [T, B, D]
      const weights = this.#query ? this.#attention(x, this.#query, batch) : evenWeights(batch); // [T, B, 1]
      const pooled = tf.sum<tf.Tensor2D>(tf.mul(x, weights), 0); // [B, D]
      const scores = tf.add(tf.matMul(pooled, this.#output), this.#outputBias); // [B, K]
      return tf.expandDims<tf.Tensor3D>(scores, 0); // [1, B, K]
    });
  }

  /** Softmax over the words of each sentence, [T, B, 1]. */
  #attention(x: tf.Tensor3D, query: tf.Tensor2D, { steps, lengths }: HeadBatch): tf.Tensor3D {
    const flat = tf.reshape<tf.Rank.R2>(x, [steps * lengths.length, -1]); // [T·B, D]
    const scores = tf.reshape<tf.Rank.R2>(tf.matMul(flat, query), [steps, lengths.length]); // [T, B]
    const places = placeValues(steps, lengths, (length, t) => (t < length ? 0 : outside));
    const masked = tf.add(scores, tf.tensor2d(places, [steps, lengths.length])); // [T, B]
    const weights = tf.transpose(tf.softmax(tf.transpose(masked))); // [T, B]
    return tf.expandDims<tf.Tensor3D>(weights, 2); // [T, B, 1]
  }

  crfScores(): null {
    return null;
  }

  decoder(): Decoder {
    return (scores) => predictSentence(scores, this.tagSet);
  }
}

/** 1 / length inside each sentence and 0 after its end, [T, B, 1]. */
function evenWeights({ steps, lengths }: HeadBatch): tf.Tensor3D {
  const places = placeValues(steps, lengths, (length, t) => (t < length ? 1 / length : 0));
  return tf.tensor3d(places, [steps, lengths.length, 1]); // [T, B, 1]
}

/** A number for each place t·B + b. */
function placeValues(
  steps: number,
  lengths: readonly number[],
  valueAt: (length: number, t: number) => number,
): Float32Array {
  const values = new Float32Array(steps * lengths.length);
  for (let t = 0; t < steps; t++)
    lengths.forEach((length, b) => (values[t * lengths.length + b] = valueAt(length, t)));
  return values;
}
