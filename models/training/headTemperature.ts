import type { LayerHead } from '../taggers/layerHead';
import { fitSpanTemperature } from './spanTemperature';
import { fitTemperature } from './temperature';

/**
 * The temperature of a trained head, fitted on examples that it was not trained on.
 * @param scores [R·K] of each example @param labels tags of the rows of each example
 */
export function headTemperature(
  head: LayerHead,
  scores: readonly Float32Array[],
  labels: readonly (readonly string[])[],
): number {
  const { tagSet } = head;
  const crf = head.crfScores();
  if (crf) return fitSpanTemperature(tagSet, crf, scores, labels);
  // A tag that only these examples have says nothing of how sure the head may be.
  const known = labels.map((tags) => tags.every((tag) => tagSet.has(tag)));
  const isKnown = (_: unknown, index: number): boolean => known[index];
  const gold = labels.filter(isKnown).map((tags) => tagSet.indicesOf(tags));
  return fitTemperature(scores.filter(isKnown), gold, tagSet.size);
}
