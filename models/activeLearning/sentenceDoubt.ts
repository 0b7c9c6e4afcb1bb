import { type CrfScores, lattice } from '../nn/crf';
import { parseBioTag } from '../tags/bio';
import type { TagSet } from '../tags/tagSet';
import { bestPaths } from './bestPaths';
import { rowEntropies, tagProbabilities } from './tagProbabilities';

/** A label that a model gives some words, null for none, and its probability. */
export interface Option {
  readonly label: string | null;
  readonly probability: number;
}

/** Where a model is least sure in a sentence: tokens [start, end), and the labels that it wavers between. */
export interface Wavering {
  readonly start: number;
  readonly end: number;
  readonly first: Option;
  readonly second: Option;
}

/** How unsure a head is of one sentence. */
export interface SentenceDoubt {
  /** Rows that are tagged: tokens, or 1 in a sentence layer; 0 for a sentence without tokens. */
  readonly rows: number;
  /** −log probability of the best tagging of the whole sentence, in nats. */
  readonly surprise: number;
  /** Sum of the entropies of the rows, in nats. */
  readonly entropy: number;
  /** Probability of the second best tagging by that of the best, in [0, 1]. */
  readonly ratio: number;
  /** Null for a sentence without tokens, or a layer with a single label. */
  readonly wavering: Wavering | null;
}

const certain: SentenceDoubt = { rows: 0, surprise: 0, entropy: 0, ratio: 0, wavering: null };

/**
 * How unsure a head is of a sentence.
 * @param scores [R·K], divided by the head's temperature
 * @param crf the head's scores of transitions divided likewise; null in token and sentence layers
 */
export function sentenceDoubt(scores: Float32Array, tagSet: TagSet, crf: CrfScores | null): SentenceDoubt {
  if (scores.length === 0) return certain;
  const tags = tagSet.size;
  const probabilities = tagProbabilities(scores, tags, crf);
  const entropies = rowEntropies(probabilities, tags);
  const path = crf ? crfPaths(scores, crf) : rowPaths(probabilities, tags);
  return {
    rows: scores.length / tags,
    surprise: Math.max(0, path.surprise),
    entropy: entropies.reduce((sum, value) => sum + value, 0),
    ratio: path.ratio,
    wavering: wavering(probabilities, entropies, tagSet),
  };
}

interface PathDoubt {
  readonly surprise: number;
  readonly ratio: number;
}

function crfPaths(scores: Float32Array, crf: CrfScores): PathDoubt {
  const { first, second } = bestPaths(scores, crf);
  return { surprise: lattice(scores, crf).partition - first, ratio: Math.exp(second - first) };
}

/** The second best tagging differs from the best one in the row where that costs least. */
function rowPaths(probabilities: Float64Array, tags: number): PathDoubt {
  let [surprise, ratio] = [0, 0];
  for (let from = 0; from < probabilities.length; from += tags) {
    let [first, second] = [0, 0];
    for (const p of probabilities.subarray(from, from + tags))
      if (p > first) [first, second] = [p, first];
      else if (p > second) second = p;
    surprise -= Math.log(first);
    ratio = Math.max(ratio, second / first);
  }
  return { surprise, ratio };
}

function wavering(probabilities: Float64Array, entropies: Float64Array, tagSet: TagSet): Wavering | null {
  const at = entropies.reduce((best, value, row) => (value > entropies[best] ? row : best), 0);
  const optionsOf = (row: number): Option[] => options(probabilities, row, tagSet);
  const [first, second] = optionsOf(at);
  if (second === undefined) return null;
  // The words beside it that the same two labels are likely for belong to the same question.
  const label = first.label ?? second.label;
  const isSame = (row: number): boolean =>
    tagSet.kind === 'span' &&
    row >= 0 &&
    row < entropies.length &&
    optionsOf(row).some((option) => option.label === label && option.probability > 0.25);
  const begins = (row: number): boolean => beginning(probabilities, row, label, tagSet) > 0.5;
  let [start, end] = [at, at + 1];
  while (!begins(start) && isSame(start - 1)) start--;
  while (isSame(end) && !begins(end)) end++;
  return { start, end, first, second };
}

/** The probabilities of the labels at a row, most probable first; those of B- and I- tags count together. */
function options(probabilities: Float64Array, row: number, tagSet: TagSet): Option[] {
  const sums = new Map<string, number>();
  tagSet.tags.forEach((tag, k) => {
    const label = tagSet.kind === 'span' ? (parseBioTag(tag)?.label ?? tag) : tag;
    sums.set(label, (sums.get(label) ?? 0) + probabilities[row * tagSet.size + k]);
  });
  return [...sums]
    .map(([label, probability]) => ({ label: label === '' ? null : label, probability }))
    .sort((a, b) => b.probability - a.probability);
}

/** How likely a span of a label, rather than another row of one, begins at a row, given that one is there. */
function beginning(probabilities: Float64Array, row: number, label: string | null, tagSet: TagSet): number {
  if (tagSet.kind !== 'span' || label === null) return 1;
  const of = (mark: string): number => probabilities[row * tagSet.size + tagSet.indexOf(`${mark}-${label}`)];
  const [begins, continues] = [of('B'), of('I')];
  return begins / (begins + continues || 1);
}
