import { tf } from '../backend';
import { type CrfGradients, negativeLogLikelihood } from '../nn/crf';
import type { LayerHead } from '../taggers/layerHead';
import { sentenceScores } from '../taggers/tagger';

/** Cross-entropy of each token's tag and its gradient by the scores, [T·K] both. */
function tokenLoss(
  scores: Float32Array,
  gold: readonly number[],
  tags: number,
  gradient: Float32Array,
): number {
  let loss = 0;
  gold.forEach((tag, t) => {
    const row = scores.subarray(t * tags, (t + 1) * tags);
    const most = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let k = 0; k < tags; k++) sum += gradient[t * tags + k] = Math.exp(row[k] - most);
    for (let k = 0; k < tags; k++) gradient[t * tags + k] /= sum;
    gradient[t * tags + tag] -= 1;
    loss += most + Math.log(sum) - row[tag];
  });
  return loss;
}

const emptyGradients = (tags: number): CrfGradients => ({
  emissions: new Float32Array(0),
  start: new Float32Array(tags),
  between: new Float32Array(tags * tags),
  end: new Float32Array(tags),
});

/**
 * The same loss of sentences that are not trained on. Sentences with a tag that the head does not know are left out.
 * @param scores [R·K] of each sentence
 * @param labels tags of the rows of each sentence
 */
export function heldOutLoss(
  head: LayerHead,
  scores: readonly Float32Array[],
  labels: readonly (readonly string[])[],
): number {
  const { tagSet, transitions } = head;
  const crf = transitions ? head.crfScores() : null;
  const into = emptyGradients(tagSet.size);
  let [loss, rows] = [0, 0];
  scores.forEach((own, index) => {
    if (!labels[index].every((tag) => tagSet.has(tag))) return;
    const gold = tagSet.indicesOf(labels[index]);
    const emissions = new Float32Array(own.length);
    rows += gold.length;
    loss += crf
      ? negativeLogLikelihood(gold, own, crf, { ...into, emissions })
      : tokenLoss(own, gold, tagSet.size, emissions);
  });
  return rows > 0 ? loss / rows : 0;
}

/**
 * Mean loss for each row of a batch (a token, or a whole sentence): cross-entropy, or the CRF's negative
 * log-likelihood. It is computed on plain arrays together with its gradient, which is then handed to TensorFlow.js.
 * @param logits [R, B, K]
 * @param gold tag indices of the rows of each of the B sentences
 */
export function layerLoss(
  head: LayerHead,
  logits: tf.Tensor3D,
  gold: readonly (readonly number[])[],
): tf.Scalar {
  const [steps, sentences, tags] = logits.shape;
  const tokens = gold.reduce((sum, line) => sum + line.length, 0);
  const { transitions } = head;
  const variables = transitions ? [transitions.start, transitions.between, transitions.end] : [];
  const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const values = (args[0] as tf.Tensor3D).dataSync<'float32'>();
    const crf = transitions ? head.crfScores() : null;
    const into = emptyGradients(tags);
    const byLogits = new Float32Array(values.length);
    let loss = 0;
    gold.forEach((line, b) => {
      const own = sentenceScores(values, b, sentences, line.length, tags);
      const emissions = new Float32Array(own.length);
      loss += crf
        ? negativeLogLikelihood(line, own, crf, { ...into, emissions })
        : tokenLoss(own, line, tags, emissions);
      for (let t = 0; t < line.length; t++)
        byLogits.set(emissions.subarray(t * tags, (t + 1) * tags), (t * sentences + b) * tags);
    });
    const scaled = (gradient: Float32Array): Float32Array => gradient.map((g) => g / tokens);
    const gradFunc = (dy: tf.Tensor): tf.Tensor[] => {
      const gradients: tf.Tensor[] = [tf.tensor3d(scaled(byLogits), [steps, sentences, tags])]; // [R, B, K]
      if (crf)
        gradients.push(
          tf.tensor1d(scaled(into.start)), // [K]
          tf.tensor2d(scaled(into.between), [tags, tags]), // [K, K]
          tf.tensor1d(scaled(into.end)), // [K]
        );
      return gradients.map((g) => tf.mul(g, dy));
    };
    return { value: tf.scalar(loss / tokens), gradFunc };
  });
  return operation(logits, ...variables) as tf.Scalar;
}
