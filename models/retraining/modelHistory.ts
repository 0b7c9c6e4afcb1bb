import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { InputError } from '../errors';
import { isDebris, isRunName, type NewRun, openNewRun } from './newRun';
import { readRunRecord } from './readRunRecord';
import type { RunRecord } from './runRecord';

/** A retrained model of a workspace. */
export interface HistoryEntry {
  /** Name of its folder: its time, sortable. */
  readonly run: string;
  /** The model directory. */
  readonly directory: string;
  readonly record: RunRecord;
  readonly pinned: boolean;
  /** True for the one that serves. */
  readonly current: boolean;
  /** On disk. */
  readonly bytes: number;
}

/** `current.json` */
interface Choice {
  readonly format: 'glossator-models';
  readonly version: 1;
  readonly current: string | null;
  /** What served before; it is kept so that one step back is always possible. */
  readonly previous: string | null;
  readonly pinned: readonly string[];
}

const empty: Choice = { format: 'glossator-models', version: 1, current: null, previous: null, pinned: [] };

/**
 * The retrained models of a workspace folder, in `.glossator/models`: one folder for each, and `current.json`, which
 * says which of them serves. Every change is one rename, so that a process may die at any point: what it left is swept
 * away by whoever comes next, and what served goes on serving.
 */
export class ModelHistory {
  readonly #root: string;
  readonly #keep: number;

  /**
   * @param root the workspace folder
   * @param options.keep unpinned models that `sweep` leaves, the newest ones
   */
  constructor(root: string, { keep = 5 }: { readonly keep?: number } = {}) {
    this.#root = root;
    this.#keep = keep;
  }

