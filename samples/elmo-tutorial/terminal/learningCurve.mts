import plot from 'simple-ascii-chart';
import type { TrainProgress } from 'glossator';

/** Prints a line for every epoch of a training, and at its end the curve of the score on dev. */
export async function learningCurve(training: AsyncIterable<TrainProgress>): Promise<void> {
  const points: [number, number][] = [];
  for await (const step of training)
    if (step.phase === 'read') console.log(`${step.train} examples to learn from, ${step.dev} to judge by.`);
    else if (step.phase === 'warning') console.log(step.message);
    else if (step.phase === 'scored') {
      points.push([step.epoch, Math.round(1000 * step.dev) / 10]);
      const losses = `loss ${step.trainLoss.toFixed(3)} in training, ${step.devLoss.toFixed(3)} on dev`;
      const best = step.best ? ', the best so far' : '';
      console.log(`Epoch ${step.epoch}: ${losses}; dev ${(100 * step.dev).toFixed(1)} %${best}.`);
    }
  console.log(
    plot(points, {
      title: 'Score on dev (%) by epoch',
      mode: 'point',
      width: 2 * points.length,
      height: 16,
      yRange: [0, 100],
      customYAxisTicks: [0, 20, 40, 60, 80, 100],
      formatter: (value, { axis }) => (axis === 'x' && value > 1 && value % 5 !== 0 ? '' : value),
    }),
  );
}
