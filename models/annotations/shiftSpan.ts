import type { Span } from '../text/span';
import type { TextChange } from './textChange';

/** What a change did to the words of a span: nothing, took or added some, put others for most, took all. */
export type SpanFate = 'kept' | 'edited' | 'replaced' | 'gone';

/** A span after a change, and what happened to it. */
export interface ShiftedSpan extends Span {
  readonly fate: SpanFate;
}

/**
 * Where a span stands after a change of the text. Text inserted within it belongs to it, at its borders it does
 * not; deleted text leaves it; what replaces words within it takes their place. A span that loses all its text
 * collapses to a point and stays one.
 */
export function shiftSpan(span: Span, change: TextChange): ShiftedSpan {
  const { start, end } = span;
  const { start: from, end: to, newText } = change;
  const delta = newText.length - (to - from);
  const collapsed = start === end;
  if (from >= end && !(collapsed && from < start)) return { start, end, fate: 'kept' };
  if (to <= start) return { start: start + delta, end: end + delta, fate: 'kept' };
  if (collapsed) return { start: from, end: from, fate: 'gone' };
  if (from >= start && to <= end) {
    if (from === start && to === end && newText === '') return { start, end: start, fate: 'gone' };
    const isMost = newText !== '' && 2 * (to - from) > end - start;
    return { start, end: end + delta, fate: isMost ? 'replaced' : 'edited' };
  }
  if (from <= start && to >= end) return { start: from, end: from, fate: 'gone' };
  if (from < start) return { start: from + newText.length, end: end + delta, fate: 'edited' };
  return { start, end: from, fate: 'edited' };
}
