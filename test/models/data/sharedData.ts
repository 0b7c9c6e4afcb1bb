import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's root, from out/test/models/data. */
export const ROOT = join(__dirname, '..', '..', '..', '..');

/** A file of the corpora that lie beside the repository. */
export function sharedFile(...names: string[]): string {
  return join(ROOT, '..', 'shared', 'data', ...names);
}

/** For `it(name, { skip })`: the printed reason where the corpora are absent, else false. */
export function unlessShared(path: string): string | false {
  return existsSync(path) ? false : `${path} is not on this machine`;
}
