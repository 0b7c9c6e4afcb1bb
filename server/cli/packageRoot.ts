import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json, from dist/ as well as from out/server/cli/. */
export function packageRoot(from = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (path.dirname(folder) === folder) throw new Error(`No package.json in any folder above ${from}.`);
  }
}
