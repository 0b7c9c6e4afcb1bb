import type { GroupMark, Mark, Spec } from 'vega' with { 'resolution-mode': 'import' };
import { type MeanCurve, meanCurves } from './meanCurves';
import type { CurvePoint } from './simulate';

/** Told apart by people who see few colours, too (Okabe and Ito 2008); shapes differ as well. */
const COLORS = ['#0072b2', '#57606a', '#d55e00', '#009e73'];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond'];
const WIDTH = 330;
const HEIGHT = 260;
const GAP = 70;

/**
 * Learning curves as a picture (SVG): the mean score over all seeds by the sentences and by the tokens that were
 * labelled, with the range of the seeds; a dashed line where `random` ends.
 * @param measure what the score is: F1, accuracy
 */
export async function curvesSvg(points: readonly CurvePoint[], measure: string): Promise<string> {
  const { View, parse } = await import('vega');
  const view = new View(parse(specOf(points, measure)), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

function specOf(points: readonly CurvePoint[], measure: string): Spec {
  const curves = meanCurves(points);
  const values = curves.flatMap(({ strategy, points: own }) => own.map((point) => ({ strategy, ...point })));
  const names = curves.map(({ strategy }) => strategy);
  return {
    width: 2 * WIDTH + GAP,
    height: HEIGHT,
    padding: 10,
    background: 'white',
    config: { axis: { gridOpacity: 0.5, titleFontWeight: 'normal', labelFontSize: 11, titleFontSize: 12 } },
    data: [{ name: 'points', values }],
    scales: [
      {
        ...{ name: 'y', type: 'linear', range: [HEIGHT, 0], zero: false, nice: true },
        domain: { data: 'points', fields: ['lowest', 'highest'] },
      },
      { name: 'color', type: 'ordinal', domain: names, range: COLORS },
      { name: 'shape', type: 'ordinal', domain: names, range: SHAPES },
    ],
    legends: [{ stroke: 'color', shape: 'shape', orient: 'bottom', direction: 'horizontal', symbolSize: 60 }],
    marks: [panel('sentences', 0, measure, curves), panel('tokens', WIDTH + GAP, '', curves)],
  };
}

function panel(field: 'sentences' | 'tokens', x: number, measure: string, curves: MeanCurve[]): GroupMark {
  const goal = curves.find(({ strategy }) => strategy === 'random')?.points.at(-1)?.score;
  return {
    type: 'group',
    encode: { enter: { x: { value: x }, width: { value: WIDTH }, height: { value: HEIGHT } } },
    scales: [{ name: 'x', type: 'linear', range: [0, WIDTH], zero: true, domain: { data: 'points', field } }],
    axes: [
      { orient: 'bottom', scale: 'x', title: `${field} labelled`, tickCount: 6 },
      { orient: 'left', scale: 'y', title: measure, format: '.0%', grid: true, tickCount: 6 },
    ],
    marks: [...(goal === undefined ? [] : [goalLine(goal)]), ...curves.map((_, k) => line(field, curves, k))],
  };
}

const goalLine = (score: number): Mark => ({
  type: 'rule',
  encode: {
    enter: {
      ...{ x: { value: 0 }, x2: { value: WIDTH }, y: { scale: 'y', value: score } },
      ...{ stroke: { value: COLORS[1] }, strokeDash: { value: [4, 4] } },
    },
  },
});

function line(field: string, curves: readonly MeanCurve[], k: number): Mark {
  const { strategy, points } = curves[k];
  const values = points.map((point) => ({ strategy, ...point }));
  const at = { x: { scale: 'x', field }, y: { scale: 'y', field: 'score' } };
  const color = { scale: 'color', value: strategy };
  return {
    type: 'group',
    data: [{ name: 'own', values }],
    marks: [
      {
        type: 'rule',
        from: { data: 'own' },
        encode: {
          enter: {
            ...{ x: at.x, y: { scale: 'y', field: 'lowest' }, y2: { scale: 'y', field: 'highest' } },
            ...{ stroke: color, strokeOpacity: { value: 0.4 } },
          },
        },
      },
      {
        type: 'line',
        from: { data: 'own' },
        encode: { enter: { ...at, stroke: color, strokeWidth: { value: 2 } } },
      },
      {
        type: 'symbol',
        from: { data: 'own' },
        encode: {
          enter: { ...at, fill: color, shape: { scale: 'shape', value: strategy }, size: { value: 40 } },
        },
      },
    ],
  };
}
