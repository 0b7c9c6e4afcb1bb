import type { WireLabel } from '../../server/protocol/labels';
import type { Mark } from '../marks';
import { REVIEWED_LAYER } from './shownLabels';

/**
 * `suggested`: the model alone says so. `confirmed`: a person does. `review`: the words are no longer those that
 * were labelled.
 */
export type MarkState = 'suggested' | 'confirmed' | 'review';

/** A mark as the text shows it. */
export interface ShownMark extends Mark {
  readonly state: MarkState;
  /** Spans that overlap stand in different lanes, from 0, each drawn within the one before. */
  readonly lane: number;
  /** The label that a person gave; undefined for a suggestion. */
  readonly given?: WireLabel;
}

/**
 * What is shown of suggestions and labels: labels, and the suggestions that no label of their layer outranks. A
 * suggestion that was rejected is not shown, nor a span that nobody labelled in a reviewed sentence.
 * @param suggestions in the order of the text
 * @param labels in the order of the text, rejected ones and marks of reviewed sentences included
 */
export function shownMarks(
  suggestions: Iterable<Mark>,
  labels: readonly WireLabel[],
  kindOf: (layer: string) => Mark['kind'],
): ShownMark[] {
  const hides = hidingOf(labels);
  const marks: Omit<ShownMark, 'lane'>[] = [];
  for (const mark of suggestions) if (!hides(mark)) marks.push({ ...mark, state: 'suggested' });
  for (const given of labels) {
    const { layer, label, start, end, state, review, rivalOf } = given;
    if (state === 'rejected' || layer === REVIEWED_LAYER) continue;
    const mark = { start, end, layer, label, kind: kindOf(layer), given };
    marks.push({ ...mark, state: review === undefined && rivalOf === undefined ? 'confirmed' : 'review' });
  }
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  const spans = marks.filter(({ kind }) => kind === 'span');
  const lanes = lanesOf(spans);
  const laneOf = new Map(spans.map((mark, i) => [mark, lanes[i]]));
  return marks.map((mark) => ({ ...mark, lane: laneOf.get(mark) ?? 0 }));
}

/** Tells which suggestions the labels of a text outrank. */
function hidingOf(labels: readonly WireLabel[]): (mark: Mark) => boolean {
  const rejected = new Set<string>();
  const confirmed = new Map<string, WireLabel[]>();
  for (const label of labels) {
    const layer = label.layer === REVIEWED_LAYER ? `${REVIEWED_LAYER}/${label.label}` : label.layer;
    if (label.state === 'rejected') rejected.add(exactly(label));
    else if (label.review !== 'lost') listOf(confirmed, layer).push(label);
  }
  const covers = new Map([...confirmed].map(([layer, list]) => [layer, new Cover(list)]));
  const all = covers.get(`${REVIEWED_LAYER}/*`);
  return (mark) =>
    covers.get(mark.layer)?.overlaps(mark) === true ||
    rejected.has(exactly(mark)) ||
    (mark.kind === 'span' &&
      (all?.overlaps(mark) === true ||
        covers.get(`${REVIEWED_LAYER}/${mark.layer}`)?.overlaps(mark) === true));
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function exactly({ layer, label, start, end }: Pick<Mark, 'layer' | 'label' | 'start' | 'end'>): string {
  return `${start} ${end} ${layer}/${label}`;
}

/** Intervals in the order of their starts, asked often. */
class Cover {
  readonly #starts: number[] = [];
  /** The greatest end of the first intervals. */
  readonly #ends: number[] = [];

  constructor(intervals: readonly { readonly start: number; readonly end: number }[]) {
    let end = 0;
    for (const interval of intervals) {
      end = Math.max(end, interval.end);
      this.#starts.push(interval.start);
      this.#ends.push(end);
    }
  }

  /** True if any of the intervals shares a character with this one. */
  overlaps({ start, end }: { readonly start: number; readonly end: number }): boolean {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.#ends[low - 1] > start;
  }
}

/** Lanes that can be told apart within one line of text; deeper nesting shares the last. */
const LANES = 4;

/**
 * The lane of each span, so that spans that overlap are drawn within each other: one further in than every span that
 * begins before it and reaches into it.
 * @param spans by start, the longer first
 */
export function lanesOf(spans: readonly { readonly start: number; readonly end: number }[]): number[] {
  let open: { readonly end: number; readonly lane: number }[] = [];
  return spans.map(({ start, end }) => {
    open = open.filter((before) => before.end > start);
    const lane = Math.min(LANES - 1, 1 + Math.max(-1, ...open.map((before) => before.lane)));
    open.push({ end, lane });
    return lane;
  });
}
