import type { Span } from '../text/span';
import type { TextChange } from './textChange';

/**
 * Where a span stands after a change of the text. Text inserted within it belongs to it, at its borders it does
 * not; deleted text leaves it; what replaces words within it takes their place. A span that loses all its text
 * collapses to a point and stays one.
 */
export function shiftSpan(span: Span, change: TextChange): Span {
  const { start, end } = span;
  const { start: from, end: to, newText } = change;
  const delta = newText.length - (to - from);
  const collapsed = start === end;
  if (from >= end) return { start, end };
  if (to <= start) return { start: start + delta, end: end + delta };
  if (collapsed) return { start: from, end: from };
  if (from >= start && to <= end) {
    if (from === start && to === end && newText === '') return { start, end: start };
    return { start, end: end + delta };
  }
  if (from <= start && to >= end) return { start: from, end: from };
  if (from < start) return { start: from + newText.length, end: end + delta };
  return { start, end: from };
}
