import { measureOf } from '../retraining/measureOf';
import type { LayerRecord, RunRecord, TemperatureRecord } from '../retraining/runRecord';

/** A share with one digit after the point; a dash for none. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
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

/** Why precision, and all that needs it, is not told. */
export const NO_PRECISION =
  'Too few sentences are marked as reviewed, so it is not known which suggestions are wrong. Mark sentences as reviewed whose labels are complete.';

const VERDICTS: Readonly<Record<RunRecord['verdict'], string>> = {
  better: 'The new model is better on held-out labels.',
  same: 'The new model does as well on held-out labels as the one before.',
  worse: 'The new model is worse on held-out labels in at least one layer.',
  unmeasured: 'There are too few labels to tell whether the new model is better.',
};

/** What the run comes to, and what it was judged by where that says less than it seems. */
export function verdictOf({ verdict, layers }: RunRecord): string {
  const byRecall = layers.filter((record) => record.after !== null && measureOf(record) === 'recall');
  if (byRecall.length === 0) return VERDICTS[verdict];
  const names = byRecall.map(({ layer }) => layer.name).join(', ');
  const isAll = byRecall.length === layers.filter(({ after }) => after !== null).length;
  return `${VERDICTS[verdict]} ${isAll ? 'Only' : `In ${names} only`} recall could be compared, which does not see suggestions that are wrong.`;
}

/** What was done so that probabilities say how often predictions are right. */
export function temperatureSentence({ before, temperature, predictions, fitted }: TemperatureRecord): string {
  if (fitted)
    return `The temperature that scores are divided by was fitted on ${predictions} predictions that the model was not trained on: ${before} before, ${temperature} now.`;
  return `The temperature that scores are divided by stayed at ${temperature}: of ${predictions} predictions only is it known whether they are right, too few to fit it.`;
}
