import { measureOf } from '../../models/retraining/measureOf';
import type { LayerRecord, RunRecord } from '../../models/retraining/runRecord';
import type { HistoryLayer } from '../protocol/retraining';

/** Layers that a run taught something, with their scores. */
export function layersOf({ layers }: RunRecord): HistoryLayer[] {
  return layers
    .filter(({ change }) => change !== 'kept')
    .map((record) => ({
      name: record.layer.name,
      measure: measureOf(record),
      before: record.before?.score ?? null,
      after: record.after?.score ?? null,
    }));
}

/** What a run gained, in one sentence: "ner F1 61.0 % → 74.2 %; gene (new) F1 80.0 %." */
export function runSummary(record: RunRecord): string {
  const trained = record.layers.filter(({ change }) => change !== 'kept');
  if (trained.length === 0) return 'No layer has labels enough to learn from.';
  return `${trained.map(layerSummary).join('; ')}.`;
}

function layerSummary(record: LayerRecord): string {
  const { layer, change, before, after } = record;
  const name = change === 'new' ? `${layer.name} (new)` : layer.name;
  const measure = measureOf(record);
  const unknown =
    measure === 'recall' ? ' (precision can’t be measured until sentences are marked as reviewed)' : '';
  if (after === null) return `${name} could not be measured yet`;
  if (before === null) return `${name} ${measure} ${percent(after.score)}${unknown}`;
  return `${name} ${measure} ${percent(before.score)} → ${percent(after.score)}${unknown}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
