import { tf } from '../backend';
import { type BiLm, type WordBatch, wordBatch } from '../nn/biLm';
import { lookup, reversal } from '../nn/gather';
import type { LmBatch } from './lmBatch';
import { lmMarks } from './prepareCorpus';

/** What the biLM has to predict in a batch: for each scored place its row in the output and its class. */
export interface LmTargets {
  /** Rows of the top layer seen as [2·T·B, P]. */
  readonly rows: Int32Array;
  readonly classes: Int32Array;
}

const [endClass, beginClass, unknownClass] = lmMarks.map((_, k) => k);

/** Numbers words by their place in the vocabulary. */
export function classesOf(vocabulary: readonly string[]): ReadonlyMap<string, number> {
  return new Map(vocabulary.map((form, k) => [form, k]));
}

/**
 * Each direction predicts the token after the one it has just read, in its own order of time, up to the mark at
 * the far end.
 */
export function lmTargets(batch: LmBatch, words: WordBatch, classes: ReadonlyMap<string, number>): LmTargets {
  const rows: number[] = [];
  const targets: number[] = [];
  const sentences = batch.length;
  batch.forEach((forms, b) => {
    const known = forms.map((form) => classes.get(form) ?? unknownClass);
    const line = [beginClass, ...known, endClass];
    for (let direction = 0; direction < 2; direction++)
      for (let t = 0; t + 1 < line.length; t++) {
        rows.push((direction * words.steps + t) * sentences + b);
        targets.push(direction === 0 ? line[t + 1] : line[line.length - 2 - t]);
      }
  });
  return { rows: Int32Array.from(rows), classes: Int32Array.from(targets) };
}

/**
 * Runs the biLM over a batch up to the vectors that predict.
 * @returns [N, P], a row for each target
 */
export function contextVectors(
  biLm: BiLm,
  words: WordBatch,
  targets: LmTargets,
  dropout: Dropout,
): tf.Tensor2D {
  const distinct = biLm.encoder.call(words.words); // [U, P]
  const shape: [number, number, number] = [words.steps, words.lengths.length, biLm.projection];
  const embedded = tf.reshape<tf.Rank.R3>(lookup(distinct, words.places), shape); // [T, B, P]
  const order = reversal(words.lengths, words.steps);
  const outputs = biLm.run(dropout(embedded), order);
  const top = tf.reshape(outputs[outputs.length - 1], [-1, biLm.projection]) as tf.Tensor2D; // [2·T·B, P]
  return dropout(lookup(top, targets.rows)); // [N, P]
}

/** Zeroes values at random and scales the rest up; the identity outside training. */
export type Dropout = <T extends tf.Tensor>(x: T) => T;

export const noDropout: Dropout = (x) => x;

/** The words and targets of a batch. */
export function prepareBatch(
  batch: LmBatch,
  biLm: BiLm,
  classes: ReadonlyMap<string, number>,
): { words: WordBatch; targets: LmTargets } {
  const words = wordBatch(batch, biLm.options.char_cnn.max_characters_per_token);
  return { words, targets: lmTargets(batch, words, classes) };
}
