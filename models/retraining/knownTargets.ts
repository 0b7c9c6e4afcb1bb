import { OUTSIDE, type TagSet } from '../tags/tagSet';
import type { HeadTarget } from './headTarget';
import type { KnownSentence } from './layerKnowledge';
import { ruledOut } from './partialCrf';

/** Sentences whose suggestions were only accepted teach less: the model knew. */
export const acceptedWeight = 0.5;

/** What the labels of a sentence allow, for a head with these tags. @param rows of the sentence */
export function knownTarget(sentence: KnownSentence, tagSet: TagSet, rows: number): HeadTarget {
  const { spans, rejected, reviewed, corrected } = sentence;
  const tags = tagSet.size;
  const weights = new Float64Array(rows * tags);
  const open = new Uint8Array(rows).fill(1);
  const only = (row: number, tag: string): void => {
    weights.fill(ruledOut, row * tags, (row + 1) * tags);
    weights[row * tags + tagSet.indexOf(tag)] = 0;
    open[row] = 0;
  };
  const isSpan = tagSet.kind === 'span';
  for (const { start, end, label } of rejected)
    for (let row = start; row < end; row++)
      for (const tag of isSpan ? [`B-${label}`, `I-${label}`] : [label]) {
        weights[row * tags + tagSet.indexOf(tag)] = ruledOut;
        if (!isSpan) open[row] = 0;
      }
  if (reviewed && isSpan) for (let row = 0; row < rows; row++) only(row, OUTSIDE);
  for (const { start, end, label } of spans) {
    for (let row = start; row < end; row++)
      only(row, isSpan ? `${row === start ? 'B' : 'I'}-${label}` : label);
    if (isSpan && end < rows && open[end]) weights[end * tags + tagSet.indexOf(`I-${label}`)] = ruledOut;
  }
  return { weights, open, weight: corrected ? 1 : acceptedWeight, teacher: null, teacherWeight: 0 };
}

/** A sentence of which nothing is known. */
export function openTarget(rows: number): HeadTarget {
  const open = new Uint8Array(rows).fill(1);
  return { weights: null, open, weight: 0, teacher: null, teacherWeight: 0 };
}

/** A sentence of which nothing is known, but may be guessed. */
export function guessedTarget(tagSet: TagSet, rows: number): HeadTarget {
  return { ...openTarget(rows), weights: new Float64Array(rows * tagSet.size), weight: 1 };
}

/**
 * Makes entities unlikely where nothing is known: with labels alone and no `O` anywhere, a model of paths would learn
 * that everything is an entity.
 * @param prior log weight of the beginning of an entity
 */
export function setPrior(targets: readonly HeadTarget[], tagSet: TagSet, prior: number): void {
  const begins = tagSet.tags.flatMap((tag, k) => (tag.startsWith('B-') ? [k] : []));
  for (const { weights, open } of targets)
    if (weights)
      open.forEach((isOpen, row) => {
        if (!isOpen) return;
        for (const k of begins) {
          const at = row * tagSet.size + k;
          if (weights[at] !== ruledOut) weights[at] = prior;
        }
      });
}
