import type { Label } from '../../models/annotations/label';
import type { WireLabel } from '../protocol/labels';

/** The label as clients get it. */
export function toWireLabel(label: Label): WireLabel {
  const { id, layer, label: name, start, end, state, quote, annotator, time } = label;
  const { review, note, confidence, rivalOf } = label;
  return {
    ...{ id, layer, label: name, start, end, state, quote, annotator, time },
    ...(review === undefined ? {} : { review }),
    ...(note === undefined ? {} : { note }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(rivalOf === undefined ? {} : { rivalOf }),
  };
}
