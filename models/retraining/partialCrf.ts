import { type CrfScores, lattice } from '../nn/crf';

/** A log weight that rules a tag out; finite, so that sums stay free of NaN. */
export const ruledOut = -1e4;

/** How often a distribution over the paths of a sentence has each tag at each token, and each move in all. */
export interface PathExpectations {
  /** log of the sum over all paths. */
  readonly partition: number;
  /** [T·K]; the rows of the first and the last token are those of `start` and `end`, too. */
  readonly unary: Float64Array;
  /** [K·K], from · K + to, summed over all tokens */
  readonly between: Float64Array;
}

/**
 * The expectations of a CRF over one sentence.
 * @param emissions [T·K], T at least 1
 * @param weights log weights of each tag at each token, [T·K], added to the emissions
 */
export function pathExpectations(
  emissions: ArrayLike<number>,
  scores: CrfScores,
  weights?: Float64Array,
): PathExpectations {
  const own = Float64Array.from(emissions, (value, at) => value + (weights?.[at] ?? 0));
  const { tokens, tags, forward, backward, partition } = lattice(own, scores);
  const unary = forward.map((value, at) => Math.exp(value + backward[at] - partition));
  const between = new Float64Array(tags * tags);
  for (let t = 1; t < tokens; t++)
    for (let to = 0; to < tags; to++) {
      const at = t * tags + to;
      if (unary[at] < 1e-12) continue; // most are ruled out
      const rest = own[at] + backward[at] - partition;
      for (let from = 0; from < tags; from++)
        between[from * tags + to] += Math.exp(
          forward[at - to - tags + from] + scores.between[from * tags + to] + rest,
        );
    }
  return { partition, unary, between };
}

/** What one sentence teaches a CRF. */
export interface PathTarget {
  /** Log weights, [T·K]: 0 for what may be, `ruledOut` for what may not, between them for what is unlikely. */
  readonly weights: Float64Array | null;
  /** How much it counts. */
  readonly weight: number;
  /** What another model makes of the sentence, and how much that counts. */
  readonly teacher: PathExpectations | null;
  readonly teacherWeight: number;
}

/** Where `partialLoss` adds up its gradient by the scores. */
export interface PathGradients {
  /** [T·K], overwritten */
  readonly emissions: Float32Array;
  /** [K], [K·K], [K]: added to */
  readonly start: Float32Array;
  readonly between: Float32Array;
  readonly end: Float32Array;
}

/**
 * −log of the probability of all paths that a partly labelled sentence allows, each as heavy as its weights say (Tsuboi
 * et al. 2008, “Training Conditional Random Fields Using Incomplete Annotations”), plus the cross-entropy between the
 * teacher's paths and the model's. Both gradients are what the model expects minus what it should.
 */
export function partialLoss(
  emissions: ArrayLike<number>,
  scores: CrfScores,
  { weights, weight, teacher, teacherWeight }: PathTarget,
  into: PathGradients,
): number {
  const tags = scores.start.length;
  const free = pathExpectations(emissions, scores);
  into.emissions.fill(0);
  let loss = 0;
  const pull = (target: PathExpectations, by: number): void => {
    const last = free.unary.length - tags;
    for (let at = 0; at < free.unary.length; at++) {
      const difference = by * (free.unary[at] - target.unary[at]);
      into.emissions[at] += difference;
      if (at < tags) into.start[at] += difference;
      if (at >= last) into.end[at - last] += difference;
    }
    for (let move = 0; move < tags * tags; move++)
      into.between[move] += by * (free.between[move] - target.between[move]);
  };
  if (weights && weight > 0) {
    const allowed = pathExpectations(emissions, scores, weights);
    loss += weight * (free.partition - allowed.partition);
    pull(allowed, weight);
  }
  if (teacher && teacherWeight > 0) {
    loss += teacherWeight * (free.partition - expectedScore(teacher, emissions, scores));
    pull(teacher, teacherWeight);
  }
  return loss;
}

/** Mean log score, under a CRF, of the paths of another distribution. */
function expectedScore(
  { unary, between }: PathExpectations,
  emissions: ArrayLike<number>,
  scores: CrfScores,
): number {
  const tags = scores.start.length;
  const last = unary.length - tags;
  let sum = 0;
  unary.forEach((probability, at) => {
    const edges = (at < tags ? scores.start[at] : 0) + (at >= last ? scores.end[at - last] : 0);
    sum += probability * (emissions[at] + edges);
  });
  between.forEach((count, move) => (sum += count * scores.between[move]));
  return sum;
}
