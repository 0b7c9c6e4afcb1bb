import type { CurvePoint } from './simulate';

/** Learning curves as comma-separated values, a line for each point. */
export function curvesCsv(points: readonly CurvePoint[]): string {
  const lines = points.map(({ strategy, seed, sentences, tokens, score }) =>
    [strategy, seed, sentences, tokens, score.toFixed(4)].join(','),
  );
  return ['strategy,seed,sentences,tokens,score', ...lines, ''].join('\n');
}
