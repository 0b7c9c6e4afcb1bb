import { tf } from '../backend';
import { InputError } from '../errors';
import { CharCnn } from '../nn/charCnn';
import { lookup } from '../nn/gather';
import { type Module, Parameters, type ParameterSource, prefixed, under, uniform } from '../nn/parameters';
import { ScalarMix } from '../nn/scalarMix';
import type { Vocabulary } from '../vocab/vocabulary';
import type { HeadBatch } from './headBatch';
import type { EmbedderShape } from './layerHead';

/** What a head reads of every word. */
export interface HeadInputOptions {
  /** Whether it reads the embedder. */
  readonly useEmbedder: boolean;
  /** Which of its layers, counted from 0; all by default. */
  readonly embedderLayers?: readonly number[];
  /** Size of its own word vectors; 0 for none. */
  readonly wordSize: number;
  /** Its own character convolution: size of a character's vector, and [width, filters] pairs; none for no filters. */
  readonly characterSize: number;
  readonly characterFilters: readonly (readonly [number, number])[];
}

/**
 * The vector of each word that a head starts from: a mix of the biLM's layers beside word and character vectors of
 * the head's own (Peters et al. 2018, section 3.3).
 */
export class HeadInputs implements Module {
  readonly mix: ScalarMix | null;
  /** Numbers of a vector, D. */
  readonly size: number;
  /** Layers of the embedder that are mixed. */
  readonly #layers: readonly number[];
  readonly #parameters: Parameters;
  readonly #words: tf.Variable<tf.Rank.R2> | null; // [V, word size]
  readonly #characters: CharCnn | null;

  /** @throws InputError where the options name a layer that the embedder has not */
  constructor(
    options: HeadInputOptions,
    vocabulary: Vocabulary,
    embedder: EmbedderShape,
    source: ParameterSource,
  ) {
    const { useEmbedder, wordSize, characterSize, characterFilters } = options;
    this.#parameters = new Parameters(source);
    this.#layers = mixedLayers(options.embedderLayers, embedder.layers);
    this.mix = useEmbedder ? new ScalarMix(this.#layers.length, under('mix', source)) : null;
    this.#words = wordSize
      ? this.#parameters.create('words', [vocabulary.size, wordSize], uniform(0.1))
      : null;
    this.#characters =
      characterFilters.length > 0
        ? new CharCnn(
            {
              characterSize,
              filters: characterFilters,
              activation: 'relu',
              highways: 0,
              projection: 0,
              maximumCharacters: 32,
            },
            under('characters', source),
          )
        : null;
    this.size = (this.mix ? embedder.size : 0) + wordSize + (this.#characters?.size ?? 0);
  }

  variables(): [string, tf.Variable][] {
    return [
      ...this.#parameters.entries(),
      ...prefixed('mix', this.mix?.variables() ?? []),
      ...prefixed('characters', this.#characters?.variables() ?? []),
    ];
  }

  dispose(): void {
    this.#parameters.dispose();
    this.mix?.dispose();
    this.#characters?.dispose();
  }

  /**
   * @param embedded the embedder's L+1 layers, [T, B, embedder's size]
   * @returns [T, B, D], owned by the caller
   */
  call(embedded: readonly tf.Tensor3D[], batch: HeadBatch): tf.Tensor3D {
    return tf.tidy(() => {
      const { steps, lengths } = batch;
      const atPlaces = (values: tf.Tensor2D): tf.Tensor3D => tf.reshape(values, [steps, lengths.length, -1]);
      const inputs: tf.Tensor3D[] = [];
      const mixed = this.#layers.map((layer) => embedded[layer]); // [T, B, embedder's size] each
      if (this.mix) inputs.push(this.mix.call(mixed)); // [T, B, embedder's size]
      if (this.#words) inputs.push(atPlaces(lookup(this.#words, batch.wordRows))); // [T, B, word size]
      if (this.#characters) inputs.push(atPlaces(lookup(this.#characters.call(batch.words), batch.places))); // [T, B, F]
      return tf.concat(inputs, 2); // [T, B, D]
    });
  }
}

function mixedLayers(chosen: readonly number[] | undefined, layers: number): readonly number[] {
  const all = Array.from({ length: layers }, (_, layer) => layer);
  const unknown = chosen?.find((layer) => layer >= layers);
  if (unknown === undefined) return chosen ?? all;
  throw new InputError(
    `The embedder has no layer ${unknown}.`,
    {},
    `"embedderLayers" may hold ${all.join(', ')}, where 0 is the token layer.`,
  );
}
