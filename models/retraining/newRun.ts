import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import type { RunRecord } from './runRecord';

const runName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?$/;
const partialName = /^\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?\.partial$/;
/** Says which process writes a partial folder, so that nobody sweeps it away under it. */
const ownerFile = 'owner.json';

export const isRunName = (name: string): boolean => runName.test(name);

/** A model that is being made. */
export interface NewRun {
  readonly run: string;
  /** The folder to write the model into. */
  readonly partial: string;
  /** Makes it a model of the history. @returns its directory */
  commit(record: RunRecord): Promise<string>;
  /** Leaves nothing behind; does nothing after `commit`. */
  abandon(): Promise<void>;
}

/** Makes the folder `.RUN.partial` for a model that is named after a time, in UTC. */
export async function openNewRun(folder: string, time: Date): Promise<NewRun> {
  const stamp = time.toISOString().slice(0, 19).replace(/:/g, '-');
  for (let count = 1; ; count++) {
    const run = count === 1 ? stamp : `${stamp}-${count}`;
    const partial = path.join(folder, `.${run}.partial`);
    const directory = path.join(folder, run);
    if (existsSync(directory) || !(await isMade(partial))) continue;
    await writeFile(path.join(partial, ownerFile), JSON.stringify({ pid: process.pid, host: hostname() }));
    let isDone = false;
    return {
      run,
      partial,
      async commit(record) {
        await writeFileAtomically(path.join(partial, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
        await rm(path.join(partial, ownerFile));
        await rename(partial, directory);
        isDone = true;
        await sync(folder);
        return directory;
      },
      async abandon() {
        if (!isDone) await rm(partial, { recursive: true, force: true });
      },
    };
  }
}

async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Forces a rename to disk, where the system can do that. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** True for what a dead process left in the folder of the runs; nothing but runs is ever taken for that. */
export async function isDebris(folder: string, name: string): Promise<boolean> {
  const has = (file: string): boolean => existsSync(path.join(folder, name, file));
  if (isRunName(name)) return !has('run.json') || !has('config.json');
  if (/^\.(current\.json|\.gitignore)\.[0-9a-f]+\.tmp$/.test(name)) return true;
  return partialName.test(name) && !(await isOwned(path.join(folder, name)));
}

/** True while the process that writes a partial folder lives, as far as can be told from here. */
async function isOwned(partial: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(path.join(partial, ownerFile), 'utf8')) as {
      pid: number;
      host: string;
    };
    if (owner.host !== hostname()) return false;
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it lives, and is somebody else's
  }
}
