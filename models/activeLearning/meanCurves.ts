import type { CurvePoint } from './simulate';
import type { Strategy } from './strategy';

/** A point of a curve over all seeds. */
export interface MeanPoint {
  readonly sentences: number;
  readonly tokens: number;
  readonly score: number;
  /** Of the single seeds. */
  readonly lowest: number;
  readonly highest: number;
}

export interface MeanCurve {
  readonly strategy: Strategy;
  readonly points: readonly MeanPoint[];
}

/** The mean over the seeds at each number of sentences, strategy by strategy. */
export function meanCurves(points: readonly CurvePoint[]): MeanCurve[] {
  const strategies = [...new Set(points.map(({ strategy }) => strategy))];
  return strategies.map((strategy) => {
    const own = points.filter((point) => point.strategy === strategy);
    const sizes = [...new Set(own.map(({ sentences }) => sentences))].sort((a, b) => a - b);
    return {
      strategy,
      points: sizes.map((size) => meanPoint(own.filter(({ sentences }) => sentences === size))),
    };
  });
}

function meanPoint(points: readonly CurvePoint[]): MeanPoint {
  const mean = (of: (point: CurvePoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const scores = points.map(({ score }) => score);
  return {
    sentences: points[0].sentences,
    tokens: mean(({ tokens }) => tokens),
    score: mean(({ score }) => score),
    lowest: Math.min(...scores),
    highest: Math.max(...scores),
  };
}

/**
 * What a strategy saves beside drawing at random, in one sentence: where it first does as well as random at its end.
 * @returns null where there is no curve of `random` to compare with
 */
export function labelsSaved(curves: readonly MeanCurve[], strategy: Strategy): string | null {
  const goal = curves.find((curve) => curve.strategy === 'random')?.points.at(-1);
  const own = curves.find((curve) => curve.strategy === strategy);
  if (goal === undefined || own === undefined || strategy === 'random') return null;
  const reached = own.points.find(({ score }) => score >= goal.score);
  const aim = `what random has at ${goal.sentences} sentences`;
  if (reached === undefined) return `${strategy} does not reach ${aim}.`;
  const words = `${Math.round(reached.tokens)} tokens against ${Math.round(goal.tokens)}`;
  return `${strategy} reaches ${aim} with ${reached.sentences} (${words}).`;
}
