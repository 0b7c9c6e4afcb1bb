import type { CurvePoint } from './simulate';

export function curvesSvg(points: readonly CurvePoint[], measure: string): string {
  return `${points.length} ${measure}`;
}
