import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, root } from '../paths.mjs';
import { lastLine, npm } from '../run.mjs';

/** Where the peers are installed. */
export const peersDir = path.join(cacheDir, 'peers');

const recipeDir = path.join(root, 'scripts', 'peers');
const stampFile = path.join(peersDir, '.installed');
const lock = () => readFileSync(path.join(recipeDir, 'package-lock.json'), 'utf8');

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock();
}

/**
 * Installs wink-nlp and compromise into .cache/peers, in the versions of package-lock.json here.
 * Does nothing when they are there.
 * @throws Error with npm's own words
 */
export async function installPeers() {
  if (isInstalled()) return;
  console.error('Installing wink-nlp and compromise (once) …');
  rmSync(peersDir, { recursive: true, force: true });
  mkdirSync(peersDir, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(path.join(recipeDir, name), path.join(peersDir, name));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, output } = await npm(args, { cwd: peersDir });
  if (status !== 0) throw new Error(`The peers could not be installed: ${lastLine(output)}`);
  writeFileSync(stampFile, lock());
}
