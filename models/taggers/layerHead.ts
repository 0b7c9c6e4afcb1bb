import type { tf } from '../backend';
import type { CrfScores } from '../nn/crf';
import type { Module } from '../nn/parameters';
import { type MixWeights, type ScalarMix, spreadMix } from '../nn/scalarMix';
import type { LayerSpec } from '../tags/layer';
import type { TagSet } from '../tags/tagSet';
import type { Vocabulary } from '../vocab/vocabulary';
import type { HeadBatch } from './headBatch';
import type { HeadOptions } from './headOptions';
import type { LayerPrediction } from './prediction';
import type { SentenceHeadOptions } from './sentenceHeadOptions';

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

/** What the scores of one sentence, [R·K], say. */
export type Decoder = (scores: Float32Array) => LayerPrediction;

/**
 * One layer's part of a tagger, whatever the layer marks. It scores R rows of a sentence: a row for each token,
 * or in sentence layers one row in all.
 */
export interface LayerHead extends Module {
  readonly layer: LayerSpec;
  readonly tagSet: TagSet;
  readonly options: HeadOptions | SentenceHeadOptions;
  readonly vocabulary: Vocabulary;
  /** How it mixes the embedder's layers; null where it does not read the embedder. */
  readonly mix: ScalarMix | null;
  /** Null without a CRF. */
  readonly transitions: Transitions | null;
  /** What the head reads of some sentences, none of them empty. */
  batch(sentences: readonly (readonly string[])[]): HeadBatch;
  /**
   * @param embedded the embedder's L+1 layers, [T, B, D]
   * @returns scores of each tag, [R, B, K], owned by the caller; rows after the last of a sentence mean nothing
   */
  call(embedded: readonly tf.Tensor3D[], batch: HeadBatch, dropout?: SequenceDropout): tf.Tensor3D;
  /** Rows of scores, R, of a sentence of so many tokens. */
  rows(tokens: number): number;
  /** The scores of transitions as plain arrays, forbidden ones included; null where nothing limits the labels. */
  crfScores(): CrfScores | null;
  /**
   * Reads scores by the weights as they now are.
   * @param temperature what the scores it will get have been divided by; 1 by default
   */
  decoder(temperature?: number): Decoder;
}

/**
 * How a head mixes the embedder's layers.
 * @param layers of the embedder, L+1
 * @returns null where it does not read the embedder
 */
export function headMix({ mix, options }: LayerHead, layers: number): MixWeights | null {
  return mix && spreadMix(mix.weights(), options.embedderLayers, layers);
}
