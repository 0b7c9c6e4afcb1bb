import { nextEntity } from '../entityWalk';
import type { TargetText } from '../labels/targetText';
import type { ShownMark } from '../labels/shownMarks';
import { tagKey } from '../marks';
import { readSettings } from '../settings';
import { announce } from '../taggedText';
import { percent } from './labelPick';

/** What the user goes through: suggestions, those that the model is unsure of, or labels that need review. */
export type Walk = 'suggestion' | 'uncertain' | 'review';

const NONE: Readonly<Record<Walk, string>> = {
  suggestion: 'No suggestions left in this text',
  uncertain: 'No suggestion in this text is below the threshold',
  review: 'No label in this text needs review',
};

/** Selects the next or previous one and says what it is. */
export function walkTo(text: TargetText, walk: Walk, direction: 'next' | 'previous'): void {
  const { start, end } = text.selection;
  // What begins right at the cursor has not been visited yet.
  const from = start === end && direction === 'next' ? start - 0.5 : start;
  const stop = nextEntity(marksOf(text, walk), from, direction, start === end ? from : end);
  if (stop === undefined) return announce(NONE[walk]);
  const { mark, number, total } = stop;
  text.select(mark);
  const { label, probability, given } = mark;
  const words = mark.start < mark.end ? text.words(mark) : `lost: ${given?.quote ?? ''}`;
  const sure = probability === undefined ? '' : ` ${percent(probability)}`;
  announce(`“${words}” ${label}${sure} (${number} of ${total})`);
}

function marksOf(text: TargetText, walk: Walk): ShownMark[] {
  const { hiddenTags, threshold } = readSettings();
  const layer = text.session.mode.layer?.name;
  return text.marks.filter((mark) => {
    if (walk === 'review') return mark.state === 'review';
    if (mark.state !== 'suggested' || hiddenTags.has(tagKey(mark))) return false;
    if (layer !== undefined && mark.layer !== layer) return false;
    if (walk === 'uncertain') return (mark.probability ?? 1) < threshold;
    // Every word has a part of speech: outside annotation mode only spans and sentences are worth a stop.
    return layer !== undefined || mark.kind !== 'token';
  });
}
