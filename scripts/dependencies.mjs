import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { npm } from './run.mjs';

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** True if node_modules holds every package of the lock file in its version. */
export function areDependenciesInstalled() {
  // npm's own note of what it put into node_modules.
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(
    ([name, { version, optional, peer }]) =>
      name === '' || optional || peer || installed[name]?.version === version,
  );
}

/**
 * Installs what the lock file lists. An existing node_modules folder is brought up to date rather than
 * replaced: the native TensorFlow lives in it.
 * @throws Error with npm's own words
 */
export async function installDependencies() {
  const command = existsSync(path.join(root, 'node_modules')) ? 'install' : 'ci';
  const args = [command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, output } = await npm(args, { cwd: root });
  if (status !== 0) throw new Error(`npm ${command} failed:\n${output.trim()}`);
}
