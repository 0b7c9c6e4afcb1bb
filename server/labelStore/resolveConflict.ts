import type { Label } from '../../models/annotations/label';
import { parseLabelLine } from '../../models/annotations/labelLine';
import { type MergedLabels, mergeLabels } from '../../models/annotations/mergeLabels';
import { InputError } from '../../models/errors';
import { linesOf } from '../../models/data/lines';
import { MARKER, mergeUnread, parseSidecar, type SidecarContent } from './sidecarText';

/** What came of merging the two sides of an annotation file. */
export type MergedSides = MergedLabels & SidecarContent;

/** True where git left conflict markers. */
export function hasConflict(content: string): boolean {
  for (const { text } of linesOf(content)) if (MARKER.test(text)) return true;
  return false;
}

/**
 * Merges by id the two sides of an annotation file that git left with conflict markers. With the common ancestor
 * in the file (`merge.conflictStyle` diff3 or zdiff3) deletions are recognised; without it, what stands on one
 * side only is kept. Where the ancestor is itself an unfinished merge (two branches that merged each other before),
 * git marks that within it by longer markers; what stands on either of its sides counts as the ancestor's.
 * @throws SidecarError where a side cannot be read
 */
export function resolveConflict(content: string, file: string): MergedSides {
  const sides = { mine: [] as string[], base: [] as string[], theirs: [] as string[] };
  let inside: keyof typeof sides | undefined;
  let hasBase = false;
  let size = 0;
  for (const { text } of linesOf(content)) {
    const marker = MARKER.exec(text)?.[1];
    if (marker === undefined) {
      if (inside !== undefined) sides[inside].push(text);
      else for (const side of Object.values(sides)) side.push(text);
    } else if (inside === undefined && marker.startsWith('<')) [inside, size] = ['mine', marker.length];
    else if (inside === 'base' && marker.length > size) continue;
    else if (marker.startsWith('|')) [inside, hasBase] = ['base', true];
    else if (marker.startsWith('=')) inside = 'theirs';
    else if (marker.startsWith('>')) inside = undefined;
  }
  const read = (lines: readonly string[]) => parseSidecar(lines.join('\n'), file);
  const [mine, theirs] = [read(sides.mine), read(sides.theirs)];
  return {
    ...mergeLabels(hasBase ? ancestorsOf(sides.base) : [], mine.labels, theirs.labels),
    unread: mergeUnread([], mine.unread, theirs.unread),
  };
}

/** The labels that the ancestor surely had: what it says in two ways, or not readably, it says not at all. */
function ancestorsOf(lines: readonly string[]): Label[] {
  const byId = new Map<string, { readonly line: string; readonly label: Label }>();
  const twice = new Set<string>();
  for (const line of lines) {
    try {
      const label = parseLabelLine(line, {});
      if ((byId.get(label.id)?.line ?? line) !== line) twice.add(label.id);
      byId.set(label.id, { line, label });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return [...byId.values()].filter(({ label }) => !twice.has(label.id)).map(({ label }) => label);
}
