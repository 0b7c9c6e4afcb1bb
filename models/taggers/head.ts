import { tf } from '../backend';
import { BiLstm } from '../nn/biLstm';
import { CharCnn } from '../nn/charCnn';
import { constrained, type CrfScores } from '../nn/crf';
import { lookup } from '../nn/gather';
import {
  type Module,
  Parameters,
  type ParameterSource,
  glorot,
  prefixed,
  under,
  uniform,
  zeros,
} from '../nn/parameters';
import { ScalarMix } from '../nn/scalarMix';
import type { LayerSpec } from '../tags/layer';
import { TagSet } from '../tags/tagSet';
import { allowedTransitions, type TransitionPenalties, transitionPenalties } from '../tags/transitions';
import type { Vocabulary } from '../vocab/vocabulary';
import { headBatch, type HeadBatch } from './headBatch';
import type { HeadOptions } from './headOptions';

/** The embedder's sizes that a head depends on. */
export interface EmbedderShape {
  readonly layers: number;
  readonly size: number;
}

/** Applied to inputs and outputs [T, B, D] in training; the identity otherwise. */
export type SequenceDropout = (x: tf.Tensor3D) => tf.Tensor3D;

/** Trained transition scores of a span layer. */
export interface Transitions {
  readonly start: tf.Variable<tf.Rank.R1>; // [K]
  readonly between: tf.Variable<tf.Rank.R2>; // [K, K], from, to
  readonly end: tf.Variable<tf.Rank.R1>; // [K]
}

/**
 * One layer's part of the tagger: a mix of the biLM's layers beside word and character vectors of its own (Peters
 * et al. 2018, section 3.3), BiLSTMs, scores for each tag; span layers have a CRF on top.
 */
export class Head implements Module {
  readonly tagSet: TagSet;
  readonly transitions: Transitions | null;
  readonly #parameters: Parameters;
  readonly #mix: ScalarMix | null;
  readonly #words: tf.Variable<tf.Rank.R2> | null; // [V, D]
  readonly #characters: CharCnn | null;
  readonly #encoder: readonly BiLstm[];
  readonly #output: tf.Variable<tf.Rank.R2>; // [2H, K]
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
    const { wordSize, cells } = options;
    this.#mix = options.useEmbedder ? new ScalarMix(embedder.layers, under('mix', source)) : null;
    this.#words = wordSize ? parameters.create('words', [vocabulary.size, wordSize], uniform(0.1)) : null;
    this.#characters = options.characterFilters.length > 0 ? this.#createCharacters(source) : null;
    const inputs = (this.#mix ? embedder.size : 0) + wordSize + (this.#characters?.size ?? 0);
    this.#encoder = Array.from(
      { length: options.layers },
      (_, k) => new BiLstm(k === 0 ? inputs : 2 * cells, cells, under(`encoder${k}`, source)),
    );
    const k = this.tagSet.size;
    this.#output = parameters.create('output', [2 * cells, k], glorot);
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

  #createCharacters(source: ParameterSource): CharCnn {
    const { characterSize, characterFilters } = this.options;
    return new CharCnn(
      {
        characterSize,
        filters: characterFilters,
        activation: 'relu',
        highways: 0,
        projection: 0,
        maximumCharacters: 32,
      },
      under('characters', source),
    );
  }

  variables(): [string, tf.Variable][] {
    return [
      ...this.#parameters.entries(),
      ...prefixed('mix', this.#mix?.variables() ?? []),
      ...prefixed('characters', this.#characters?.variables() ?? []),
      ...this.#encoder.flatMap((layer, k) => prefixed(`encoder${k}`, layer.variables())),
    ];
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#mix?.dispose();
    this.#characters?.dispose();
    for (const layer of this.#encoder) layer.dispose();
  }

  /** What the head reads of some sentences, none of them empty. */
  batch(sentences: readonly (readonly string[])[]): HeadBatch {
    return headBatch(sentences, this.vocabulary);
  }

  /**
   * @param embedded the embedder's L+1 layers, [T, B, D]
   * @returns scores of each tag, [T, B, K], owned by the caller
   */
  call(embedded: readonly tf.Tensor3D[], batch: HeadBatch, dropout: SequenceDropout = (x) => x): tf.Tensor3D {
    return tf.tidy(() => {
      const { steps, lengths } = batch;
      const atPlaces = (values: tf.Tensor2D): tf.Tensor3D => tf.reshape(values, [steps, lengths.length, -1]);
      const inputs: tf.Tensor3D[] = [];
      if (this.#mix) inputs.push(this.#mix.call(embedded)); // [T, B, D]
      if (this.#words) inputs.push(atPlaces(lookup(this.#words, batch.wordRows)));
      if (this.#characters) inputs.push(atPlaces(lookup(this.#characters.call(batch.words), batch.places)));
      let x = dropout(tf.concat(inputs, 2)); // [T, B, D + word + character sizes]
      for (const layer of this.#encoder) x = dropout(layer.call(x, batch.order)); // [T, B, 2H]
      const flat = tf.reshape<tf.Rank.R2>(x, [steps * lengths.length, -1]); // [T·B, 2H]
      return atPlaces(tf.add(tf.matMul(flat, this.#output), this.#outputBias)); // [T, B, K]
    });
  }

  /** The CRF's scores as plain arrays, forbidden moves included; without a CRF only what is forbidden counts. */
  crfScores(): CrfScores {
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
}
