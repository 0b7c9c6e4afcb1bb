import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type { RunRecord } from './runRecord';

/**
 * The model that a retraining starts from: for a retrained model the one that it was made from, as long as that is
 * there; for any other model itself.
 * @param record of the retraining that made `base`, as it was read; null where none did
 */
export function originOf(base: string, record: RunRecord | null): string {
  const settings: Readonly<Record<string, unknown>> | undefined = record?.settings;
  const origin = settings?.origin;
  return typeof origin === 'string' && existsSync(path.join(origin, 'config.json')) ? origin : base;
}
