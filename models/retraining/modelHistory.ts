import * as path from 'node:path';
import { recordLimit } from '../data/sizeLimits';
import { WorkspaceFiles } from '../data/workspaceFiles';
import { InputError } from '../errors';
import { type ModelChoice, ModelChoiceFile, noChoice } from './modelChoice';
import { isDebris, isRunName, type NewRun, openNewRun } from './newRun';
import { readRunRecord } from './readRunRecord';
import type { RunRecord } from './runRecord';

/** A retrained model of a workspace. */
export interface HistoryEntry {
  /** Name of its folder: its time, sortable. */
  readonly run: string;
  /** The model directory. */
  readonly directory: string;
  /** Null where it cannot be read. */
  readonly record: RunRecord | null;
  /** What is wrong with its folder, in one sentence; absent where nothing is as far as can be seen without loading. */
  readonly damage?: string;
  readonly pinned: boolean;
  /** True for the one that serves. */
  readonly current: boolean;
  /** On disk. */
  readonly bytes: number;
}

/** One whose record was read. */
export interface RecordedEntry extends HistoryEntry {
  readonly record: RunRecord;
}

/**
 * The retrained models of a workspace folder, in `.glossator/models`: one folder for each, and `current.json`, which
 * says which of them serves. Every change is one rename, so that a process may die at any point: what it left is swept
 * away by whoever comes next, and what served goes on serving. Nothing is deleted while another program chooses or pins.
 */
export class ModelHistory {
  readonly #keep: number;
  readonly #files: WorkspaceFiles;
  readonly #choice: ModelChoiceFile;

  /**
   * @param root the workspace folder
   * @param options.keep unpinned models that `sweep` leaves, the newest ones
   */
  constructor(
    readonly root: string,
    { keep = 5 }: { readonly keep?: number } = {},
  ) {
    this.#keep = keep;
    this.#files = new WorkspaceFiles(root);
    this.#choice = new ModelChoiceFile(this.#files, this.folder);
  }

  /** The folder of all runs; it need not exist. */
  get folder(): string {
    return path.join(this.root, '.glossator', 'models');
  }

  /** The lock of whoever changes which of them serves. */
  get lock(): string {
    return this.#choice.lock;
  }

  /** All models, the oldest first; damaged ones say what is wrong with them. */
  async list(): Promise<HistoryEntry[]> {
    // Nobody knows then which one is in use; what they are can be seen all the same.
    return this.#entries(await this.#choice.read().catch(noChoiceReadable));
  }

  /** Those whose records can be read, the oldest first. */
  async recorded(): Promise<RecordedEntry[]> {
    return (await this.list()).filter((entry): entry is RecordedEntry => entry.record !== null);
  }

  /**
   * The directory of the model that is to serve, whole or not, or null where the base model is.
   * @throws InputError where `current.json` cannot be read
   */
  async current(): Promise<string | null> {
    const { current } = await this.#choice.read();
    return current === null ? null : path.join(this.folder, current);
  }

