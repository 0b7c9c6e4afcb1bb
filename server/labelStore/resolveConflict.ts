import { type MergedLabels, mergeLabels } from '../../models/annotations/mergeLabels';
import { linesOf } from '../../models/data/lines';
import { MARKER, parseSidecar } from './sidecarText';

/**
 * Merges by id the two sides of an annotation file that git left with conflict markers. With the common ancestor
 * in the file (`merge.conflictStyle` diff3 or zdiff3) deletions are recognised; without it, what stands on one
 * side only is kept.
 * @throws SidecarError where a side cannot be read
 */
export function resolveConflict(content: string, file: string): MergedLabels {
  const sides = { mine: [] as string[], base: [] as string[], theirs: [] as string[] };
  let inside: keyof typeof sides | undefined;
  let hasBase = false;
  for (const { text } of linesOf(content)) {
    const marker = MARKER.exec(text)?.[1];
    if (marker?.startsWith('<')) inside = 'mine';
    else if (marker?.startsWith('|')) [inside, hasBase] = ['base', true];
    else if (marker?.startsWith('=')) inside = 'theirs';
    else if (marker?.startsWith('>')) inside = undefined;
    else if (inside !== undefined) sides[inside].push(text);
    else for (const side of Object.values(sides)) side.push(text);
  }
  const read = (lines: readonly string[]) => parseSidecar(lines.join('\n'), file);
  return mergeLabels(hasBase ? read(sides.base) : [], read(sides.mine), read(sides.theirs));
}
