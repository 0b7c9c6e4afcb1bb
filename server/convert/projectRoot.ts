import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';
import { PROJECT_FOLDER } from '../workspace/workspacePaths';

/** The project that a file or folder belongs to: the nearest folder above that has a `.glossator`, or `fallback`. */
export function projectRoot(place: string, fallback: string): string {
  const real = existsSync(place) ? realpathSync(place) : path.resolve(place);
  for (let folder = real; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, PROJECT_FOLDER))) return folder;
    if (folder === path.dirname(folder))
      return existsSync(fallback) ? realpathSync(fallback) : path.resolve(fallback);
  }
}
