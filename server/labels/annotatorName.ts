import { execFile } from 'node:child_process';
import * as os from 'node:os';
import { promisify } from 'node:util';

/** How long git may take to tell a name, in ms. */
const PATIENCE = 5000;

/**
 * Who labels in a folder that does not say so: the name in the git settings, or that of the account.
 *
 * A repository's settings can name programs that git runs, and on Windows a program is looked for in the working
 * directory first, so git never starts inside the folder, and learns of it only where the user trusts it. There it
 * reads the repository as it does for a commit, with `include` and `includeIf`: labels and commits bear one name.
 */
export async function annotatorName(folder: string, isTrusted: boolean): Promise<string> {
  const where = isTrusted ? ['-C', folder, 'config', 'user.name'] : ['config', '--global', 'user.name'];
  try {
    const { stdout } = await promisify(execFile)('git', where, { cwd: os.homedir(), timeout: PATIENCE });
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
