import plot from 'simple-ascii-chart';

/** A line of the curve: points in the order of x. */
export type CurveLine = readonly (readonly [x: number, y: number])[];

const most = { width: 60, height: 10 };

/** The values that lie next to the ends and the thirds of their range: ticks that do not run into one another. */
function spread(values: readonly number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const nearest = (x: number): number => values.reduce((a, b) => (Math.abs(b - x) < Math.abs(a - x) ? b : a));
  return [...new Set([0, 1, 2, 3].map((k) => nearest(low + ((high - low) * k) / 3)))];
}

/**
 * A learning curve for the terminal, sixty columns wide; what it shows stands above it.
 * @param lines the quantities, all over the same x; points that are no numbers are left out
 * @returns '' where there are fewer than two points to draw
 */
export function learningCurve(title: string, lines: readonly CurveLine[]): string {
  const drawn = lines
    .map((line) => line.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)))
    .filter((line) => line.length > 1);
  if (drawn.length === 0) return '';
  const [xs, ys] = [0, 1].map((axis) => drawn.flatMap((line) => line.map((point) => point[axis])));
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const chart = plot(
    drawn.map((line) => line.map(([x, y]): [number, number] => [x, y])),
    {
      ...most,
      customXAxisTicks: spread(xs),
      customYAxisTicks: [low, (low + high) / 2, high],
      formatter: (value) => Number(value.toPrecision(4)),
    },
  );
  const rows = chart.split('\n').map((row) => row.trimEnd());
  return [title, ...rows.filter((row) => row !== '')].join('\n');
}
