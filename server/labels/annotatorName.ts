import { execFile } from 'node:child_process';
import * as os from 'node:os';
import { promisify } from 'node:util';

/** How long git may take to tell a name, in ms. */
const PATIENCE = 5000;

/** Who labels in a folder that does not say so: the name in the git settings, or that of the account. */
export async function annotatorName(folder: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['config', 'user.name'], {
      cwd: folder,
      timeout: PATIENCE,
    });
    if (stdout.trim() !== '') return stdout.trim();
  } catch {
    // No git here, or no name in it.
  }
  return accountName();
}

/** The name of the account that runs this program. */
export function accountName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return 'unknown'; // an account without an entry, as in some containers
  }
}
