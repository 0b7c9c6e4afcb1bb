import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of the package that this code runs from: the clone, or the unpacked extension. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}

/** Directory of the embedded model. */
export function pretrainedModel(): string {
  return path.join(packageRoot(), 'models', 'pretrained');
}
