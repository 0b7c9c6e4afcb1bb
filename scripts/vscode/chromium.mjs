import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { lastLine, run } from '../run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];

/** No sandbox: a container's root cannot have one, and the page shown is our own. */
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

function findChromium() {
  const { CHROMIUM_PATH: named, PATH = '' } = process.env;
  if (named) return named;
  const files = PATH.split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return files.find((file) => existsSync(file));
}

async function aptGet(...args) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const { status, output } = await run('apt-get', args, { env });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed: ${lastLine(output)}`);
}

/**
 * The path of a Chromium; installs Debian's where there is none and we may.
 * @throws Error that says how to get one
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    const remedy = `Install it (Debian, Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}) or name it in CHROMIUM_PATH.`;
    throw new Error(`The tests in VS Code need Chromium. ${remedy}`);
  }
  console.error('Installing Chromium (once) …');
  await aptGet('update', '-qq');
  await aptGet('install', '-y', '-qq', '--no-install-recommends', ...PACKAGES);
  const installed = findChromium();
  if (installed === undefined) throw new Error('apt-get installed chromium, but it is not on the PATH.');
  return installed;
}

/** Starts a headless Chromium under playwright-core. */
export async function launchChromium() {
  return chromium.launch({ executablePath: await ensureChromium(), headless: true, args: FLAGS });
}
