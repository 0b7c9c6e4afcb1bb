import * as path from 'node:path';
import * as z from 'zod';
import { parseJson } from '../data/parseJson';
import { fateOf, thisProcess } from '../data/processIdentity';
import { recordLimit } from '../data/sizeLimits';
import type { WorkspaceFiles } from '../data/workspaceFiles';
import type { RunRecord } from './runRecord';

const runName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?$/;
const partialName = /^\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?\.partial$/;
/** Says which process writes a partial folder, so that nobody sweeps it away under it. */
const ownerFile = 'owner.json';
/** Older versions wrote number and machine. */
const ownerSchema = z.object({
  ...{ pid: z.int(), host: z.string(), space: z.string().default(''), started: z.string().default('') },
});

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
export async function openNewRun(files: WorkspaceFiles, folder: string, time: Date): Promise<NewRun> {
  const stamp = time.toISOString().slice(0, 19).replace(/:/g, '-');
  const owner = JSON.stringify(await thisProcess());
  for (let count = 1; ; count++) {
    const run = count === 1 ? stamp : `${stamp}-${count}`;
    const partial = path.join(folder, `.${run}.partial`);
    const directory = path.join(folder, run);
    if ((await files.hasFolder(directory)) || (await files.hasFolder(partial))) continue;
    if (!(await files.create(path.join(partial, ownerFile), owner))) continue;
    let isDone = false;
    return {
      run,
      partial,
      async commit(record) {
        await files.write(path.join(partial, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
        await files.remove(path.join(partial, ownerFile));
        await files.rename(partial, directory);
        isDone = true;
        return directory;
      },
      async abandon() {
        if (!isDone) await files.removeFolder(partial);
      },
    };
  }
}

/** True for what a dead process left in the folder of the runs; nothing but runs is ever taken for that. */
export async function isDebris(files: WorkspaceFiles, folder: string, name: string): Promise<boolean> {
  const has = async (file: string): Promise<boolean> =>
    files.stat(path.join(folder, name, file)).then(
      (found) => found !== undefined,
      () => true, // something else, which is not ours to sweep
    );
  if (isRunName(name)) return !(await has('run.json')) || !(await has('config.json'));
  if (/^\.(current\.json|current\.lock|\.gitignore)\.[0-9a-f]+\.tmp$/.test(name)) return true;
  return partialName.test(name) && !(await isOwned(files, path.join(folder, name)));
}

/** True while the process that writes a partial folder lives, as far as can be told from here. */
async function isOwned(files: WorkspaceFiles, partial: string): Promise<boolean> {
  try {
    const text = await files.readText(path.join(partial, ownerFile), recordLimit);
    const owner = ownerSchema.safeParse(parseJson(text ?? ''));
    return owner.success && (await fateOf(owner.data)) === 'lives';
  } catch {
    return false;
  }
}
