import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Bytes of memory that a process holds resident, now and at its peak. */
export interface ProcessMemory {
  readonly resident: number;
  /** Null where the system does not tell. */
  readonly peak: number | null;
}

/** Memory of the process `pid`; null where the system does not tell. */
export async function memoryOf(pid: number | undefined): Promise<ProcessMemory | null> {
  if (pid === undefined) return null;
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return { resident: kibibytes(status, 'VmRSS'), peak: kibibytes(status, 'VmHWM') };
  } catch {
    return residentByPs(pid); // no /proc outside Linux
  }
}

function kibibytes(status: string, field: string): number {
  return 1024 * Number(new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1] ?? NaN);
}

async function residentByPs(pid: number): Promise<ProcessMemory | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return { resident: 1024 * Number(stdout.trim()), peak: null };
  } catch {
    return null;
  }
}
