import { setImmediate } from 'node:timers/promises';
import { tf } from '../backend';
import { SpanScorer } from '../evaluation/spanScorer';
import { TagScorer } from '../evaluation/tagScorer';
import { type NamedArray, prefixed, readWeights, writeWeights } from '../nn/parameters';
import type { Random } from '../random';
import type { HeadBatch } from '../taggers/headBatch';
import type { LayerHead, SequenceDropout } from '../taggers/layerHead';
import { batchesByLength } from '../taggers/lengthBatches';
import { sentenceScores } from '../taggers/tagger';
import { tagsOfSpans } from '../tags/bio';
import { Adam } from './adam';
import type { EmbeddedCorpus } from './embeddedCorpus';
import type { FineTuner } from './fineTuner';
import { layerLoss } from './layerLoss';

/** Embedded sentences with the tag of each word; in sentence layers with one tag in all. */
export interface LabelledCorpus {
  readonly corpus: EmbeddedCorpus;
  readonly labels: readonly (readonly string[])[];
}

/**
 * The loss of a batch, by default that of its labels.
 * @param logits [R, B, K] @param indices the sentences of the corpus that stand in the batch
 */
export type Objective = (logits: tf.Tensor3D, indices: readonly number[]) => tf.Scalar;

export interface HeadTrainerOptions {
  readonly batchPlaces: number;
  readonly learningRate: number;
  readonly epochs: number;
}

/**
 * Takes training epochs of one head on a frozen embedder, or on one that is tuned along with it. Owns the optimizer;
 * the head and what tunes the embedder are the caller's.
 */
export class HeadTrainer {
  readonly #optimizer: Adam;
  readonly #objective: Objective;
  #steps = 0;
  #epoch = 0;

  constructor(
    readonly head: LayerHead,
    readonly train: LabelledCorpus,
    readonly options: HeadTrainerOptions,
    readonly random: Random,
    readonly tuner: FineTuner | null = null,
    objective: Objective = goldObjective(head, train.labels),
  ) {
    this.#optimizer = new Adam(head.variables());
    this.#objective = objective;
  }

  /**
   * One pass over the training data; yields the mean loss of a tag so far, and the share that is done.
   * @param among the sentences to pass over, by default all; each epoch should have about as many
   */
  async *epoch(
    among: readonly number[] = this.train.corpus.sentences.map((_, index) => index),
  ): AsyncGenerator<{ share: number; loss: number }> {
    this.#epoch++;
    const { sentences } = this.train.corpus;
    const order = this.random.shuffle([...among]);
    const groups = batchesByLength(
      order.map((index) => sentences[index].length),
      this.options.batchPlaces,
    );
    const batches = this.random.shuffle(groups.map((group) => group.map((k) => order[k])));
    let sum = 0;
    for (const [done, batch] of batches.entries()) {
      sum += this.#step(batch, this.#schedule(batches.length));
      if (done % 10 === 9 || done === batches.length - 1) {
        yield { share: (done + 1) / batches.length, loss: sum / (done + 1) };
        await setImmediate();
      }
    }
  }

