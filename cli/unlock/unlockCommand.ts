import { Command } from 'commander';
import { breakLock, describeOwner, lockOwner } from '../../models/data/fileLock';
import { fateOf } from '../../models/data/processIdentity';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import { projectRoot } from '../../server/convert/projectRoot';
import { lockOf } from '../../server/workspace/workspacePaths';

const HELP = `
Whoever writes annotations or chooses a model holds a lock for a moment. One that its owner left behind on another machine, or in another
container, stays until you break it; on this machine nothing of the kind is left behind. A program that still runs
notices, keeps its labels in memory, and saves them later.

Examples:
  glossator unlock
  glossator unlock ~/corpus`;

/** `glossator unlock`: breaks the lock of a program that is gone. */
export function unlockCommand(): Command {
  return new Command('unlock')
    .description('Break a lock on annotations or models that was left behind.')
    .argument('[FOLDER]', 'a folder of the project (default: this folder)')
    .option('--force', 'break it even if its owner runs on this machine')
    .addHelpText('after', HELP)
    .action((folder: string | undefined, { force = false }: { force?: boolean }) =>
      unlock(folder ?? '.', force),
    );
}

async function unlock(folder: string, isForced: boolean): Promise<void> {
  const root = projectRoot(folder, folder);
  const files = new WorkspaceFiles(root);
  const locks = [lockOf(files.root), new ModelHistory(files.root).lock];
  let broken = 0;
  for (const lock of locks) {
    const owner = await lockOwner(files, lock);
    if (owner === undefined) continue;
    if (!isForced && owner !== null && (await fateOf(owner)) === 'lives')
      throw new InputError(
        `The lock belongs to ${describeOwner(owner)}, which is running.`,
        { file: lock },
        'End it first, or add --force.',
      );
    await breakLock(files, lock);
    process.stdout.write(`The lock of ${describeOwner(owner)} is broken.\n`);
    broken++;
  }
  if (broken === 0) process.stdout.write('No lock is held there.\n');
}
