import type { TransitionPenalties } from '../tags/transitions';

/*
 * A linear-chain conditional random field (Lafferty et al. 2001) on plain arrays, in float64. It has few tags and
 * many short steps: as tensors it would be all overhead. Scores of a path y over T tokens:
 * start[y₀] + Σₜ emission[t][yₜ] + Σₜ between[yₜ₋₁][yₜ] + end[y_T].
 */

/** Scores that a CRF adds to the emissions; K tags. Forbidden moves carry a large negative score. */
export interface CrfScores {
  /** [K] */
  readonly start: Float64Array;
  /** [K·K], from · K + to */
  readonly between: Float64Array;
  /** [K] */
  readonly end: Float64Array;
}

/** Trained scores with the penalties for forbidden moves added. */
export function constrained(scores: TransitionPenalties, penalties: TransitionPenalties): CrfScores {
  const sum = (a: Float32Array, b: Float32Array): Float64Array =>
    Float64Array.from(a, (value, k) => value + b[k]);
  return {
    start: sum(scores.start, penalties.start),
    between: sum(scores.between, penalties.between),
    end: sum(scores.end, penalties.end),
  };
}

/** The scores of a CRF whose paths are all divided by a temperature, if its emissions are so, too. */
export function cooled({ start, between, end }: CrfScores, temperature: number): CrfScores {
  const divided = (values: Float64Array): Float64Array => values.map((value) => value / temperature);
  return { start: divided(start), between: divided(between), end: divided(end) };
}

function logSumExp(values: Float64Array, count: number): number {
  let most = -Infinity;
  for (let k = 0; k < count; k++) most = Math.max(most, values[k]);
  if (most === -Infinity) return most;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(values[k] - most);
  return most + Math.log(sum);
}

/** Forward and backward log sums over all paths of one sentence. */
export interface Lattice {
  readonly tokens: number;
  readonly tags: number;
  /** [T·K]: log sum of the paths up to token t that end in tag k, its emission included. */
  readonly forward: Float64Array;
  /** [T·K]: log sum of the rest of the paths, the emission at t not included. */
  readonly backward: Float64Array;
  /** log of the sum over all paths. */
  readonly partition: number;
}

/** @param emissions [T·K], T at least 1 */
export function lattice(emissions: ArrayLike<number>, { start, between, end }: CrfScores): Lattice {
  const tags = start.length;
  const tokens = emissions.length / tags;
  const forward = new Float64Array(tokens * tags);
  const backward = new Float64Array(tokens * tags);
  const terms = new Float64Array(tags);
  for (let k = 0; k < tags; k++) forward[k] = start[k] + emissions[k];
  for (let t = 1; t < tokens; t++)
    for (let to = 0; to < tags; to++) {
      for (let from = 0; from < tags; from++)
        terms[from] = forward[(t - 1) * tags + from] + between[from * tags + to];
      forward[t * tags + to] = logSumExp(terms, tags) + emissions[t * tags + to];
    }
  for (let k = 0; k < tags; k++) backward[(tokens - 1) * tags + k] = end[k];
  for (let t = tokens - 2; t >= 0; t--)
    for (let from = 0; from < tags; from++) {
      for (let to = 0; to < tags; to++) {
        const next = (t + 1) * tags + to;
        terms[to] = between[from * tags + to] + emissions[next] + backward[next];
      }
      backward[t * tags + from] = logSumExp(terms, tags);
    }
  for (let k = 0; k < tags; k++) terms[k] = forward[(tokens - 1) * tags + k] + end[k];
  return { tokens, tags, forward, backward, partition: logSumExp(terms, tags) };
}

/** log score of one path. */
export function pathScore(path: ArrayLike<number>, emissions: ArrayLike<number>, scores: CrfScores): number {
  const tags = scores.start.length;
  let score = scores.start[path[0]] + scores.end[path[path.length - 1]];
  for (let t = 0; t < path.length; t++) {
    score += emissions[t * tags + path[t]];
    if (t > 0) score += scores.between[path[t - 1] * tags + path[t]];
  }
  return score;
}

