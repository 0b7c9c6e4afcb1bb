import type { CalibrationBin } from '../evaluation/calibration';
import type { LayerRecord, LayerScores } from '../retraining/runRecord';
import type { Markup } from './markup';
import { BLUE, ORANGE, picture } from './picture';
import { percent } from './words';

type Calibrated = NonNullable<LayerScores['calibration']>;

/** How often predictions are right, by the probability that they claim. Undefined where nothing was measured. */
export async function calibrationPlot(record: LayerRecord, name: string): Promise<Markup | undefined> {
  const { layer } = record;
  const [before, after] = [record.before?.calibration, record.after?.calibration];
  if (!after) return undefined;
  const said = (which: string, { error }: Calibrated): string =>
    `${which}, probabilities are off by ${percent(error)} in the mean`;
  const sentence = [...(before ? [said('before', before)] : []), said(before ? 'now' : 'Now', after)].join(
    '; ',
  );
  const filled = ({ bins }: Calibrated): CalibrationBin[] =>
    bins.filter(({ count }) => count > 0).map((bin) => ({ ...bin })); // Vega marks what it is given
  const points = (data: string, color: string, isFilled: boolean) => ({
    type: 'symbol' as const,
    from: { data },
    encode: {
      enter: {
        x: { scale: 'x', field: 'confidence' },
        y: { scale: 'y', field: 'accuracy' },
        size: { scale: 'size', field: 'count' },
        shape: { value: isFilled ? 'circle' : 'square' },
        stroke: { value: color },
        strokeWidth: { value: 2 },
        ...(isFilled ? { fill: { value: color }, fillOpacity: { value: 0.45 } } : {}),
      },
    },
  });
  const most = Math.max(1, ...[before, after].flatMap((own) => own?.bins ?? []).map((bin) => bin.count));
  return picture(
    {
      width: 260,
      height: 260,
      padding: 8,
      data: [
        { name: 'ideal', values: [{ at: 0 }, { at: 1 }] },
        { name: 'before', values: before ? filled(before) : [] },
        { name: 'after', values: filled(after) },
      ],
      scales: [
        { name: 'x', type: 'linear', domain: [0, 1], range: 'width' },
        { name: 'y', type: 'linear', domain: [0, 1], range: 'height' },
        { name: 'size', type: 'linear', domain: [0, most], range: [24, 500] },
      ],
      axes: [
        {
          orient: 'bottom',
          scale: 'x',
          title: 'claimed probability',
          format: '.0%',
          grid: true,
          tickCount: 5,
        },
        { orient: 'left', scale: 'y', title: 'share that is right', format: '.0%', grid: true, tickCount: 5 },
      ],
      marks: [
        {
          type: 'line',
          from: { data: 'ideal' },
          encode: {
            enter: {
              x: { scale: 'x', field: 'at' },
              y: { scale: 'y', field: 'at' },
              stroke: { value: 'currentColor' },
              strokeDash: { value: [4, 4] },
              strokeOpacity: { value: 0.6 },
            },
          },
        },
        points('before', ORANGE, false),
        points('after', BLUE, true),
      ],
    },
    {
      name,
      label: `Calibration of ${layer.name}: ${sentence}.`,
      caption: `${capital(sentence)}. Circles: the new model${before ? '; squares: the model before' : ''}; the larger, the more predictions. On the dashed line probabilities say the truth.`,
    },
  );
}

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
