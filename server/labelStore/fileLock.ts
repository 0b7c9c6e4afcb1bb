import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../models/errors';

/** How long a write may take before others take its lock for forgotten, in ms; likewise one still without a name. */
const FORGOTTEN = 30_000;
const NAMELESS = 1000;
/** How long they wait, in ms. */
const PATIENCE = 60_000;

/**
 * Does `work` while no other program that uses the same lock file does its own. The lock of a program that died
 * is taken over.
 * @throws InputError where another program holds the lock for a minute
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const token = `${process.pid} ${os.hostname()} ${randomUUID()}`;
  const begin = performance.now();
  for (let pause = 1; !(await tryLock(file, token)); pause = Math.min(50, pause * 2)) {
    if (performance.now() - begin > PATIENCE)
      throw new InputError(
        'Another program keeps the annotations locked.',
        { file },
        'Close it, and try again.',
      );
    await wait(pause * (0.5 + Math.random()));
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file: string, token: string): Promise<boolean> {
  try {
    await writeFile(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      await rm(file, { force: true }); // made, but a full disk took no name in it
      throw error;
    }
  }
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  if (holder === undefined || !(await isForgotten(file, holder))) return false;
  // Only where it is still the same forgotten lock: another program may have taken it over meanwhile.
  if ((await readFile(file, 'utf8').catch(() => undefined)) === holder) await rm(file, { force: true });
  return false;
}

async function isForgotten(file: string, holder: string): Promise<boolean> {
  const [pid, host] = holder.split(' ');
  if (host === os.hostname() && Number(pid) !== process.pid && !isAlive(Number(pid))) return true;
  const stats = await stat(file).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > (holder === '' ? NAMELESS : FORGOTTEN);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
