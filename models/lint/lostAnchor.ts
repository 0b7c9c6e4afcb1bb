import { type CheckedText, type Finding, isMark, quoted } from './finding';

/** Labels whose words changed or went, and that no person has looked at since. */
export function lostAnchor({ document, text, labels }: CheckedText): Finding[] {
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
