import { tf } from '../backend';
import { BiLstm } from '../nn/biLstm';
import { constrained, cooled, type CrfScores } from '../nn/crf';
import { Parameters, type ParameterSource, glorot, prefixed, under, zeros } from '../nn/parameters';
import type { ScalarMix } from '../nn/scalarMix';
import type { LayerSpec } from '../tags/layer';
import { TagSet } from '../tags/tagSet';
import { allowedTransitions, type TransitionPenalties, transitionPenalties } from '../tags/transitions';
import type { Vocabulary } from '../vocab/vocabulary';
import { headBatch, type HeadBatch } from './headBatch';
import { HeadInputs } from './headInputs';
import type { HeadOptions } from './headOptions';
import type { Decoder, EmbedderShape, LayerHead, SequenceDropout, Transitions } from './layerHead';
import { predictSpans, predictTokens } from './predictions';

/**
 * The head of a token or span layer: its inputs, BiLSTMs, scores for each tag; span layers have a CRF on top.
 */
export class Head implements LayerHead {
  readonly tagSet: TagSet;
  readonly transitions: Transitions | null;
  readonly #parameters: Parameters;
  readonly #inputs: HeadInputs;
  readonly #encoder: readonly BiLstm[];
  readonly #output: tf.Variable<tf.Rank.R2>; // [2H, K], or [D, K] without BiLSTMs
  readonly #outputBias: tf.Variable<tf.Rank.R1>; // [K]
  readonly #penalties: TransitionPenalties;

  constructor(
    readonly layer: LayerSpec,
    readonly options: HeadOptions,
    readonly vocabulary: Vocabulary,
    embedder: EmbedderShape,
    source: ParameterSource,
  ) {
    this.tagSet = new TagSet(layer);
    this.#penalties = transitionPenalties(allowedTransitions(this.tagSet));
    const parameters = (this.#parameters = new Parameters(source));
    const { cells } = options;
    this.#inputs = new HeadInputs(options, vocabulary, embedder, source);
    this.#encoder = Array.from(
      { length: options.layers },
      (_, k) => new BiLstm(k === 0 ? this.#inputs.size : 2 * cells, cells, under(`encoder${k}`, source)),
    );
    const k = this.tagSet.size;
    const size = options.layers === 0 ? this.#inputs.size : 2 * cells;
    this.#output = parameters.create('output', [size, k], glorot);
    this.#outputBias = parameters.create('outputBias', [k], zeros);
    this.transitions =
      layer.kind === 'span' && options.crf
        ? {
            start: parameters.create('transitions/start', [k], zeros),
            between: parameters.create('transitions/between', [k, k], zeros),
            end: parameters.create('transitions/end', [k], zeros),
          }
        : null;
  }

  get mix(): ScalarMix | null {
    return this.#inputs.mix;
  }

  variables(): [string, tf.Variable][] {
    return [
      ...this.#parameters.entries(),
      ...this.#inputs.variables(),
      ...this.#encoder.flatMap((layer, k) => prefixed(`encoder${k}`, layer.variables())),
    ];
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#inputs.dispose();
    for (const layer of this.#encoder) layer.dispose();
  }

  batch(sentences: readonly (readonly string[])[]): HeadBatch {
    return headBatch(sentences, this.vocabulary);
  }

  rows(tokens: number): number {
    return tokens;
  }

  call(embedded: readonly tf.Tensor3D[], batch: HeadBatch, dropout: SequenceDropout = (x) => x): tf.Tensor3D {
    return tf.tidy(() => {
      const { steps, lengths } = batch;
      let x = dropout(this.#inputs.call(embedded, batch)); // [T, B, D]
      for (const layer of this.#encoder) x = dropout(layer.call(x, batch.order)); // [T, B, 2H]
      const flat = tf.reshape<tf.Rank.R2>(x, [steps * lengths.length, -1]); // [T·B, 2H or D]
      const scores = tf.add(tf.matMul(flat, this.#output), this.#outputBias); // [T·B, K]
      return tf.reshape(scores, [steps, lengths.length, -1]); // [T, B, K]
    });
  }

  /** Without a CRF only what is forbidden counts; null in token layers. */
  crfScores(): CrfScores | null {
    if (this.layer.kind !== 'span') return null;
    const values = (variable: tf.Variable | undefined, like: Float32Array): Float32Array =>
      variable ? variable.dataSync<'float32'>() : new Float32Array(like.length);
    const { start, between, end } = this.#penalties;
    return constrained(
      {
        start: values(this.transitions?.start, start),
        between: values(this.transitions?.between, between),
        end: values(this.transitions?.end, end),
      },
      this.#penalties,
    );
  }

  decoder(temperature = 1): Decoder {
    const scores = this.crfScores();
    const crf = scores && cooled(scores, temperature);
    return (scores) => (crf ? predictSpans(scores, this.tagSet, crf) : predictTokens(scores, this.tagSet));
  }
}
