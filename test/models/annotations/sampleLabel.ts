import type { Label } from '../../../models/annotations/label';
import { quoteAt } from '../../../models/annotations/quoteLabel';

/** A confirmed person at [start, end) of `text`. */
export function sampleLabel(text: string, start: number, end: number, more: Partial<Label> = {}): Label {
  return {
    id: `l${start}-${end}`,
    layer: 'ner',
    label: 'PER',
    start,
    end,
    ...quoteAt(text, start, end),
    state: 'confirmed',
    annotator: 'Ada',
    time: '2026-11-22T14:00:00.000Z',
    ...more,
  };
}

/** The same for the first occurrence of `words`. */
export function sampleOf(text: string, words: string, more: Partial<Label> = {}): Label {
  const start = text.indexOf(words);
  if (start < 0) throw new RangeError(`"${words}" is not in the text.`);
  return sampleLabel(text, start, start + words.length, more);
}
