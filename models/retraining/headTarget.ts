import { tf } from '../backend';
import type { CrfScores } from '../nn/crf';
import type { LayerHead } from '../taggers/layerHead';
import { sentenceScores } from '../taggers/tagger';
import type { Objective } from '../training/headTrainer';
import { partialLoss, type PathExpectations, pathExpectations, type PathGradients } from './partialCrf';

/** What is known of the rows of one sentence, for a head of any kind. */
export interface HeadTarget {
  /** Log weights of the tags, [R·K]; null where nothing is known. */
  readonly weights: Float64Array | null;
  /** [R]: rows of which nothing is known. */
  readonly open: Uint8Array;
  /** How much its labels count. */
  readonly weight: number;
  /** What the model before makes of it, as far as its labels leave that open. */
  readonly teacher: PathExpectations | null;
  readonly teacherWeight: number;
}

/** Without moves between rows: each row is a path of its own. */
function rowLoss(scores: Float32Array, tags: number, target: HeadTarget, gradient: Float32Array): number {
  let loss = 0;
  for (let row = 0; row < scores.length / tags; row++) {
    const own = scores.subarray(row * tags, (row + 1) * tags);
    const free = softmax(own);
    const isOpen = target.open[row] === 1;
    const into = gradient.subarray(row * tags, (row + 1) * tags);
    if (!isOpen && target.weights) {
      const weights = target.weights.subarray(row * tags, (row + 1) * tags);
      const allowed = softmax(own, weights);
      loss += target.weight * (free.partition - allowed.partition);
      into.forEach((_, k) => (into[k] += target.weight * (free.shares[k] - allowed.shares[k])));
    } else if (target.teacher && target.teacherWeight > 0) {
      const wanted = target.teacher.unary.subarray(row * tags, (row + 1) * tags);
      loss += target.teacherWeight * free.partition;
      into.forEach((_, k) => {
        loss -= target.teacherWeight * wanted[k] * own[k];
        into[k] += target.teacherWeight * (free.shares[k] - wanted[k]);
      });
    }
  }
  return loss;
}

function softmax(
  scores: ArrayLike<number>,
  weights?: Float64Array,
): { partition: number; shares: Float64Array } {
  const shares = Float64Array.from(scores, (score, k) => score + (weights?.[k] ?? 0));
  const most = shares.reduce((a, b) => Math.max(a, b));
  const sum = shares.reduce((total, score) => total + Math.exp(score - most), 0);
  const partition = most + Math.log(sum);
  return { partition, shares: shares.map((score) => Math.exp(score - partition)) };
}

/**
 * What a head as it is makes of a sentence, given what is known of it.
 * @param scores [R·K]
 */
export function expectationsOf(
  scores: Float32Array,
  tags: number,
  crf: CrfScores | null,
  weights?: Float64Array,
): PathExpectations {
  if (crf) return pathExpectations(scores, crf, weights);
  const unary = new Float64Array(scores.length);
  for (let at = 0; at < scores.length; at += tags)
    unary.set(softmax(scores.subarray(at, at + tags), weights?.subarray(at, at + tags)).shares, at);
  return { partition: 0, unary, between: new Float64Array(0) };
}

/** The mean loss of a row of a batch by partly known targets, as an objective for `HeadTrainer`. */
export function targetObjective(head: LayerHead, targets: readonly HeadTarget[]): Objective {
  return (logits, indices) => {
    const [steps, sentences, tags] = logits.shape;
    const { transitions } = head;
    const variables = transitions ? [transitions.start, transitions.between, transitions.end] : [];
    const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
      const values = (args[0] as tf.Tensor3D).dataSync<'float32'>();
      const crf = head.crfScores();
      const byLogits = new Float32Array(values.length);
      const into = {
        start: new Float32Array(tags),
        between: new Float32Array(tags * tags),
        end: new Float32Array(tags),
      };
      let [loss, rows] = [0, 0];
      indices.forEach((index, b) => {
        const target = targets[index];
        const own = sentenceScores(values, b, sentences, target.open.length, tags);
        const gradients: PathGradients = { ...into, emissions: new Float32Array(own.length) };
        loss += crf
          ? partialLoss(own, crf, target, gradients)
          : rowLoss(own, tags, target, gradients.emissions);
        rows += target.open.length;
        target.open.forEach((_, row) =>
          byLogits.set(
            gradients.emissions.subarray(row * tags, (row + 1) * tags),
            (row * sentences + b) * tags,
          ),
        );
      });
      const scaled = (gradient: Float32Array): Float32Array => gradient.map((g) => g / rows);
      const gradFunc = (dy: tf.Tensor): tf.Tensor[] => {
        const gradients: tf.Tensor[] = [tf.tensor3d(scaled(byLogits), [steps, sentences, tags])]; // [R, B, K]
        if (transitions)
          gradients.push(
            tf.tensor1d(scaled(into.start)), // [K]
            tf.tensor2d(scaled(into.between), [tags, tags]), // [K, K]
            tf.tensor1d(scaled(into.end)), // [K]
          );
        return gradients.map((g) => tf.mul(g, dy));
      };
      return { value: tf.scalar(loss / rows), gradFunc };
    });
    return operation(logits, ...variables) as tf.Scalar;
  };
}
