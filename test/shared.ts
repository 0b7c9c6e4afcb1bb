import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** The root of the package, from `out/test`. */
export const root = path.resolve(__dirname, '..', '..');

/** The folder of data beside the project; outside users don't have it. */
export const shared = path.resolve(root, '..', 'shared', 'data');

/** For a test's `skip`: false where the file is there, otherwise the reason that the runner prints. */
export function unlessShared(...parts: string[]): string | false {
  const file = path.join(shared, ...parts);
  return existsSync(file) ? false : `needs ${path.join('..', 'shared', 'data', ...parts)}, which is not here`;
}
