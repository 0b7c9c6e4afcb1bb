import type { Label } from '../../models/annotations/label';
import type { LabelDocument } from './labelDocument';
import type { LabelStep } from './labelOperation';

/** True if both versions say the same of the text, wherever it stands. */
function sameDecision(a: Label, b: Label): boolean {
  return a.layer === b.layer && a.label === b.label && a.state === b.state && a.note === b.note;
}

/**
 * Turns `before` of an earlier step into `after`, at the place where the label stands now.
 * @returns false, and does nothing, where the label is no longer as that step left it
 */
export function revertStep({ live, isOpen }: LabelDocument, { before, after }: LabelStep): boolean {
  const id = (before ?? after)?.id ?? '';
  const now = live.get(id);
  if (before === undefined) {
    if (now !== undefined || after === undefined) return false;
    if (isOpen) live.putBack(after);
    else live.put(after);
    return true;
  }
  if (now === undefined || !sameDecision(now, before)) return false;
  if (after === undefined) {
    live.remove(id);
    return true;
  }
  const samePlace = before.start === after.start && before.end === after.end;
  const isUnmoved = now.start === before.start && now.end === before.end;
  if (!samePlace && isUnmoved) live.put(after);
  else if (!samePlace) {
    // New borders, and the text has moved since: they move along.
    const by = now.start - before.start;
    live.put({ ...after, start: after.start + by, end: after.end + by });
  } else {
    const { start, end, quote, before: left, after: right } = now;
    const { review: _, ...decision } = after;
    const place = { start, end, quote, before: left, after: right };
    live.put(
      now.review === undefined ? { ...decision, ...place } : { ...decision, ...place, review: now.review },
    );
  }
  return true;
}
