import type { Embedder } from '../embedders/embedder';
import { embedSentences, type SentenceVectors } from '../embedders/sentenceVectors';

/** A word at its place: the index of its sentence in the text, and of the word in its sentence. */
export interface Use {
  readonly sentence: number;
  readonly word: number;
}

export interface RankedUse extends Use {
  /** Of its vector and that of the use that was asked for. */
  readonly cosine: number;
}

/** Which vector stands for a word: a layer of the embedder from 0 up, or the mean of all. */
export type VectorChoice = number | 'mix';

export interface NearestOptions {
  readonly layer: VectorChoice;
  /** Which uses to rank; the one that was asked for is never among them. */
  readonly accepts: (form: string) => boolean;
  /** Told how many sentences are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

function vectorOf({ layers, size }: SentenceVectors, word: number, layer: VectorChoice): Float32Array {
  const values = layers[layer === 'mix' ? 0 : layer];
  return values.subarray(word * size, (word + 1) * size);
}

/**
 * The uses of words in a text whose vectors lie nearest to that of one use, by cosine. Only two windows of vectors
 * are held, whatever the length of the text.
 * @param sentences the text as lists of word forms
 * @returns all accepted uses, the nearest first; equal ones in the order of the text
 */
export async function nearestUses(
  sentences: readonly (readonly string[])[],
  query: Use,
  embedder: Embedder,
  { layer, accepts, onProgress }: NearestOptions,
): Promise<RankedUse[]> {
  const choice = layer === 'mix' ? 'mix' : 'all';
  const embed = (indices: readonly number[]): AsyncGenerator<SentenceVectors> =>
    embedSentences(inOrder(indices.map((index) => sentences[index])), embedder, choice);
  const own = (await embed([query.sentence]).next()).value as SentenceVectors;
  const wanted = vectorOf(own, query.word, layer).slice();
  const candidates = sentences.flatMap((forms, index) => (forms.some(accepts) ? [index] : []));
  const uses: RankedUse[] = [];
  let done = 0;
  for await (const vectors of embed(candidates)) {
    const sentence = candidates[done++];
    sentences[sentence].forEach((form, word) => {
      const isQuery = sentence === query.sentence && word === query.word;
      if (isQuery || !accepts(form)) return;
      uses.push({ sentence, word, cosine: cosine(wanted, vectorOf(vectors, word, layer)) });
    });
    onProgress?.(done, candidates.length);
  }
  return uses.sort((a, b) => b.cosine - a.cosine || a.sentence - b.sentence || a.word - b.word);
}

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/**
 * Cosine of the angle between two vectors, in [-1, 1]; 0 where one of them is zero.
 * @param a @param b of the same length
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    dot += a[k] * b[k];
    aa += a[k] * a[k];
    bb += b[k] * b[k];
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