/** Where `pathGradient` adds up: the gradient of −log p(path), by emissions and by scores. */
export interface CrfGradients {
  readonly emissions: Float32Array;
  readonly start: Float32Array;
  readonly between: Float32Array;
  readonly end: Float32Array;
}

/**
 * −log p(path), and its gradient: the marginals under the model minus those of the path.
 * @param emissions [T·K] @param into.emissions [T·K], overwritten; the others are added to
 */
export function negativeLogLikelihood(
  path: ArrayLike<number>,
  emissions: ArrayLike<number>,
  scores: CrfScores,
  into: CrfGradients,
): number {
  const { tokens, tags, forward, backward, partition } = lattice(emissions, scores);
  for (let t = 0; t < tokens; t++)
    for (let k = 0; k < tags; k++) {
      const at = t * tags + k;
      const difference = Math.exp(forward[at] + backward[at] - partition) - (path[t] === k ? 1 : 0);
      into.emissions[at] = difference;
      if (t === 0) into.start[k] += difference;
      if (t === tokens - 1) into.end[k] += difference;
      if (t === 0) continue;
      for (let from = 0; from < tags; from++) {
        const before = (t - 1) * tags + from;
        const move = forward[before] + scores.between[from * tags + k] + emissions[at] + backward[at];
        const isGold = path[t - 1] === from && path[t] === k;
        into.between[from * tags + k] += Math.exp(move - partition) - (isGold ? 1 : 0);
      }
    }
  return partition - pathScore(path, emissions, scores);
}

/** The best path (Viterbi 1967). @param emissions [T·K] @returns [T] */
export function viterbi(emissions: ArrayLike<number>, { start, between, end }: CrfScores): Int32Array {
  const tags = start.length;
  const tokens = emissions.length / tags;
  const best = new Float64Array(tokens * tags);
  const origin = new Int32Array(tokens * tags);
  for (let k = 0; k < tags; k++) best[k] = start[k] + emissions[k];
  for (let t = 1; t < tokens; t++)
    for (let to = 0; to < tags; to++) {
      let from = 0;
      let most = -Infinity;
      for (let k = 0; k < tags; k++) {
        const score = best[(t - 1) * tags + k] + between[k * tags + to];
        if (score > most) [most, from] = [score, k];
      }
      best[t * tags + to] = most + emissions[t * tags + to];
      origin[t * tags + to] = from;
    }
  const path = new Int32Array(tokens);
  let most = -Infinity;
  for (let k = 0; k < tags; k++) {
    const score = best[(tokens - 1) * tags + k] + end[k];
    if (score > most) [most, path[tokens - 1]] = [score, k];
  }
  for (let t = tokens - 1; t > 0; t--) path[t - 1] = origin[t * tags + path[t]];
  return path;
}

/**
 * Probability that tokens [start, end) carry exactly the given tags and that the token after them does not carry
 * `continuation`: for BIO tags, the probability of this very span.
 */
export function runProbability(
  run: { readonly start: number; readonly tags: ArrayLike<number>; readonly continuation: number },
  emissions: ArrayLike<number>,
  scores: CrfScores,
  { tags, tokens, forward, backward, partition }: Lattice,
): number {
  let score = forward[run.start * tags + run.tags[0]];
  const end = run.start + run.tags.length;
  for (let t = run.start + 1; t < end; t++) {
    const [from, to] = [run.tags[t - run.start - 1], run.tags[t - run.start]];
    score += scores.between[from * tags + to] + emissions[t * tags + to];
  }
  const last = run.tags[run.tags.length - 1];
  const whole = Math.exp(score + backward[(end - 1) * tags + last] - partition);
  if (end === tokens) return whole;
  const next = end * tags + run.continuation;
  const longer = score + scores.between[last * tags + run.continuation] + emissions[next] + backward[next];
  return Math.max(0, whole - Math.exp(longer - partition));
}
