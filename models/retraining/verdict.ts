import type { LayerRecord, RunRecord } from './runRecord';

/** A change of a score in [0, 1] that is no change. */
const noChange = 0.005;

/** Worse where any layer lost; better where one gained, or a new one is of some use. */
export function verdictOf(layers: readonly LayerRecord[]): RunRecord['verdict'] {
  const changes = layers.flatMap(({ before, after }) =>
    before && after ? [after.score - before.score] : [],
  );
  if (changes.some((change) => change < -noChange)) return 'worse';
  if (changes.some((change) => change > noChange)) return 'better';
  const isNew = layers.some(({ change, after }) => change === 'new' && after && after.score > 0);
  if (isNew) return 'better';
  return changes.length > 0 ? 'same' : 'unmeasured';
}