  /**
   * Shares of the learning rate: it rises over 100 steps or a tenth of all, and falls in a straight line to a
   * twentieth over all epochs.
   */
  #schedule(batches: number): { rise: number; fall: number } {
    const steps = batches * this.options.epochs;
    const fall = Math.max(0.05, 1 - this.#steps++ / steps);
    return { rise: Math.min(1, this.#steps / Math.min(100, steps / 10)), fall };
  }

  #step(indices: readonly number[], { rise, fall }: { rise: number; fall: number }): number {
    const { head, random, tuner } = this;
    const { corpus } = this.train;
    const batch = this.#dropWords(head.batch(indices.map((index) => corpus.sentences[index])));
    const dropout: SequenceDropout = lockedDropout(head.options.dropout, random);
    const own = head.variables().map(([, variable]) => variable);
    const tuned = tuner?.variables(this.#epoch) ?? [];
    const results = tf.tidy(() => {
      const frozen = corpus.batch(indices); // [T, B, D] each
      const compute = (): tf.Scalar => {
        const embedded = corpus.complete(frozen, indices); // L+1 times [T, B, D]
        return this.#objective(head.call(embedded, batch, dropout), indices);
      };
      const { value, grads } = tf.valueAndGrads(compute)([...own, ...tuned]);
      return [value, ...grads];
    });
    const [loss, ...gradients] = results;
    this.#optimizer.step(gradients.slice(0, own.length), this.options.learningRate * rise * fall);
    tuner?.step(gradients.slice(own.length), this.#epoch, fall);
    const mean = loss.dataSync()[0];
    tf.dispose(results);
    return mean;
  }

  #dropWords(batch: HeadBatch): HeadBatch {
    const rate = this.head.options.wordDropout;
    const wordRows = batch.wordRows.map((row) => (this.random.uniform() < rate ? 0 : row));
    return { ...batch, wordRows };
  }

  #variables(): [string, tf.Variable][] {
    return [...this.head.variables(), ...prefixed('tuned', this.tuner?.embedder.variables() ?? [])];
  }

  /** Copies of all weights that are trained. */
  weights(): Promise<Map<string, NamedArray>> {
    return readWeights(this.#variables());
  }

  restore(weights: Map<string, NamedArray>): void {
    writeWeights(this.#variables(), weights);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}

function goldObjective(head: LayerHead, labels: LabelledCorpus['labels']): Objective {
  const gold = labels.map((tags) => head.tagSet.indicesOf(tags));
  return (logits, indices) =>
    layerLoss(
      head,
      logits,
      indices.map((index) => gold[index]),
    );
}

/** Scores of a head on each sentence of a corpus, [R·K]. */
export async function headScores(head: LayerHead, corpus: EmbeddedCorpus): Promise<Float32Array[]> {
  const scores: Float32Array[] = [];
  for (const batch of batchesByLength(
    corpus.sentences.map((forms) => forms.length),
    2048,
  )) {
    const forms = batch.map((index) => corpus.sentences[index]);
    const logits = tf.tidy(() => {
      const embedded = corpus.complete(corpus.batch(batch), batch); // L+1 times [T, B, D]
      return head.call(embedded, head.batch(forms)); // [R, B, K]
    });
    const values = await logits.data<'float32'>();
    logits.dispose();
    batch.forEach((index, b) => {
      scores[index] = sentenceScores(values, b, batch.length, head.rows(forms[b].length), head.tagSet.size);
    });
    await setImmediate();
  }
  return scores;
}

/** Accuracy of a token or sentence layer, F1 of a span layer, in [0, 1]. */
export function scoreHead(
  head: LayerHead,
  scores: readonly Float32Array[],
  labels: LabelledCorpus['labels'],
): number {
  const decode = head.decoder();
  const tags = new TagScorer();
  const spans = new SpanScorer();
  scores.forEach((own, index) => {
    const prediction = decode(own);
    const gold = labels[index];
    if (prediction.kind === 'span') spans.addTags(gold, tagsOfSpans(prediction.spans, gold.length));
    else if (prediction.kind === 'sentence') tags.add(gold, [prediction.labels[0].label]);
    else
      tags.add(
        gold,
        prediction.tags.map(({ label }) => label),
      );
  });
  return head.layer.kind === 'span' ? spans.overall().f1 : tags.accuracy;
}

/**
 * Drops the same units in all tokens of a sentence (Gal and Ghahramani 2016) and scales the rest up.
 * @param rate share that is dropped
 */
function lockedDropout(rate: number, random: Random): SequenceDropout {
  if (rate === 0) return (x) => x;
  return (x) => {
    const [, sentences, size] = x.shape;
    const mask = Float32Array.from({ length: sentences * size }, () =>
      random.uniform() < rate ? 0 : 1 / (1 - rate),
    );
    return tf.mul(x, tf.tensor3d(mask, [1, sentences, size])); // [T, B, D]
  };
}
