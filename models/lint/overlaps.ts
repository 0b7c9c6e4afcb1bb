import { withoutAgreeing } from '../annotations/agreeingLabels';
import type { Label } from '../annotations/label';
import { type CheckedLayer, type CheckedText, type Finding, quoted, standingLabels } from './finding';

/**
 * Labels that share text with an earlier one of their layer, where the layer does not allow it. Two annotators who
 * agree gave one label; where they do not, the finding names them.
 */
export function overlaps(checked: CheckedText, layers: readonly CheckedLayer[]): Finding[] {
  const { document, text } = checked;
  const free = new Set(layers.filter(({ overlap }) => overlap).map(({ name }) => name));
  const furthest = new Map<string, Label>(); // by layer: the label that reaches furthest
  const labels = withoutAgreeing(standingLabels(checked)).sort((a, b) => a.start - b.start || b.end - a.end);
  return labels.flatMap((label): Finding[] => {
    if (free.has(label.layer)) return [];
    const before = furthest.get(label.layer);
    if (!before || label.end > before.end) furthest.set(label.layer, label);
    if (!before || before.end <= label.start) return [];
    const isRival = label.annotator !== before.annotator;
    const name = ({ label: value, start, end, annotator }: Label): string =>
      `${value} on ${quoted(text.slice(start, end))}${isRival ? ` by ${annotator}` : ''}`;
    const { start, end, id: labelId } = label;
    return [
      {
        code: 'overlap',
        document,
        message: `${name(label)} overlaps ${name(before)}, which the layer ${label.layer} does not allow.`,
        ...{ start, end, labelId },
        related: [{ document, label: before.label, start: before.start, end: before.end }],
        fixes: [
          { kind: 'remove', title: `Remove ${name(label)}`, labelId },
          { kind: 'remove', title: `Remove ${name(before)}`, labelId: before.id },
        ],
      },
    ];
  });
}
