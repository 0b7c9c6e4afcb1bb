import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../models/packageRoot';

export { packageRoot, pretrainedModel } from '../models/packageRoot';

/** Version of the package. */
export function packageVersion(): string {
  const manifest = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return version;
}
