import { type CrfScores, lattice } from '../nn/crf';

/**
 * The probability of each tag at each row of a sentence, [R·K]: marginals over all paths of a CRF, or a softmax of
 * each row where there is none.
 * @param scores [R·K]
 * @param tags K
 */
export function tagProbabilities(scores: Float32Array, tags: number, crf: CrfScores | null): Float64Array {
  if (scores.length === 0) return new Float64Array(0);
  if (crf) {
    const { forward, backward, partition } = lattice(scores, crf);
    return forward.map((sum, at) => Math.exp(sum + backward[at] - partition));
  }
  const probabilities = Float64Array.from(scores);
  for (let from = 0; from < probabilities.length; from += tags) {
    const row = probabilities.subarray(from, from + tags);
    const most = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let k = 0; k < tags; k++) sum += row[k] = Math.exp(row[k] - most);
    for (let k = 0; k < tags; k++) row[k] /= sum;
  }
  return probabilities;
}

/** Entropy of each row, in nats: [R]. @param probabilities [R·K] */
export function rowEntropies(probabilities: Float64Array, tags: number): Float64Array {
  const entropies = new Float64Array(probabilities.length / tags);
  probabilities.forEach((p, at) => {
    if (p > 0) entropies[Math.floor(at / tags)] -= p * Math.log(p);
  });
  return entropies;
}
