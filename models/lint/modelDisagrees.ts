import { SortedSpans } from './sortedSpans';
import { type CheckedText, type Finding, type PredictedLabel, quoted, standingLabels } from './finding';

/**
 * Labels that a model contradicts with a probability of `threshold` or more: another label on the same words, or other
 * borders around shared words. Where a person decided on a suggestion, the label has its confidence: that decision is
 * not asked for again.
 */
export function modelDisagrees(checked: CheckedText, threshold = 0.95): Finding[] {
  const { document, text, predictions = [] } = checked;
  const sure = new Map<string, SortedSpans<PredictedLabel>>();
  for (const layer of new Set(predictions.map((prediction) => prediction.layer)))
    sure.set(
      layer,
      new SortedSpans(predictions.filter((other) => other.layer === layer && other.probability >= threshold)),
    );
  return standingLabels(checked).flatMap((label): Finding[] => {
    if (label.confidence !== undefined) return [];
    const rivals = sure.get(label.layer)?.touching(label) ?? [];
    if (!rivals.length || rivals.some((other) => isSame(other, label))) return [];
    const [rival] = [...rivals].sort((a, b) => b.probability - a.probability);
    const sameSpan = rival.start === label.start && rival.end === label.end;
    const { start, end, id: labelId } = label;
    const percent = `${Math.floor(100 * rival.probability)} %`;
    const words = quoted(text.slice(rival.start, rival.end));
    const fixes: Finding['fixes'] = [
      ...(rival.label === label.label
        ? []
        : [{ kind: 'relabel' as const, title: `Relabel as ${rival.label}`, labelId, label: rival.label }]),
      ...(sameSpan
        ? []
        : [
            {
              kind: 'move' as const,
              title: `Move to ${words}`,
              labelId,
              span: { start: rival.start, end: rival.end },
            },
          ]),
      { kind: 'keep', title: `Keep ${label.label}`, labelId },
    ];
    const message = sameSpan
      ? `${quoted(text.slice(start, end))} is labelled ${label.label}, and the model says ${rival.label} with ${percent}.`
      : `${quoted(text.slice(start, end))} is labelled ${label.label}, and the model says ${rival.label} for ${words} with ${percent}.`;
    return [{ code: 'model-disagrees', document, message, start, end, labelId, fixes }];
  });
}

function isSame(a: PredictedLabel, b: { start: number; end: number; label: string }): boolean {
  return a.start === b.start && a.end === b.end && a.label === b.label;
}
