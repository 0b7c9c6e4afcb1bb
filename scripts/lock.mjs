import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 100;
const ATTEMPTS_BEFORE_NOTICE = 20;
const UNWRITTEN_MS = 10_000;

/** True if a process with this id runs (or runs as somebody else). */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** True if nobody can be holding the lock: its process is gone, or died before it wrote its id. */
function isAbandoned(file) {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (Number.isInteger(owner)) return !isRunning(owner);
    return Date.now() - statSync(file).mtimeMs > UNWRITTEN_MS;
  } catch {
    return false;
  }
}

/** Creates the lock file, or answers false where a live process holds it. A dead one's lock is taken over. */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (isAbandoned(file)) rmSync(file, { force: true });
  return false;
}

/**
 * Runs `work` while holding `file` as a lock between processes, and waits for another holder first.
 * The lock of a process that died is taken over.
 */
export async function withLock(file, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let attempts = 0; !tryLock(file); attempts++) {
    if (attempts === ATTEMPTS_BEFORE_NOTICE) console.error(`Waiting for another run to finish (${file}) …`);
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
