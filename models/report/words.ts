import type { LayerSpec } from '../tags/layer';
import type { LayerRecord, RunRecord } from '../retraining/runRecord';

/** A share with one digit after the point; a dash for none. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}

/** What the score of a layer is. */
export function scoreName({ kind }: LayerSpec): 'F1' | 'accuracy' {
  return kind === 'span' ? 'F1' : 'accuracy';
}

/** What became of a layer, in words. */
export const CHANGES: Readonly<Record<LayerRecord['change'], string>> = {
  new: 'new',
  changed: 'other labels than before',
  trained: 'trained further',
  kept: 'as it was',
};

export const MEASURES: Readonly<Record<LayerRecord['measuredBy'], string>> = {
  'held-out': 'labels held out from training',
  'cross-validation': 'cross-validation',
  none: 'not measured',
};

/** What the run comes to, in one sentence. */
export const VERDICTS: Readonly<Record<RunRecord['verdict'], string>> = {
  better: 'The new model is better on held-out labels.',
  same: 'The new model does as well on held-out labels as the one before.',
  worse: 'The new model is worse on held-out labels in at least one layer.',
  unmeasured: 'There are too few labels to tell whether the new model is better.',
};
