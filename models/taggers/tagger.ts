import { setImmediate } from 'node:timers/promises';
import { tf } from '../backend';
import type { Embedder } from '../embedders/embedder';
import type { CrfScores } from '../nn/crf';
import type { LayerSpec } from '../tags/layer';
import type { Head } from './head';
import { batchesByLength } from './lengthBatches';
import type { LayerPrediction, SentencePrediction, SentenceTagger, TagOptions } from './prediction';
import { predictSpans, predictTokens } from './predictions';

/**
 * Places of a batch: large enough to keep the processor busy, small enough to be stopped soon. WebAssembly gains
 * nothing from larger batches and loses its cache.
 */
const batchPlaces = (): number => (tf.getBackend() === 'wasm' ? 256 : 1024);

/** Divides the scores of a head before probabilities are taken (temperature scaling, Guo et al. 2017). */
export interface TaggerHead {
  readonly head: Head;
  readonly temperature: number;
}

/** An embedder and a head for each layer; all heads share one pass over the embedder. */
export class Tagger implements SentenceTagger {
  readonly #scores: ReadonlyMap<string, CrfScores>;

  /** Takes over the embedder and the heads. */
  constructor(
    readonly modelId: string,
    readonly embedder: Embedder,
    readonly heads: readonly TaggerHead[],
  ) {
    this.#scores = new Map(heads.map(({ head }) => [head.layer.name, head.crfScores()]));
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
        const embedded = this.embedder.embed(forms); // L+1 times [T, B, D]
        return heads.map(
          ({ head, temperature }) => tf.div<tf.Tensor3D>(head.call(embedded, head.batch(forms)), temperature), // [T, B, K]
        );
      });
      try {
        for (const [k, { head }] of heads.entries()) {
          const values = await scores[k].data<'float32'>();
          batch.forEach((index, b) => {
            const own = sentenceScores(values, b, batch.length, forms[b].length, head.tagSet.size);
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

  #predict({ layer, tagSet }: Head, scores: Float32Array): LayerPrediction {
    return layer.kind === 'span'
      ? predictSpans(scores, tagSet, this.#scores.get(layer.name)!)
      : predictTokens(scores, tagSet);
  }

  dispose(): void {
    this.embedder.dispose();
    for (const { head } of this.heads) head.dispose();
  }
}

/** The scores of sentence b, [T·K], out of those of a batch, [T, B, K]. */
export function sentenceScores(
  values: Float32Array,
  b: number,
  sentences: number,
  tokens: number,
  tags: number,
): Float32Array {
  const own = new Float32Array(tokens * tags);
  for (let t = 0; t < tokens; t++)
    own.set(values.subarray((t * sentences + b) * tags, (t * sentences + b + 1) * tags), t * tags);
  return own;
}
