import { tf } from '../backend';
import { InputError } from '../errors';
import type { LstmState } from '../nn/lstmPasses';
import { drawn } from '../nn/parameters';
import { ScalarMix } from '../nn/scalarMix';
import { Random } from '../random';
import { batchesByLength } from '../taggers/lengthBatches';
import type { BiLmEmbedder } from './biLmEmbedder';
import type { Embedder } from './embedder';

/** The vectors of one sentence outside TensorFlow.js. */
export interface SentenceVectors {
  readonly tokens: readonly string[];
  /** The chosen layers, each [T, size] flat. */
  readonly layers: readonly Float32Array[];
  /** Numbers of a vector. */
  readonly size: number;
}

/**
 * Which layers: all L+1, the top LSTM layer alone, or their mean (ELMo with equal weights and gamma 1); the
 * last two are a list of one.
 */
export type LayerChoice = 'all' | 'top' | 'mix';

/** Tokens with marks that are held at once: 4,096 of three layers of 1,024 numbers are 50 MB. */
const windowTokens = 4096;

/** Places of a batch; the states of one place of the largest ELMo take 170 KB a layer. */
const batchPlaces = 1024;

function chosen(layers: tf.Tensor3D[], choice: LayerChoice): tf.Tensor3D[] {
  if (choice === 'all') return layers;
  if (choice === 'top') return layers.slice(-1);
  const mix = new ScalarMix(layers.length, drawn(new Random(1))); // whose scores are zero at first
  const mixed = mix.call(layers);
  mix.dispose();
  return [mixed];
}

/** Copies a time-major batch out, sentence by sentence, and disposes of it. */
function takeOut(
  layers: readonly tf.Tensor3D[],
  sentences: readonly (readonly string[])[],
): SentenceVectors[] {
  const size = layers[0].shape[2];
  const values = layers.map((layer) => layer.dataSync<'float32'>());
  tf.dispose([...layers]);
  if (values.some((layer) => layer.some((value) => !Number.isFinite(value))))
    throw new InputError('The weights give vectors that are not finite.', {}, 'Fetch or make them again.');
  const b = sentences.length;
  return sentences.map((tokens, k) => ({
    tokens,
    size,
    layers: values.map((layer) => {
      if (b === 1) return layer.slice(0, tokens.length * size);
      const own = new Float32Array(tokens.length * size);
      for (let t = 0; t < tokens.length; t++) {
        const from = (t * b + k) * size;
        own.set(layer.subarray(from, from + size), t * size);
      }
      return own;
    }),
  }));
}

const nothing = (embedder: Embedder, choice: LayerChoice): SentenceVectors => ({
  tokens: [],
  layers: Array.from({ length: choice === 'all' ? embedder.layers : 1 }, () => new Float32Array(0)),
  size: embedder.size,
});

function* embedWindow(
  sentences: readonly (readonly string[])[],
  embedder: Embedder,
  choice: LayerChoice,
): Generator<SentenceVectors> {
  const results = sentences.map(() => nothing(embedder, choice));
  const lengths = sentences.map(({ length }) => (length > 0 ? length + 2 : 0));
  for (const batch of batchesByLength(lengths, batchPlaces)) {
    const members = batch.map((index) => sentences[index]);
    const layers = tf.tidy(() => chosen(embedder.embed(members), choice));
    takeOut(layers, members).forEach((vectors, k) => (results[batch[k]] = vectors));
  }
  yield* results;
}

/**
 * Embeds sentences each on its own, in batches of similar length, holding a few thousand tokens at once.
 * @param sentences token forms; an empty sentence gives empty layers
 */
export async function* embedSentences(
  sentences: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  embedder: Embedder,
  choice: LayerChoice = 'all',
): AsyncGenerator<SentenceVectors> {
  let window: (readonly string[])[] = [];
  let tokens = 0;
  for await (const sentence of sentences) {
    window.push(sentence);
    tokens += sentence.length + 2;
    if (tokens < windowTokens) continue;
    yield* embedWindow(window, embedder, choice);
    [window, tokens] = [[], 0];
  }
  yield* embedWindow(window, embedder, choice);
}

/**
 * Embeds the sentences of a running text as the original programs do (bilm-tf): the LSTM states after a
 * sentence and its marks, of both directions and all layers, are those before the next one. An empty sentence
 * leaves them as they are.
 */
export async function* embedRunningText(
  sentences: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  embedder: BiLmEmbedder,
  choice: LayerChoice = 'all',
): AsyncGenerator<SentenceVectors> {
  let states: LstmState[] = embedder.zeroStates(1);
  const dispose = (): void => states.forEach(({ cell, output }) => tf.dispose([cell, output]));
  try {
    for await (const sentence of sentences) {
      if (sentence.length === 0) {
        yield nothing(embedder, choice);
        continue;
      }
      const result = tf.tidy(() => {
        const all = embedder.embedFrom([sentence], states);
        const last = all.states.map(({ cell, output }) => ({ cell, output }));
        return { layers: chosen(all.layers, choice), states: last };
      });
      dispose();
      states = result.states;
      yield* takeOut(result.layers, [sentence]);
    }
  } finally {
    dispose();
  }
}
