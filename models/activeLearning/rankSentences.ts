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
  const { count, density = 1, diversity = 0.3, compared = 1000 } = options;
  if (candidates.length === 0) return [];
  const pool = new SentencePool(candidates.map(({ vector }) => vector));
  const weighed = candidates.map(({ worth }, i) => worth * (density > 0 ? pool.densityOf(i) ** density : 1));
  const order = weighed.map((_, i) => i).sort((a, b) => weighed[b] - weighed[a] || a - b);
  if (diversity === 0) return order.slice(0, count);
  const most = weighed[order[0]] || 1;
  const left = order.slice(0, Math.max(compared, 2 * count));
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
  }
  return ranked;
}
