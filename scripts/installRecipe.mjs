import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, root } from './paths.mjs';
import { lastLine, npm } from './run.mjs';

/**
 * Installs the packages that only one script needs into .cache/NAME, in the versions that scripts/NAME locks.
 * Does nothing when they are there.
 * @param what the packages, for people
 * @returns the folder they are in
 * @throws Error with npm's own words
 */
export async function installRecipe(name, what) {
  const [recipe, folder] = [path.join(root, 'scripts', name), path.join(cacheDir, name)];
  const stamp = path.join(folder, '.installed');
  const lock = readFileSync(path.join(recipe, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return folder;
  console.error(`Installing ${what} (once) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(path.join(recipe, file), path.join(folder, file));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, output } = await npm(args, { cwd: folder });
  if (status !== 0) throw new Error(`${what} could not be installed: ${lastLine(output)}`);
  writeFileSync(stamp, lock);
  return folder;
}
