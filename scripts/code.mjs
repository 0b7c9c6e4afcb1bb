// `npm run code`: opens the extension on samples/, in the desktop's VS Code or, without one, in the browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, root } from './paths.mjs';
import { setUpOrExit } from './setup.mjs';

const folder = path.join(root, 'samples');

function isOnPath(name) {
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((directory) => existsSync(path.join(directory, name + suffix)));
}

function openDesktop() {
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, folder];
  const child = spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  child.on('exit', (status) => (process.exitCode = status ?? 1));
}

/** The working tree itself as an installed extension, so that the native backend serves here too. */
function linkExtension(profile) {
  const link = path.join(profile, 'extensions', 'glossator');
  mkdirSync(path.dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(root, link, 'dir');
}

async function openBrowser() {
  const { installRig, startCodeServer, writeSettings } = await import('./vscodeRig.mjs');
  await installRig();
  const profile = path.join(cacheDir, 'code');
  linkExtension(profile);
  // Once: what the user changes stays changed.
  if (!existsSync(path.join(profile, 'data'))) writeSettings(profile, { 'editor.wordWrap': 'on' });
  const server = await startCodeServer({ profile, folder });
  console.log(`VS Code with Glossator: ${server.url}\nStop it with Ctrl-C.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.stop());
}

await setUpOrExit();
try {
  if (isOnPath('code')) openDesktop();
  else await openBrowser();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
