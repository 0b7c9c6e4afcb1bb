import { setImmediate } from 'node:timers/promises';
import { tf } from '../backend';
import { cooled, type CrfScores } from '../nn/crf';
import { headVectors } from '../taggers/headVectors';
import { batchesByLength } from '../taggers/lengthBatches';
import { sentenceScores, type Tagger } from '../taggers/tagger';
import { type SentenceDoubt, sentenceDoubt } from './sentenceDoubt';

/** What choosing sentences to label needs to know of one. */
export interface SentenceExploration {
  /** How unsure the model is, by layer name. */
  readonly doubts: Readonly<Record<string, SentenceDoubt>>;
  /** Mean over its words of the mean of the embedder's layers; zero for a sentence without words. */
  readonly vector: Float32Array;
}

/** Tells how unsure a model is. */
export interface Explorer {
  /** One exploration for each sentence, in order, in the named layers or all. */
  explore(
    sentences: readonly (readonly string[])[],
    layers?: readonly string[],
  ): Promise<SentenceExploration[]>;
}

/** Small: an edit in an open text waits for one batch at most. */
const batchPlaces = 256;

/** How unsure a tagger is of some sentences, and their vectors; all heads share one pass over the embedder. */
export async function explore(
  tagger: Tagger,
  sentences: readonly (readonly string[])[],
  layers?: readonly string[],
): Promise<SentenceExploration[]> {
  const heads = tagger.heads.filter(({ head }) => layers?.includes(head.layer.name) ?? true);
  const crfs = heads.map(({ head, temperature }): CrfScores | null => {
    const scores = head.crfScores();
    return scores && cooled(scores, temperature);
  });
  const explored = sentences.map(() => ({
    doubts: {} as Record<string, SentenceDoubt>,
    vector: new Float32Array(tagger.embedder.size),
  }));
  const lengths = sentences.map(({ length }) => length);
  for (const batch of batchesByLength(lengths, batchPlaces)) {
    const forms = batch.map((index) => sentences[index]);
    const [mean, ...scores] = tf.tidy(() => {
      const tuned = heads.map((each) => each.tuned ?? null);
      const [plain, ...own] = headVectors(tagger.embedder, [null, ...tuned], forms); // L+1 times [T, B, D] each
      const mixed = tf.div<tf.Tensor3D>(tf.addN(plain), plain.length); // [T, B, D]
      return [mixed, ...heads.map((each, k) => logits(each, own[k], forms))];
    });
    try {
      const values = await mean.data<'float32'>();
      batch.forEach((index, b) => addMean(explored[index].vector, values, b, batch.length, lengths[index]));
      for (const [k, { head }] of heads.entries()) {
        const all = await scores[k].data<'float32'>();
        batch.forEach((index, b) => {
          const own = sentenceScores(all, b, batch.length, head.rows(lengths[index]), head.tagSet.size);
          explored[index].doubts[head.layer.name] = sentenceDoubt(own, head.tagSet, crfs[k]);
        });
      }
    } finally {
      tf.dispose([mean, ...scores]);
    }
    await setImmediate();
  }
  return explored;
}

function logits(
  { head, temperature }: Tagger['heads'][number],
  embedded: readonly tf.Tensor3D[],
  forms: readonly (readonly string[])[],
): tf.Tensor3D {
  return tf.div<tf.Tensor3D>(head.call(embedded, head.batch(forms)), temperature); // [R, B, K]
}

/** Adds the mean over the words of sentence b of vectors [T, B, D]. */
function addMean(
  into: Float32Array,
  values: Float32Array,
  b: number,
  sentences: number,
  words: number,
): void {
  for (let t = 0; t < words; t++)
    for (let k = 0; k < into.length; k++) into[k] += values[(t * sentences + b) * into.length + k] / words;
}
