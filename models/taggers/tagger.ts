import { setImmediate } from 'node:timers/promises';
import { tf } from '../backend';
import { areFinite } from '../data/finiteNumbers';
import type { Embedder } from '../embedders/embedder';
import type { TunedEmbedder } from '../embedders/tunedEmbedder';
import type { MixWeights } from '../nn/scalarMix';
import type { LayerSpec } from '../tags/layer';
import { InputError } from '../errors';
import { headVectors } from './headVectors';
import { type Decoder, headMix, type LayerHead } from './layerHead';
import { batchesByLength } from './lengthBatches';
import type { LayerPrediction, SentencePrediction, SentenceTagger, TagOptions } from './prediction';

/**
 * Places of a batch: large enough to keep the processor busy, small enough to be stopped soon. WebAssembly gains
 * nothing from larger batches and loses its cache.
 */
const batchPlaces = (): number => (tf.getBackend() === 'wasm' ? 256 : 1024);

/**
 * A head with what its scores are divided by before probabilities are taken (temperature scaling, Guo et al. 2017);
 * in a span layer the scores of whole paths, so that the best path stays the best.
 */
export interface TaggerHead {
  readonly head: LayerHead;
  readonly temperature: number;
  /** Parts of the embedder that were trained further for this head alone. */
  readonly tuned?: TunedEmbedder;
}

/** An embedder and a head for each layer; the heads share one pass over the embedder as far as they can. */
export class Tagger implements SentenceTagger {
  readonly #decoders: ReadonlyMap<LayerHead, Decoder>;

  /** Takes over the embedder and the heads. */
  constructor(
    readonly modelId: string,
    readonly embedder: Embedder,
    readonly heads: readonly TaggerHead[],
  ) {
    this.#decoders = new Map(heads.map(({ head, temperature }) => [head, head.decoder(temperature)]));
  }

  get layers(): LayerSpec[] {
    return this.heads.map(({ head }) => head.layer);
  }

  async tag(
    sentences: readonly (readonly string[])[],
    options: TagOptions = {},
  ): Promise<SentencePrediction[]> {
    const heads = this.heads.filter(({ head }) => options.layers?.includes(head.layer.name) ?? true);
    const predictions = sentences.map((): Record<string, LayerPrediction> => ({}));
    for (const { head } of heads)
      sentences.forEach((forms, index) => {
        if (forms.length === 0)
          predictions[index][head.layer.name] = this.#predict(head, new Float32Array(0));
      });
    const lengths = sentences.map((forms) => forms.length);
    for (const batch of batchesByLength(lengths, batchPlaces())) {
      options.signal?.throwIfAborted();
      const forms = batch.map((index) => sentences[index]);
      const scores = tf.tidy(() => {
        const tuned = heads.map((each) => each.tuned ?? null);
        const embedded = headVectors(this.embedder, tuned, forms); // L+1 times [T, B, D] for each head
        return heads.map(({ head, temperature }, k) => {
          const logits = head.call(embedded[k], head.batch(forms)); // [R, B, K]
          return tf.div<tf.Tensor3D>(logits, temperature); // [R, B, K]
        });
      });
      try {
        for (const [k, { head }] of heads.entries()) {
          const values = await scores[k].data<'float32'>();
          batch.forEach((index, b) => {
            const own = sentenceScores(values, b, batch.length, head.rows(forms[b].length), head.tagSet.size);
            predictions[index][head.layer.name] = this.#predict(head, own);
          });
        }
      } finally {
        tf.dispose(scores);
      }
      // Only a turn of the event loop lets an abort signal in: the computation itself never waits.
      await setImmediate();
    }
    return predictions;
  }

  /** @throws InputError where the scores are no numbers: sound weights can be so large that sums overflow */
  #predict(head: LayerHead, scores: Float32Array): LayerPrediction {
    if (!areFinite(scores))
      throw new InputError(
        `The model gives scores of the layer ${head.layer.name} that are NaN or infinite.`,
      );
    return this.#decoders.get(head)!(scores);
  }

  /** How the head of each layer mixes the embedder's layers; null where it does not read the embedder. */
  mixWeights(): Record<string, MixWeights | null> {
    return Object.fromEntries(
      this.heads.map(({ head }) => [head.layer.name, headMix(head, this.embedder.layers)]),
    );
  }

  dispose(): void {
    for (const { head, tuned } of this.heads) {
      head.dispose();
      tuned?.dispose();
    }
    this.embedder.dispose();
  }
}

/** The scores of sentence b, [R·K], out of those of a batch, [at least R, B, K]. */
export function sentenceScores(
  values: Float32Array,
  b: number,
  sentences: number,
  rows: number,
  tags: number,
): Float32Array {
  const own = new Float32Array(rows * tags);
  for (let row = 0; row < rows; row++)
    own.set(values.subarray((row * sentences + b) * tags, (row * sentences + b + 1) * tags), row * tags);
  return own;
}
