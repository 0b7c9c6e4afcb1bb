import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';
import { lastLine, run } from '../run.mjs';
import { codeServerEntry, rigNode } from './installRig.mjs';

const START_LIMIT_MS = 60_000;
const LISTENING = /HTTP server listening on (http:\/\/[^/\s]+)/;

const environment = () => ({ PATH: `${path.dirname(rigNode)}${path.delimiter}${process.env.PATH ?? ''}` });

function foldersOf(profile) {
  return [
    '--user-data-dir',
    path.join(profile, 'data'),
    '--extensions-dir',
    path.join(profile, 'extensions'),
  ];
}

/** Writes the user settings of a profile: quiet and without any network, and on top what the caller wants. */
export function writeSettings(profile, settings = {}) {
  const quiet = JSON.parse(readFileSync(path.join(root, 'scripts', 'vscode', 'quietSettings.json'), 'utf8'));
  const folder = path.join(profile, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
}

/** Installs a packed extension into a profile. */
export async function installVsix(profile, vsix) {
  const config = path.join(profile, 'config.yaml');
  const args = [
    codeServerEntry,
    '--config',
    config,
    ...foldersOf(profile),
    '--install-extension',
    vsix,
    '--force',
  ];
  const { status, output } = await run(rigNode, args, { env: environment() });
  if (status !== 0) throw new Error(`VS Code did not take ${vsix}: ${lastLine(output)}`);
}

/** Resolves to the origin that the server prints once it accepts connections. */
function untilListening(child, output) {
  return new Promise((resolve, reject) => {
    const fail = (reason) => {
      clearTimeout(timer);
      reject(new Error(`code-server ${reason}:\n${output.text}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (status) => fail(`ended with status ${status}`));
    child.stdout.on('data', () => {
      const origin = LISTENING.exec(output.text)?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(origin);
    });
  });
}

function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    process.kill(-child.pid, 'SIGTERM');
  });
}

/**
 * Starts VS Code in the browser on 127.0.0.1.
 * @param options.profile folder for user data, extensions and settings
 * @param options.folder what to open
 * @param options.vsix a packed extension to install first
 * @param options.settings user settings on top of the quiet ones
 * @param options.port 0 takes a free one
 * @param options.args further arguments of code-server
 * @returns `origin`, `url` (opens the folder), `log()` (all it printed) and `stop()`
 */
export async function startCodeServer({ profile, folder, vsix, settings, port = 0, args = [] }) {
  mkdirSync(profile, { recursive: true });
  if (settings !== undefined || !existsSync(path.join(profile, 'data', 'User', 'settings.json'))) {
    writeSettings(profile, settings);
  }
  if (vsix !== undefined) await installVsix(profile, vsix);
  const child = spawn(
    rigNode,
    [
      ...[codeServerEntry, '--config', path.join(profile, 'config.yaml'), ...foldersOf(profile)],
      ...[
        '--auth',
        'none',
        '--bind-addr',
        `127.0.0.1:${port}`,
        '--disable-telemetry',
        '--disable-update-check',
      ],
      ...['--disable-workspace-trust', '--disable-getting-started-override', ...args],
    ],
    { env: { ...process.env, ...environment() }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => (output.text += chunk));
  }
  const stopNow = () => child.exitCode === null && process.kill(-child.pid, 'SIGKILL');
  process.once('exit', stopNow);
  child.once('exit', () => process.off('exit', stopNow));
  const origin = await untilListening(child, output);
  const url = `${origin}/?folder=${encodeURIComponent(path.resolve(folder))}`;
  return { origin, url, log: () => output.text, stop: () => stopGroup(child) };
}
