import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { InputError } from '../errors';
import { fateOf, type ProcessIdentity, thisProcess } from './processIdentity';
import { lockLimit } from './sizeLimits';
import type { WorkspaceFiles } from './workspaceFiles';

/** Milliseconds. */
export interface LockTimes {
  /** How often an owner shows that it works. */
  readonly beat: number;
  /** Without a beat for so long, an owner is asked for, or given up. */
  readonly silence: number;
  /** How long others wait for owners that do beat. */
  readonly patience: number;
}

const TIMES: LockTimes = { beat: 2000, silence: 15_000, patience: 60_000 };
/** How often what is known of a silent owner is looked up, in ms. */
const LOOK = 1000;

/** Throws where the lock is no longer one's own, so that what is about to be written may not be. */
export type StillMine = () => Promise<void>;

/** Who holds a lock. */
export interface LockOwner extends ProcessIdentity {
  readonly token: string;
  /** When it was taken, ISO 8601. */
  readonly time: string;
}

const ownerSchema = z.object({
  ...{ pid: z.int(), host: z.string(), space: z.string(), started: z.string() },
  ...{ token: z.string(), time: z.string() },
});

/**
 * Does `work` while no other process that uses the same lock file does its own. The lock of a process that died is taken
 * over; that of one that lives never is, however long it sleeps.
 * @throws InputError where another process holds the lock and shows no life, or holds it for a minute
 */
export async function withFileLock<T>(
  files: WorkspaceFiles,
  file: string,
  work: (stillMine: StillMine) => Promise<T>,
  times = TIMES,
): Promise<T> {
  const record = await newRecord();
  await take(files, file, record, times);
  const isMine = async (): Promise<boolean> => (await contentOf(files, file)) === record;
  const beat = async (): Promise<void> => {
    if (await isMine()) await files.touch(file);
  };
  const beating = setInterval(() => void beat().catch(() => undefined), times.beat).unref();
  try {
    return await work(async () => {
      if (await isMine()) return;
      throw new InputError('The lock was broken by somebody else, so nothing was written.', {}, 'Try again.');
    });
  } finally {
    clearInterval(beating);
    if (await isMine().catch(() => false)) await files.remove(file, { isForced: false });
  }
}

/** Who holds a lock; null where its file does not say it, undefined where nobody does. */
export async function lockOwner(files: WorkspaceFiles, file: string): Promise<LockOwner | null | undefined> {
  const content = await contentOf(files, file);
  return content === undefined ? undefined : ownerIn(content);
}

/** Takes a lock from whoever has it. Only where a person says so: an owner that still lives stops writing. */
export async function breakLock(files: WorkspaceFiles, file: string): Promise<void> {
  await files.remove(guardOf(file));
  await files.remove(file);
}

async function newRecord(): Promise<string> {
  const owner: LockOwner = {
    ...(await thisProcess()),
    token: randomUUID(),
    time: new Date().toISOString(),
  };
  return JSON.stringify(owner);
}

async function take(files: WorkspaceFiles, file: string, record: string, times: LockTimes): Promise<void> {
  const begin = performance.now();
  let last: { content: string; beat: bigint; since: number; looked: number } | undefined;
  for (let pause = 1; !(await files.create(file, record)); pause = Math.min(50, pause * 2)) {
    const content = await contentOf(files, file);
    if (content === undefined) continue; // released just now
    const now = performance.now();
    const beat = (await files.stat(file))?.mtimeNs ?? 0n;
    if (content !== last?.content || beat !== last.beat)
      last = { content, beat, since: now, looked: -Infinity };
    const owner = ownerIn(content);
    const isSilent = now - last.since >= times.silence;
    const isTooLate = now - begin >= times.patience;
    if (isSilent || now - last.looked >= LOOK) {
      last.looked = now;
      const isGone = await isDead(owner, isSilent);
      if (isGone && (await takeAway(files, file, content, record))) continue;
      if (isGone ? isTooLate : isSilent) throw silent(owner, file);
    }
    if (isTooLate) throw busy(owner, file);
    await wait(pause * (0.5 + Math.random()));
  }
}

/** Of an owner that says nothing of itself, or whose machine was started anew, silence is the only sign. */
async function isDead(owner: LockOwner | null, isSilent: boolean): Promise<boolean> {
  if (owner === null) return isSilent;
  const fate = await fateOf(owner);
  return fate === 'dead' || (fate === 'restarted' && isSilent);
}

/**
 * Removes the lock of a dead process, and no other: of several that try one is let in at a time, and looks again.
 * Its own guard is taken from it likewise should it die in turn.
 * @returns whether it is worth trying again at once: not where another process is at it
 */
async function takeAway(files: WorkspaceFiles, file: string, dead: string, record: string): Promise<boolean> {
  const guard = guardOf(file);
  if (!(await files.create(guard, record))) {
    const content = await contentOf(files, guard);
    if (content === undefined) return true;
    return (await isDead(ownerIn(content), false)) && takeAway(files, guard, content, record);
  }
  try {
    if ((await contentOf(files, file)) === dead) await files.remove(file, { isForced: false });
    await sweep(files, file);
  } finally {
    await files.remove(guard, { isForced: false });
  }
  return true;
}

/** Removes what processes left that died while they tried. */
async function sweep(files: WorkspaceFiles, file: string): Promise<void> {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  for (const entry of await files.list(folder))
    if (entry.name.startsWith(`.${name}.`) && entry.name.endsWith('.tmp'))
      await files.remove(path.join(folder, entry.name), { isForced: false });
}

const guardOf = (file: string): string => `${file}.takeover`;

async function contentOf(files: WorkspaceFiles, file: string): Promise<string | undefined> {
  return (await files.read(file, lockLimit))?.toString('utf8');
}

/** Versions before 1.0 wrote number, machine and a token. */
function ownerIn(content: string): LockOwner | null {
  const [, pid, host, token] = /^(\d+) (\S+) (\S+)$/.exec(content) ?? [];
  if (token !== undefined) return { pid: Number(pid), host, space: '', started: '', token, time: '' };
  try {
    return ownerSchema.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}

const nameOf = (file: string): string => `the lock "${path.basename(file)}"`;

/** A process as sentences name it: "process 123 on host". */
export function describeOwner(owner: LockOwner | null): string {
  return owner === null ? 'a program without a name' : `process ${owner.pid} on ${owner.host}`;
}

function silent(owner: LockOwner | null, file: string): InputError {
  return new InputError(
    `Another Glossator (${describeOwner(owner)}) holds ${nameOf(file)} and does not answer.`,
    {},
    'End it, or run "glossator unlock" in this folder if it no longer runs.',
  );
}

function busy(owner: LockOwner | null, file: string): InputError {
  return new InputError(
    `Another Glossator (${describeOwner(owner)}) has been holding ${nameOf(file)} for a minute.`,
    {},
    'Wait until it is done, and try again.',
  );
}
