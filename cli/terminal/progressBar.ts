import { Presets, SingleBar } from 'cli-progress';

/** A bar that shows how far long work has come. */
export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

/** A bar on stderr, where that is a terminal; silent elsewhere, so that logs and pipes stay clean. */
export function progressBar(total: number, unit: string): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const format = `{bar} {percentage} %  {value} of {total} ${unit}, {eta_formatted} left`;
  const bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true }, Presets.shades_classic);
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
