import type { HistoryLayer, HistoryModel } from '../../server/protocol/retraining';

const VERDICTS: Readonly<Record<HistoryModel['verdict'], string>> = {
  better: 'better than the one before',
  same: 'as good as the one before',
  worse: 'worse than the one before',
  unmeasured: 'not measured',
};

/** A retrained model in the two lines of a pick: when it was made, and what it gained. */
export function modelLines({ time, verdict, layers, isCurrent, isPinned, bytes }: HistoryModel): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  const marks = [
    ...(isCurrent ? ['in use'] : []),
    ...(isPinned ? ['pinned'] : []),
    VERDICTS[verdict],
    megabytes(bytes),
  ];
  return {
    label: new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
    description: marks.join(' · '),
    detail: layers.length === 0 ? 'No layer learnt anything' : layers.map(layerLine).join(' · '),
  };
}

function layerLine({ name, measure, before, after }: HistoryLayer): string {
  if (after === null) return `${name} not measured`;
  if (before === null) return `${name} ${measure} ${percent(after)}`;
  return `${name} ${measure} ${percent(before)} → ${percent(after)}`;
}

/** Size on disk. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