  /**
   * Makes sure that a model of this history lies in the workspace itself.
   * @throws InputError where it or a file of it is a link, or no file at all
   */
  async requireOwn(directory: string): Promise<void> {
    for (const entry of await this.#files.list(directory))
      if (!entry.isDirectory()) await this.#files.stat(path.join(directory, entry.name));
  }

  /**
   * Whether there is a model in a folder of the workspace.
   * @throws InputError where the folder lies outside, or a link leads there
   */
  async hasModel(directory: string): Promise<boolean> {
    return (await this.#files.stat(path.join(directory, 'config.json'))) !== undefined;
  }

  /** What a model of this history was made from and how; null where it is none, or its record is lost. */
  async recordOf(directory: string): Promise<RunRecord | null> {
    if (path.resolve(path.dirname(directory)) !== path.resolve(this.folder)) return null;
    return (await this.#read(path.basename(directory))).record;
  }

  /**
   * Lets a model serve from now on; null for the base model.
   * @throws InputError where there is no such model
   */
  async use(run: string | null): Promise<void> {
    await this.#choice.change(async (choice) => {
      if (run !== null) await this.#find(run);
      return choice.current === run ? choice : { ...choice, current: run, previous: choice.current };
    });
  }

  /** Keeps a model for good, or no longer. @throws InputError where there is no such model */
  async pin(run: string, isPinned: boolean): Promise<void> {
    await this.#choice.change(async (choice) => {
      await this.#find(run);
      if (choice.pinned.includes(run) === isPinned) return choice;
      const others = choice.pinned.filter((name) => name !== run);
      return { ...choice, pinned: isPinned ? [...others, run] : others };
    });
  }

  /** Deletes a model. @throws InputError where there is no such model, or it serves */
  async remove(run: string): Promise<void> {
    await this.#choice.change(async (choice) => {
      await this.#find(run);
      if (choice.current === run)
        throw new InputError(
          'The model serves at the moment.',
          { file: path.join(this.folder, run) },
          'Use another one first.',
        );
      await this.#delete(run);
      if (choice.previous !== run && !choice.pinned.includes(run)) return choice;
      const pinned = choice.pinned.filter((name) => name !== run);
      return { ...choice, pinned, previous: choice.previous === run ? null : choice.previous };
    });
  }

  /**
   * Removes what dead runs left, and old models: unpinned ones beyond `keep`, but never the one that serves or the one
   * that served before it.
   * @returns names of what was removed
   * @throws InputError where nobody can tell which these are
   */
  async sweep(): Promise<string[]> {
    const old = async (choice: ModelChoice): Promise<string[]> => {
      const unpinned = (await this.#entries(choice)).filter(({ pinned }) => !pinned);
      return unpinned
        .slice(0, Math.max(0, unpinned.length - this.#keep))
        .map(({ run }) => run)
        .filter((run) => run !== choice.current && run !== choice.previous);
    };
    return [...(await this.sweepDebris()), ...(await this.#remove(old))];
  }

  /**
   * Removes what dead runs left. Models that were chosen or pinned are none of that, however damaged.
   * @returns names of what was removed
   */
  async sweepDebris(): Promise<string[]> {
    return this.#remove(async (choice) => {
      const debris: string[] = [];
      for (const { name } of await this.#files.list(this.folder))
        if (!isChosen(choice, name) && (await isDebris(this.#files, this.folder, name))) debris.push(name);
      return debris;
    });
  }

  /**
   * Begins a model: a folder to write it into that nobody takes for a model before `commit`.
   * @throws InputError where the folder leads out of the workspace
   */
  async begin(time = new Date()): Promise<NewRun> {
    await this.#files.makeFolder(this.folder);
    const ignore = path.join(this.folder, '.gitignore');
    if ((await this.#files.stat(ignore)) === undefined) await this.#files.write(ignore, '*\n');
    return openNewRun(this.#files, this.folder, time);
  }

  /** Removes what `which` names. It is asked without the lock first: mostly there is nothing to do. */
  async #remove(which: (choice: ModelChoice) => Promise<string[]>): Promise<string[]> {
    if ((await which(await this.#choice.read())).length === 0) return [];
    return this.#choice.locked(async (choice) => {
      const names = await which(choice);
      for (const name of names) await this.#delete(name);
      return names;
    });
  }

  async #delete(name: string): Promise<void> {
    const place = path.join(this.folder, name);
    if (isRunName(name)) await this.#files.removeFolder(path.join(place, 'run.json')); // dying here leaves debris, not half a model
    await this.#files.removeFolder(place);
  }

  async #entries(choice: ModelChoice): Promise<HistoryEntry[]> {
    const names = (await this.#files.list(this.folder)).map(({ name }) => name).filter(isRunName);
    const entries: HistoryEntry[] = [];
    for (const run of names.sort()) {
      if (!isChosen(choice, run) && (await isDebris(this.#files, this.folder, run))) continue;
      const directory = path.join(this.folder, run);
      entries.push({
        ...{ run, directory, ...(await this.#read(run)), bytes: await this.#bytesOf(directory) },
        ...{ pinned: choice.pinned.includes(run), current: run === choice.current },
      });
    }
    return entries;
  }

  async #read(run: string): Promise<Pick<HistoryEntry, 'record' | 'damage'>> {
    const directory = path.join(this.folder, run);
    const told = (why: string): string => `The retrained model ${run} is damaged: ${why}.`;
    try {
      const text = await this.#files.readText(path.join(directory, 'run.json'), recordLimit);
      const record = text === undefined ? null : readRunRecord(text);
      const hasModel = (await this.#files.stat(path.join(directory, 'config.json'))) !== undefined;
      if (!hasModel) return { record, damage: told('it has no config.json') };
      if (text === undefined) return { record, damage: told('it has no run.json') };
      return record === null
        ? { record, damage: told('its run.json is no record of a retraining') }
        : { record };
    } catch (error) {
      const { message } = error as Error;
      return { record: null, damage: told(message.replace(/\.$/, '')) };
    }
  }

  /** Of the files that can be looked at. */
  async #bytesOf(directory: string): Promise<number> {
    let bytes = 0;
    for (const entry of await this.#files.list(directory).catch(() => [])) {
      const found = await this.#files.stat(path.join(directory, entry.name)).catch(() => undefined);
      bytes += Number(found?.size ?? 0);
    }
    return bytes;
  }

  async #find(run: string): Promise<void> {
    const directory = path.join(this.folder, run);
    if (isRunName(run) && (await this.#files.hasFolder(directory))) return;
    throw new InputError('There is no such retrained model.', { file: directory });
  }
}

const isChosen = ({ current, previous, pinned }: ModelChoice, name: string): boolean =>
  [current, previous, ...pinned].includes(name);

function noChoiceReadable(error: unknown): ModelChoice {
  if (error instanceof InputError) return noChoice;
  throw error;
}
