import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** Names one process among all that ever ran, as far as the system tells. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Which run of the machine, and within it which container, the number belongs to; empty where unknown. */
  readonly space: string;
  /** When it started, in the system's own words; empty where unknown. A number is given again, a start is not. */
  readonly started: string;
}

/**
 * What can be told of a process from here. `restarted`: a machine of that name runs, and has been started since.
 * `elsewhere`: it runs, or ran, on another machine or in another container.
 */
export type Fate = 'lives' | 'dead' | 'restarted' | 'elsewhere';

/** This process, as others may look for it. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const { pid } = process;
  return { pid, host: hostname(), space: await currentSpace(), started: await startOf(pid) };
}

/** Whether a process still runs: a number that another process has since is no life. */
export async function fateOf({ pid, host, space, started }: ProcessIdentity): Promise<Fate> {
  if (host !== hostname()) return 'elsewhere';
  const here = await currentSpace();
  if (space !== '' && here !== '' && space !== here) {
    const [run, ours] = [space, here].map((one) => one.split(' ')[0]);
    return run === ours ? 'elsewhere' : 'restarted';
  }
  if (!isRunning(pid)) return 'dead';
  const now = started === '' ? '' : await startOf(pid);
  return now === started || now === '' ? 'lives' : 'dead';
}

/** Whether there is a process of that number on this machine, whichever it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is somebody else's
  }
}

async function currentSpace(): Promise<string> {
  if (process.platform !== 'linux') return '';
  try {
    const run = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${run.trim()} ${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/** `dead` for one that has ended and waits to be forgotten by its parent. */
async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return linuxStart(pid);
  if (process.platform === 'win32') return '';
  const shown = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', `${pid}`], {
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  }).catch(() => undefined);
  return shown?.stdout.trim() ?? '';
}

/** proc(5): after the name in brackets stand the state, the third field, and the start, the twenty-second. */
async function linuxStart(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19];
}
