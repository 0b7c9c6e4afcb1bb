import type { ReadingProgress } from '../../server/convert/conversion';
import { type ProgressBar, progressBar } from '../terminal/progressBar';

const MEGABYTE = 1e6;

/** Below, a bar would be gone before it is seen. */
const SHOWN_FROM = 5 * MEGABYTE;

/** A bar of megabytes read on a terminal's stderr, for files that take a while. */
export function megabyteProgress(): ReadingProgress {
  let bar: ProgressBar | undefined;
  let [done, size] = [0, 0];
  return {
    begin(total) {
      [done, size] = [0, total];
      if (total >= SHOWN_FROM) bar = progressBar(Math.ceil(total / MEGABYTE), 'MB');
    },
    read(bytes) {
      done += bytes;
      bar?.update(Math.floor(Math.min(done, size) / MEGABYTE)); // a beginning may be read twice
    },
    end() {
      bar?.stop();
      bar = undefined;
    },
  };
}