  /** The folder of all runs; it need not exist. */
  get folder(): string {
    return path.join(this.#root, '.glossator', 'models');
  }

  /** All whole models, the oldest first. */
  async list(): Promise<HistoryEntry[]> {
    const { current, pinned } = await this.#choice();
    const entries: HistoryEntry[] = [];
    for (const run of await this.#runs()) {
      const directory = path.join(this.folder, run);
      const record = await readRecord(directory);
      if (!record || !existsSync(path.join(directory, 'config.json'))) continue;
      const bytes = await bytesOf(directory);
      entries.push({
        ...{ run, directory, record, bytes },
        ...{ pinned: pinned.includes(run), current: run === current },
      });
    }
    return entries;
  }

  /** The directory of the model that is to serve, whole or not, or null where the base model is. */
  async current(): Promise<string | null> {
    const { current } = await this.#choice();
    return current === null ? null : path.join(this.folder, current);
  }

  /** What a model of this history was made from and how; null where it is none, or its record is lost. */
  async recordOf(directory: string): Promise<RunRecord | null> {
    return path.resolve(path.dirname(directory)) === path.resolve(this.folder) ? readRecord(directory) : null;
  }

  /**
   * Lets a model serve from now on; null for the base model.
   * @throws InputError where there is no such model
   */
  async use(run: string | null): Promise<void> {
    if (run !== null) await this.#find(run);
    const choice = await this.#choice();
    if (choice.current !== run) await this.#write({ ...choice, current: run, previous: choice.current });
  }

  /** Keeps a model for good, or no longer. @throws InputError where there is no such model */
  async pin(run: string, isPinned: boolean): Promise<void> {
    await this.#find(run);
    const choice = await this.#choice();
    const others = choice.pinned.filter((name) => name !== run);
    await this.#write({ ...choice, pinned: isPinned ? [...others, run] : others });
  }

  /** Deletes a model. @throws InputError where there is no such model, or it serves */
  async remove(run: string): Promise<void> {
    await this.#find(run);
    const choice = await this.#choice();
    if (choice.current === run)
      throw new InputError(
        'The model serves at the moment.',
        { file: path.join(this.folder, run) },
        'Use another one first.',
      );
    await this.#delete(run);
    const without = choice.pinned.filter((name) => name !== run);
    const previous = choice.previous === run ? null : choice.previous;
    if (without.length < choice.pinned.length || previous !== choice.previous)
      await this.#write({ ...choice, previous, pinned: without });
  }

  /**
   * Removes what dead runs left, and old models: unpinned ones beyond `keep`, but never the one that serves or the one
   * that served before it.
   * @returns names of what was removed
   */
  async sweep(): Promise<string[]> {
    const removed = await this.sweepDebris();
    const { current, previous } = await this.#choice();
    const unpinned = (await this.list()).filter(({ pinned }) => !pinned);
    for (const { run } of unpinned.slice(0, Math.max(0, unpinned.length - this.#keep))) {
      if (run === current || run === previous) continue;
      await this.#delete(run);
      removed.push(run);
    }
    return removed;
  }

  /**
   * Removes what dead runs left. Models that were chosen or pinned are none of that, however damaged.
   * @returns names of what was removed
   */
  async sweepDebris(): Promise<string[]> {
    if (!existsSync(this.folder)) return [];
    await this.#checkInside();
    const { current, previous, pinned } = await this.#choice();
    const removed: string[] = [];
    for (const name of await readdir(this.folder)) {
      if ([current, previous, ...pinned].includes(name) || !(await isDebris(this.folder, name))) continue;
      await rm(path.join(this.folder, name), { recursive: true, force: true });
      removed.push(name);
    }
    return removed;
  }

  /**
   * Begins a model: a folder to write it into that nobody takes for a model before `commit`.
   * @throws InputError where the folder leads out of the workspace
   */
  async begin(time = new Date()): Promise<NewRun> {
    await mkdir(this.folder, { recursive: true });
    await this.#checkInside();
    const ignore = path.join(this.folder, '.gitignore');
    if (!existsSync(ignore)) await writeFileAtomically(ignore, '*\n');
    return openNewRun(this.folder, time);
  }

  async #delete(run: string): Promise<void> {
    const directory = path.join(this.folder, run);
    await rm(path.join(directory, 'run.json'), { force: true }); // dying here leaves debris, not half a model
    await rm(directory, { recursive: true, force: true });
  }

  async #runs(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter(isRunName).sort();
  }

  async #find(run: string): Promise<void> {
    const directory = path.join(this.folder, run);
    if (isRunName(run) && (await readRecord(directory))) return this.#checkInside();
    throw new InputError('There is no such retrained model.', { file: directory });
  }

  async #choice(): Promise<Choice> {
    const text = await readFile(path.join(this.folder, 'current.json'), 'utf8').catch(() => '{}');
    try {
      const found = JSON.parse(text) as Partial<Choice>;
      const named = (run: unknown): string | null => (typeof run === 'string' && isRunName(run) ? run : null);
      const pinned = Array.isArray(found.pinned) ? found.pinned.filter((run) => named(run) !== null) : [];
      return { ...empty, current: named(found.current), previous: named(found.previous), pinned };
    } catch {
      return empty; // somebody edited it; the base model serves
    }
  }

  async #write(choice: Choice): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.#checkInside();
    await writeFileAtomically(path.join(this.folder, 'current.json'), `${JSON.stringify(choice, null, 2)}\n`);
  }

  /** A folder that came from elsewhere may hold a link; nothing is written or deleted behind it. */
  async #checkInside(): Promise<void> {
    const [root, folder] = await Promise.all([realpath(this.#root), realpath(this.folder)]);
    if (folder.startsWith(root + path.sep)) return;
    throw new InputError(
      'A link leads out of the workspace here, so nothing is written.',
      { file: this.folder },
      'Replace the link by a folder.',
    );
  }
}

/** Null where there is none, or it is no record. */
async function readRecord(directory: string): Promise<RunRecord | null> {
  try {
    return readRunRecord(await readFile(path.join(directory, 'run.json'), 'utf8'));
  } catch {
    return null;
  }
}

async function bytesOf(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(directory)) bytes += (await stat(path.join(directory, name))).size;
  return bytes;
}
