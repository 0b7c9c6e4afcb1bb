import path from 'node:path';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { annotationsFolder } from '../workspace/workspacePaths';

/** Milliseconds without an edit or a new label after which people are taken to pause. */
const PAUSE = 20_000;

/** Calls back once, after so many milliseconds. @returns what takes that back */
export type Alarm = (callback: () => void, milliseconds: number) => () => void;

const systemAlarm: Alarm = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
};

/** What retrains where nobody asked for it. */
export interface UnaskedTraining {
  /** Whether the user wants it at all. */
  readonly isOn: () => boolean;
  /** The workspace folder; undefined where nothing may be trained. */
  readonly folder: () => string | undefined;
  /** Milliseconds since the epoch at which the newest retrained model was begun; 0 where there is none. */
  readonly learnt: () => Promise<number>;
  /** Whether a training runs, asked for or not. */
  readonly isBusy: () => boolean;
  /** Must not reject. */
  readonly retrain: () => Promise<void>;
}

/** Retrains unasked: when labels were changed since the last time, and whoever labels pauses. */
export class AutoRetraining {
  readonly #training: UnaskedTraining;
  readonly #alarm: Alarm;
  #quiet: (() => void) | undefined;
  #isWanted = false;
  /** Of the newest labels on disk when a training last began: it learnt them, or could not. */
  #last = 0;

  constructor(training: UnaskedTraining, alarm = systemAlarm) {
    this.#training = training;
    this.#alarm = alarm;
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

  /** It was turned on or off: what was labelled while it was off is learnt when it is on. */
  switched(): void {
    this.edited();
  }

  /** A training that somebody asked for begins: it learns all labels that are there. */
  async begun(): Promise<void> {
    this.#isWanted = false;
    this.#quiet?.();
    const folder = this.#training.folder();
    if (folder !== undefined) this.#last = await newestLabels(folder);
  }

  #wait(): void {
    this.#quiet?.();
    if (this.#training.isOn()) this.#quiet = this.#alarm(() => void this.#try(), PAUSE);
  }

  async #try(): Promise<void> {
    const folder = this.#training.folder();
    if (folder === undefined) return;
    if (this.#training.isBusy()) return this.#wait(); // it began before these labels
    this.#isWanted = false;
    const newest = await newestLabels(folder);
    if (newest <= Math.max(this.#last, await this.#training.learnt())) return;
    this.#last = newest;
    await this.#training.retrain();
  }
}

/** Milliseconds since the epoch of the last change of an annotation file; 0 where there is none that may be read. */
async function newestLabels(root: string): Promise<number> {
  const files = new WorkspaceFiles(root);
  const folder = annotationsFolder(files.root);
  let newest = 0;
  try {
    for await (const name of files.walk(folder)) {
      const found = await files.stat(path.join(folder, name)).catch(() => undefined); // gone meanwhile
      newest = Math.max(newest, Number(found?.mtimeNs ?? 0n) / 1e6);
    }
  } catch {
    // what is no folder holds no labels
  }
  return newest;
}
