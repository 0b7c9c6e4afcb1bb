import type { LayerRecord, Measure } from './runRecord';

/** What the scores of a layer are. */
export function measureOf({
  layer,
  before,
  after,
}: Pick<LayerRecord, 'layer' | 'before' | 'after'>): Measure {
  return after?.measure ?? before?.measure ?? (layer.kind === 'span' ? 'F1' : 'accuracy');
}
