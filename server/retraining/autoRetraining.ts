import { readdir, stat } from 'node:fs/promises';
import { annotationsFolder } from '../annotations/workspacePaths';

/** Milliseconds without an edit or a new label after which people are taken to pause. */
const PAUSE = 20_000;

/** Retrains unasked: when labels were changed since the last time, and whoever labels pauses. */
export class AutoRetraining {
  readonly #folder: () => string | undefined;
  readonly #retrain: () => Promise<void>;
  readonly #pause: number;
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;
  /** When it was last tried: labels on disk that are older are learnt, or could not be. */
  #last = 0;

  /**
   * @param folder the workspace folder; undefined where nothing may be trained
   * @param retrain must not reject
   * @param pause milliseconds
   */
  constructor(folder: () => string | undefined, retrain: () => Promise<void>, pause = PAUSE) {
    this.#folder = folder;
    this.#retrain = retrain;
    this.#pause = pause;
  }

  /** A label was given, changed or taken away, or a text was saved. */
  labelled(): void {
    this.#isWanted = true;
    this.#wait();
  }

  /** Somebody types. */
  edited(): void {
    if (this.#isWanted) this.#wait();
  }

  stop(): void {
    this.#isWanted = false;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#try(), this.#pause);
    this.#timer.unref();
  }

  async #try(): Promise<void> {
    const folder = this.#folder();
    if (folder === undefined) return;
    const newest = await newestFile(annotationsFolder(folder));
    if (newest <= this.#last) return;
    this.#isWanted = false;
    this.#last = newest;
    await this.#retrain();
  }
}

/** Milliseconds since the epoch of the last change of a file in a folder; 0 where there is none. */
async function newestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const times = await Promise.all(files.map(({ parentPath, name }) => stat(`${parentPath}/${name}`)));
  return Math.max(0, ...times.map(({ mtimeMs }) => mtimeMs));
}
