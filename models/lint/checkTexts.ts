import { atOnce } from '../atOnce';
import {
  type CheckedLayer,
  type CheckedText,
  type Finding,
  type FindingCode,
  findingCodes,
  isMark,
  quoted,
} from './finding';
import { modelDisagrees } from './modelDisagrees';
import { overlaps } from './overlaps';
import { raggedBoundary } from './raggedBoundary';
import { twoWays } from './twoWays';
import { unknownLabel } from './unknownLabel';

export interface CheckOptions {
  /** Checks to make; all by default. */
  readonly codes?: readonly FindingCode[];
  /** Probability from which a model's contradiction counts, 0.95 by default. */
  readonly threshold?: number;
}

/** Everything about the labels of some texts that needs a person: by text in the order given, then by place. */
export function checkTexts(
  texts: readonly CheckedText[],
  layers: readonly CheckedLayer[],
  { codes = findingCodes, threshold }: CheckOptions = {},
): Finding[] {
  const each: Readonly<Record<Exclude<FindingCode, 'two-ways'>, (text: CheckedText) => Finding[]>> = {
    'model-disagrees': (text) => modelDisagrees(text, threshold),
    'ragged-boundary': (text) => raggedBoundary(text, layers),
    overlap: (text) => overlaps(text, layers),
    'lost-anchor': lostAnchor,
    'unknown-label': (text) => unknownLabel(text, layers),
  };
  const findings = codes.flatMap((code) =>
    code === 'two-ways' ? atOnce(twoWays(texts, layers)) : texts.flatMap(each[code]),
  );
  const order = new Map(texts.map(({ document }, k) => [document, k]));
  return findings.sort(
    (a, b) =>
      (order.get(a.document) ?? 0) - (order.get(b.document) ?? 0) ||
      a.start - b.start ||
      a.end - b.end ||
      findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code),
  );
}

/** Labels whose words changed or went, and that no person has looked at since. */
function lostAnchor({ document, text, labels }: CheckedText): Finding[] {
  return labels
    .filter(({ review, layer }) => review !== undefined && !isMark(layer))
    .map(({ id: labelId, label, start, end, quote, review }) => {
      const remove = { kind: 'remove', title: `Remove ${label}`, labelId } as const;
      const keep = { kind: 'keep', title: `Keep ${label} here`, labelId } as const;
      const message =
        review === 'lost'
          ? `The words of the label ${label}, ${quoted(quote)}, are gone from the text.`
          : `The label ${label} stood on ${quoted(quote)}, and now stands on ${quoted(text.slice(start, end))}.`;
      const fixes = review === 'lost' ? [remove] : [keep, remove];
      return { code: 'lost-anchor', document, message, start, end, labelId, fixes };
    });
}
