import type { Mark, Spec } from 'vega' with { 'resolution-mode': 'import' };
import type { CurvePoint } from './lmCurve';

interface Direction {
  readonly key: 'forward' | 'backward';
  readonly name: string;
  readonly color: string;
  readonly dash: number[];
}

/** Told apart by people who see few colours, too: the dashes differ as well. */
const directions: readonly Direction[] = [
  { key: 'forward', name: 'forwards', color: '#0b5cad', dash: [1, 0] },
  { key: 'backward', name: 'backwards', color: '#b45309', dash: [6, 3] },
];

/** Held-out perplexity over tokens of training as a picture (SVG); the perplexity on a logarithmic axis. */
export async function lmCurveSvg(curve: readonly CurvePoint[]): Promise<string> {
  const { View, parse } = await import('vega');
  const view = new View(parse(specOf(curve)), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

function specOf(curve: readonly CurvePoint[]): Spec {
  const points = curve.filter(({ forward, backward }) => forward > 0 && backward > 0);
  const values = points.map(({ tokens, forward, backward }) => ({
    ...{ millions: tokens / 1e6, forward, backward },
  }));
  const all = values.flatMap(({ forward, backward }) => [forward, backward]);
  const domain = all.length > 0 ? [0.95 * Math.min(...all), 1.05 * Math.max(...all)] : [1, 10];
  const names = directions.map(({ name }) => name);
  return {
    width: 560,
    height: 280,
    padding: 10,
    background: 'white',
    config: { axis: { gridOpacity: 0.5, titleFontWeight: 'normal', labelFontSize: 12, titleFontSize: 12 } },
    data: [{ name: 'points', values }],
    scales: [
      {
        ...{ name: 'x', type: 'linear', range: 'width' },
        domain: [0, Math.max(...values.map(({ millions }) => millions), 1)],
      },
      { name: 'y', type: 'log', domain, range: 'height' },
      { name: 'color', type: 'ordinal', domain: names, range: directions.map(({ color }) => color) },
      { name: 'dash', type: 'ordinal', domain: names, range: directions.map(({ dash }) => dash) },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: 'million tokens of training' },
      { orient: 'left', scale: 'y', title: 'held-out perplexity', format: ',.4~r', grid: true, tickCount: 6 },
    ],
    legends: [
      {
        stroke: 'color',
        strokeDash: 'dash',
        symbolType: 'stroke',
        symbolStrokeWidth: 2,
        orient: 'top-right',
      },
    ],
    marks: directions.map(({ key, color, dash }): Mark => ({
      type: 'line',
      from: { data: 'points' },
      encode: {
        enter: {
          ...{ x: { scale: 'x', field: 'millions' }, y: { scale: 'y', field: key } },
          ...{ stroke: { value: color }, strokeWidth: { value: 2 }, strokeDash: { value: dash } },
        },
      },
    })),
  };
}
