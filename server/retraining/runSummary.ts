import type { LayerRecord, RunRecord } from '../../models/retraining/runRecord';
import type { HistoryLayer } from '../protocol/retraining';

/** Layers that a run taught something, with their scores. */
export function layersOf({ layers }: RunRecord): HistoryLayer[] {
  return layers
    .filter(({ change }) => change !== 'kept')
    .map(({ layer, before, after }) => ({
      name: layer.name,
      measure: layer.kind === 'span' ? 'F1' : 'accuracy',
      before: before?.score ?? null,
      after: after?.score ?? null,
    }));
}

/** What a run gained, in one sentence: "ner F1 61.0 % → 74.2 %; gene (new) F1 80.0 %." */
export function runSummary(record: RunRecord): string {
  const trained = record.layers.filter(({ change }) => change !== 'kept');
  if (trained.length === 0) return 'No layer has labels enough to learn from.';
  return `${trained.map(layerSummary).join('; ')}.`;
}

function layerSummary({ layer, change, before, after }: LayerRecord): string {
  const name = change === 'new' ? `${layer.name} (new)` : layer.name;
  const measure = layer.kind === 'span' ? 'F1' : 'accuracy';
  if (after === null) return `${name} could not be measured yet`;
  if (before === null) return `${name} ${measure} ${percent(after.score)}`;
  return `${name} ${measure} ${percent(before.score)} → ${percent(after.score)}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
