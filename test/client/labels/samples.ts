import type { ShownMark } from '../../../client/labels/shownMarks';
import type { Mark } from '../../../client/marks';
import type { WireLabel } from '../../../server/protocol/labels';

/** A label of a person. */
export function given(
  layer: string,
  label: string,
  start: number,
  end: number,
  more: Partial<WireLabel> = {},
): WireLabel {
  const decided = { state: 'confirmed', annotator: 'ada', time: '2026-01-01T00:00:00.000Z' } as const;
  return {
    id: `${layer}-${label}-${start}-${end}`,
    layer,
    label,
    start,
    end,
    quote: 'words',
    ...decided,
    ...more,
  };
}

/** A suggestion of the model. */
export function suggested(
  layer: string,
  label: string,
  start: number,
  end: number,
  kind: Mark['kind'] = 'span',
): Mark {
  return { layer, label, start, end, kind, probability: 0.8 };
}

export const asShown = (mark: Mark): ShownMark => ({ ...mark, state: 'suggested', lane: 0 });

export function shownLabel(label: WireLabel, kind: Mark['kind'] = 'span'): ShownMark {
  const { layer, start, end, review } = label;
  const state = review === undefined ? 'confirmed' : 'review';
  return { layer, label: label.label, start, end, kind, state, lane: 0, given: label };
}
