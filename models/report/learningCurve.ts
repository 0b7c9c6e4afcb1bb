import type { Spec } from 'vega' with { 'resolution-mode': 'import' };
import { measureOf } from '../retraining/measureOf';
import type { LayerRecord } from '../retraining/runRecord';
import type { Markup } from './markup';
import { BLUE, ORANGE, picture } from './picture';
import { percent } from './words';

/** Loss and score on held-out labels by epoch. Undefined for fewer than two epochs. */
export async function learningCurve(record: LayerRecord, name: string): Promise<Markup | undefined> {
  const { curve, layer } = record;
  if (curve.length < 2) return undefined;
  const points = curve.filter((point) => point.dev !== null);
  const scored = points.length > 0;
  const best = Math.max(...points.map(({ dev }) => dev ?? 0));
  const measure = `${measureOf(record)} on held-out labels`;
  const label = scored
    ? `Learning curve of ${layer.name}: the best ${measure} is ${percent(best)}, in ${curve.length} epochs.`
    : `Learning curve of ${layer.name}: the loss in ${curve.length} epochs.`;
  const caption = scored
    ? `Solid line and circles: ${measure} (left axis). Dashed line and squares: mean loss in training (right axis).`
    : 'Mean loss in training. No labels were held out to score.';
  return picture(specOf(record, scored, measure), { name, label, caption });
}

function specOf({ curve }: LayerRecord, scored: boolean, measure: string): Spec {
  const last = Math.max(2, ...curve.map(({ epoch }) => epoch));
  const series = (field: 'dev' | 'loss', color: string, shape: string, dash: number[]) => [
    {
      type: 'line' as const,
      from: { data: field },
      encode: {
        enter: {
          x: { scale: 'x', field: 'epoch' },
          y: { scale: field, field },
          stroke: { value: color },
          strokeWidth: { value: 2 },
          strokeDash: { value: dash },
        },
      },
    },
    {
      type: 'symbol' as const,
      from: { data: field },
      encode: {
        enter: {
          x: { scale: 'x', field: 'epoch' },
          y: { scale: field, field },
          fill: { value: color },
          size: { value: 30 },
          shape: { value: shape },
        },
      },
    },
  ];
  return {
    width: 440,
    height: 220,
    padding: 8,
    data: [
      { name: 'dev', values: curve.filter(({ dev }) => dev !== null).map((point) => ({ ...point })) },
      { name: 'loss', values: curve.map((point) => ({ ...point })) },
    ],
    scales: [
      { name: 'x', type: 'linear', domain: [1, last], zero: false, range: 'width' },
      { name: 'dev', type: 'linear', domain: [0, 1], range: 'height' },
      {
        name: 'loss',
        type: 'linear',
        domain: { data: 'loss', field: 'loss' },
        zero: true,
        nice: true,
        range: 'height',
      },
    ],
    axes: [
      {
        orient: 'bottom',
        scale: 'x',
        title: 'epoch',
        tickMinStep: 1,
        tickCount: Math.min(last, 10),
        format: 'd',
      },
      ...(scored
        ? [{ orient: 'left' as const, scale: 'dev', title: measure, format: '.0%', grid: true, tickCount: 5 }]
        : []),
      { orient: scored ? 'right' : 'left', scale: 'loss', title: 'loss', tickCount: 5 },
    ],
    marks: [
      ...series('loss', ORANGE, 'square', [6, 3]),
      ...(scored ? series('dev', BLUE, 'circle', [1, 0]) : []),
    ],
  };
}
