import { type CrfScores, lattice, runProbability, viterbi } from '../nn/crf';
import { spansOfTags } from '../tags/bio';
import type { TagSet } from '../tags/tagSet';
import type { LayerPrediction, SpanPrediction, TokenPrediction } from './prediction';

/** exp of scores divided by their sum, for row t of [T·K]. */
function softmaxRow(scores: Float32Array, t: number, tags: number): Float64Array {
  const row = Float64Array.from(scores.subarray(t * tags, (t + 1) * tags));
  const most = Math.max(...row);
  let sum = 0;
  for (let k = 0; k < tags; k++) sum += row[k] = Math.exp(row[k] - most);
  return row.map((value) => value / sum);
}

/** The best and the second best tag of each token. @param scores [T·K] */
export function predictTokens(scores: Float32Array, tagSet: TagSet): LayerPrediction {
  const k = tagSet.size;
  const tags = Array.from({ length: scores.length / k }, (_, t): TokenPrediction => {
    const row = softmaxRow(scores, t, k);
    let best = 0;
    let second = -1;
    for (let tag = 1; tag < k; tag++)
      if (row[tag] > row[best]) [second, best] = [best, tag];
      else if (second < 0 || row[tag] > row[second]) second = tag;
    return {
      label: tagSet.tagOf(best),
      probability: row[best],
      runnerUp: second < 0 ? null : { label: tagSet.tagOf(second), probability: row[second] },
    };
  });
  return { kind: 'token', tags };
}

/** The spans of the best well-formed path, each with the sum of the paths that hold it. @param emissions [T·K] */
export function predictSpans(emissions: Float32Array, tagSet: TagSet, scores: CrfScores): LayerPrediction {
  if (emissions.length === 0) return { kind: 'span', spans: [] };
  const path = viterbi(emissions, scores);
  const found = spansOfTags(tagSet.tagsOf(path), 'strict');
  if (found.length === 0) return { kind: 'span', spans: [] };
  const sums = lattice(emissions, scores);
  const spans = found.map(({ start, end, label }): SpanPrediction => {
    const run = { start, tags: path.subarray(start, end), continuation: tagSet.indexOf(`I-${label}`) };
    return { start, end, label, probability: Math.min(1, runProbability(run, emissions, scores, sums)) };
  });
  return { kind: 'span', spans };
}

/** The labels of a sentence, the most probable first. @param scores [K], or none for a sentence without tokens */
export function predictSentence(scores: Float32Array, tagSet: TagSet): LayerPrediction {
  if (scores.length === 0) return { kind: 'sentence', labels: [] };
  const row = softmaxRow(scores, 0, tagSet.size);
  const labels = tagSet.tags.map((label, k) => ({ label, probability: row[k] }));
  return { kind: 'sentence', labels: labels.sort((a, b) => b.probability - a.probability) };
}
