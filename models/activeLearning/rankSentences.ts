import { atOnce } from '../atOnce';
import { SentencePool } from './sentencePool';

/** A sentence that could be labelled. */
export interface Candidate {
  /** What labelling it is worth, by a strategy; not below 0. */
  readonly worth: number;
  /** Mean of the vectors of its words. */
  readonly vector: Float32Array;
}

export interface RankingOptions {
  /** How many to rank; those after them are left out. */
  readonly count: number;
  /** Power of the density that the worth is multiplied by; 0 for none. By default 1. */
  readonly density?: number;
  /** What the likeness to those ranked before takes off, as a share of the largest worth; 0 for nothing. By default 0.3. */
  readonly diversity?: number;
  /** Only so many of the most worthy are compared with one another, and twice `count` at least. By default 1,000. */
  readonly compared?: number;
}

/**
 * Ranks sentences by what labelling them is worth: weighted by how common they are (information density, Settles and
 * Craven 2008), each lessened by its likeness to those that come before it (maximal marginal relevance, Carbonell and
 * Goldstein 1998), so that the first ten are not ten of the same.
 * @returns indices of candidates, the most worthy first; equal ones in their order
 */
export function rankSentences(candidates: readonly Candidate[], options: RankingOptions): number[] {
  return atOnce(rankingSteps(candidates, options));
}

/** The same in steps of less than a millisecond, for a thread that must stay responsive. */
export function* rankingSteps(
  candidates: readonly Candidate[],
  { count, density = 1, diversity = 0.3, compared = 1000 }: RankingOptions,
): Generator<void, number[]> {
  if (candidates.length === 0) return [];
  const pool = yield* SentencePool.of(candidates.map(({ vector }) => vector));
  const weighed = new Float64Array(candidates.length);
  for (const [i, { worth }] of candidates.entries()) {
    weighed[i] = worth * (density > 0 ? pool.densityOf(i) ** density : 1);
    yield;
  }
  const left = yield* largest(weighed, diversity === 0 ? count : Math.max(compared, 2 * count));
  if (diversity === 0) return left;
  const most = weighed[left[0]] || 1;
  const nearest = new Float64Array(candidates.length); // likeness to the nearest that is ranked
  const ranked: number[] = [];
  while (ranked.length < count && left.length > 0) {
    let best = 0;
    let value = -Infinity;
    for (const [at, i] of left.entries()) {
      const own = weighed[i] / most - diversity * nearest[i];
      if (own > value) [best, value] = [at, own];
    }
    const [chosen] = left.splice(best, 1);
    ranked.push(chosen);
    for (const i of left) nearest[i] = Math.max(nearest[i], pool.likeness(chosen, i));
    yield;
  }
  return ranked;
}

/** Indices of the largest values, the largest first, equal ones in their order. */
function* largest(values: Float64Array, count: number): Generator<void, number[]> {
  const found: number[] = [];
  for (const [i, value] of values.entries()) {
    yield;
    if (found.length === count && !(value > values[found[count - 1]])) continue;
    let [low, high] = [0, found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > values[found[middle]]) high = middle;
      else low = middle + 1;
    }
    found.splice(low, 0, i);
    if (found.length > count) found.pop();
  }
  return found;
}
