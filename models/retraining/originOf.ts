import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { RunRecord } from './runRecord';

/**
 * The model that a retraining starts from: for a retrained model of this history the one that it was made from, as long
 * as that is there; for any other model itself.
 */
export async function originOf(base: string, history: string): Promise<string> {
  if (path.resolve(path.dirname(base)) !== path.resolve(history)) return base;
  try {
    const record = JSON.parse(await readFile(path.join(base, 'run.json'), 'utf8')) as RunRecord;
    const { origin } = record.settings;
    return typeof origin === 'string' && existsSync(path.join(origin, 'config.json')) ? origin : base;
  } catch {
    return base;
  }
}
