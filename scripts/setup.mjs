// Makes a clone ready to run: packages, backend, bundles. What is ready already is left alone,
// so a second run costs a few milliseconds. Uses nothing but Node. All it says goes to stderr.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { supplyBackend } from './backend.mjs';
import { build, bundlesExist, sourcesFingerprint } from './build.mjs';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { cacheDir } from './paths.mjs';

const MINIMUM_NODE = [20, 10];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  throw new Error(`Glossator needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.version}.`);
}

async function ensureDependencies() {
  if (areDependenciesInstalled()) return;
  console.error('Installing packages (once) …');
  await installDependencies();
}

async function ensureBundles() {
  const stampFile = path.join(cacheDir, 'build.txt');
  const fingerprint = sourcesFingerprint();
  if (bundlesExist() && readIfThere(stampFile) === fingerprint) return;
  await build();
  writeFileSync(stampFile, fingerprint);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Installs and builds what is missing or stale. Two runs at once take turns.
 * @throws Error with one sentence for the user
 */
export async function setUp() {
  checkNode();
  mkdirSync(cacheDir, { recursive: true });
  await withLock(path.join(cacheDir, 'setup.lock'), async () => {
    await ensureDependencies();
    const { line, fresh, failed } = await supplyBackend();
    if (failed) throw new Error(line);
    if (fresh) console.error(line);
    await ensureBundles();
  });
}

/** Runs `setUp`, and ends the process with its sentence where it fails. */
export async function setUpOrExit() {
  try {
    await setUp();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setUpOrExit();
}
