import type { Label } from './label';
import { formatLabelLine } from './labelLine';
import { derivedLabelId } from './newLabelId';

/** One label that two sides changed in different ways since they last agreed. */
export interface LabelConflict {
  readonly id: string;
  /** What each side has; undefined where it deleted the label. */
  readonly mine: Label | undefined;
  readonly theirs: Label | undefined;
}

/** What came of a merge. */
export interface MergedLabels {
  readonly labels: readonly Label[];
  /**
   * Where a person must choose. Nothing is dropped: a label that only one side deleted is kept, and of two
   * versions `theirs` is kept too, under an id of its own and with `rivalOf`.
   */
  readonly conflicts: readonly LabelConflict[];
}

type Keys = readonly (keyof Label)[];

/** What a person decides, and where the label stands. Each is taken over as a whole. */
const DECISION: Keys = ['layer', 'label', 'state', 'annotator', 'time', 'confidence', 'note', 'rivalOf'];
const MEANING: Keys = ['layer', 'label', 'state', 'note', 'rivalOf'];
const PLACE: Keys = ['start', 'end', 'quote', 'before', 'after', 'review'];

const equal = (a: Label, b: Label, keys: Keys): boolean => keys.every((key) => a[key] === b[key]);

/** `label` with the `keys` of `source`; what is undefined there is left out. */
function take(label: Label, source: Label, keys: Keys): Label {
  const merged = { ...label, ...Object.fromEntries(keys.map((key) => [key, source[key]])) };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined),
  ) as unknown as Label;
}

/** Both versions as one, or undefined where they contradict each other. */
function mergeOne(base: Label | undefined, mine: Label, theirs: Label): Label | undefined {
  let merged = mine;
  if (!equal(mine, theirs, DECISION)) {
    const isTheirs = base !== undefined && equal(base, mine, DECISION);
    const isMine = base !== undefined && equal(base, theirs, DECISION);
    if (isTheirs) merged = take(merged, theirs, DECISION);
    else if (equal(mine, theirs, MEANING))
      merged = mine.time >= theirs.time ? mine : take(mine, theirs, DECISION);
    else if (!isMine) return undefined;
  }
  if (equal(mine, theirs, PLACE)) return merged;
  if (base !== undefined && equal(base, mine, PLACE)) return take(merged, theirs, PLACE);
  if (base !== undefined && equal(base, theirs, PLACE)) return merged;
  // Both moved: with the same words it is the text that moved, and the words are found again.
  return mine.quote === theirs.quote ? merged : undefined;
}

const byId = (labels: Iterable<Label>): Map<string, Label> =>
  new Map(Array.from(labels, (label) => [label.id, label]));

/**
 * Merges two versions of the labels of a text by their ids.
 * @param base what both sides started from; empty where it is not known
 */
export function mergeLabels(
  base: Iterable<Label>,
  mine: Iterable<Label>,
  theirs: Iterable<Label>,
): MergedLabels {
  const [old, ours, others] = [byId(base), byId(mine), byId(theirs)];
  const labels: Label[] = [];
  const conflicts: LabelConflict[] = [];
  for (const id of new Set([...ours.keys(), ...others.keys()])) {
    const [was, my, their] = [old.get(id), ours.get(id), others.get(id)];
    if (my !== undefined && their !== undefined) {
      const merged = mergeOne(was, my, their);
      if (merged !== undefined) labels.push(merged);
      else {
        labels.push(my, rival(their));
        conflicts.push({ id, mine: my, theirs: their });
      }
      continue;
    }
    const left = (my ?? their) as Label;
    if (was === undefined) labels.push(left);
    else if (!equal(was, left, MEANING)) {
      labels.push(left);
      conflicts.push({ id, mine: my, theirs: their });
    }
  }
  return { labels, conflicts };
}

/** Their version beside mine; the same id wherever the same versions meet. */
function rival(theirs: Label): Label {
  return { ...theirs, id: derivedLabelId(formatLabelLine(theirs)), rivalOf: theirs.id };
}
