import { tf } from '../backend';
import { InputError } from '../errors';
import type { Embedder } from './embedder';
import { hubFolder, hubId } from './hubFolder';
import { openSavedModel, requireSavedModels, type SavedModelTrust, type Signature } from './savedModel';

export interface HubElmoOptions extends SavedModelTrust {
  /** A folder to unpack a `.tar.gz` under; each archive is unpacked once. A directory of a SavedModel needs none. */
  readonly cache: string;
}

const OUTPUTS = ['word_emb', 'lstm_outputs1', 'lstm_outputs2', 'elmo', 'default'] as const;

/** Tensors [B, T, …] of the module, and `default` [B, 2P]. */
type Outputs = Record<(typeof OUTPUTS)[number], tf.Tensor>;

/**
 * ELMo as TensorFlow Hub publishes it (https://tfhub.dev/google/elmo/3), with L = 2 layers of LSTMs: a program that
 * takes words and gives all of its layers. Runs on the native backend only; nothing of it can be trained.
 */
export class HubElmo implements Embedder {
  readonly layers = 3;
  readonly size: number;
  readonly #tokens: Signature;
  readonly #sentences: Signature;

  /**
   * Takes over both signatures of the module. Runs them once on a few words, since a SavedModel need not say its
   * shapes.
   * @param file the path that the user chose, for errors
   * @throws InputError where the outputs are not those of an ELMo
   */
  constructor(
    readonly id: string,
    tokens: Signature,
    sentences: Signature,
    file: string,
  ) {
    this.#tokens = tokens;
    this.#sentences = sentences;
    this.size = tf.tidy(() => {
      const { word_emb: words, ...others } = this.#runTokens([['a', 'b'], ['c']]);
      const size = 2 * (words.shape[2] ?? 0);
      checkShapes({ word_emb: words, ...others }, size, file);
      checkShapes(this.#runSentences(['a b', 'c']), size, file);
      return size;
    });
  }

  embed(sentences: readonly (readonly string[])[]): tf.Tensor3D[] {
    return tf.tidy(() => {
      const { word_emb: words, lstm_outputs1: first, lstm_outputs2: second } = this.#runTokens(sentences);
      // A word's own vector stands twice, once beside each direction, so that all layers are of one size.
      return [tf.concat([words, words], 2), first, second].map((layer) =>
        tf.transpose<tf.Tensor3D>(layer as tf.Tensor3D, [1, 0, 2]),
      );
    });
  }

  /**
   * Whole sentences to one vector each: the mean over its words of the module's own mix of its layers.
   * @param sentences texts whose words are separated by spaces, none of them blank; the module splits them
   * @returns [B, size], owned by the caller
   */
  embedSentences(sentences: readonly string[]): tf.Tensor2D {
    return tf.tidy(() => this.#runSentences(sentences).default as tf.Tensor2D);
  }

  dispose(): void {
    this.#tokens.dispose();
    this.#sentences.dispose();
  }

  #runTokens(sentences: readonly (readonly string[])[]): Outputs {
    const lengths = sentences.map((sentence) => sentence.length);
    const steps = Math.max(...lengths);
    const padded = sentences.flatMap((words) => [...words, ...Array<string>(steps - words.length).fill('')]);
    return this.#tokens.run({
      tokens: tf.tensor2d(padded, [sentences.length, steps], 'string'),
      sequence_len: tf.tensor1d(lengths, 'int32'),
    }) as Outputs;
  }

  #runSentences(sentences: readonly string[]): Outputs {
    return this.#sentences.run({ strings: tf.tensor1d([...sentences], 'string') }) as Outputs;
  }
}

/** Compares with what an ELMo gives for two sentences of two words and one. */
function checkShapes(outputs: Outputs, size: number, file: string): void {
  for (const name of OUTPUTS) {
    const expected = name === 'default' ? [2, size] : [2, 2, name === 'word_emb' ? size / 2 : size];
    const { shape, dtype } = outputs[name];
    if (size > 0 && dtype === 'float32' && shape.join() === expected.join()) continue;
    const wanted = name === 'word_emb' ? '2, 2, P' : expected.join(', ');
    throw new InputError(
      `The output "${name}" is ${dtype} [${shape.join(', ')}], where an ELMo gives float32 [${wanted}].`,
      { file },
      'Choose a module in the form of TF-Hub elmo/2 or elmo/3.',
    );
  }
}

/**
 * Loads an ELMo in the form of TF-Hub `elmo/2` and `elmo/3`: signatures `tokens` (words) and `default` (sentences).
 * @param source the directory of the SavedModel, or the `.tar.gz` that TensorFlow Hub gives out
 * @throws InputError where the workspace is not trusted, on WebAssembly, where there is no SavedModel, and where it is
 * not an ELMo
 */
export async function loadHubElmo(source: string, { trusted, cache }: HubElmoOptions): Promise<HubElmo> {
  await requireSavedModels({ trusted }, source);
  const folder = await hubFolder(source, cache);
  const model = await openSavedModel(folder, { trusted });
  const id = await hubId(folder);
  const tokens = await model.load('tokens', ['tokens', 'sequence_len'], OUTPUTS);
  let sentences: Signature | undefined;
  try {
    sentences = await model.load('default', ['strings'], OUTPUTS);
    return new HubElmo(id, tokens, sentences, source);
  } catch (error) {
    tokens.dispose();
    sentences?.dispose();
    throw error;
  }
}
