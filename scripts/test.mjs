// `npm test`: compiles, lints, and runs every test that needs no browser.
// Where the native backend is there, what depends on the backend runs on both; GLOSSATOR_BACKEND picks one.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkStyle, compile } from './lint.mjs';
import { bindingFile } from './native/binding.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';

/** Suites whose outcome depends on the backend. */
const ON_EVERY_BACKEND = [
  'models/embedders',
  'models/nn',
  'models/taggers',
  'models/training',
  'server/smoke',
];

const CONCURRENCY = 2;

/** A line between the parts of a long report. */
export function heading(text) {
  console.log(`\n━━ ${text} ${'━'.repeat(Math.max(0, 76 - text.length))}`);
}

/**
 * The compiled unit tests, found through their sources so that what a deleted source left in out/ stays out.
 * @param folders folders under test/ to look in; all of them when left out
 */
function testFiles(folders = ['']) {
  const names = readdirSync(path.join(root, 'test'), { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => !name.startsWith('vscode/') && /\.test\.(ts|mjs)$/.test(name))
    .filter((name) => folders.some((folder) => folder === '' || name.startsWith(`${folder}/`)))
    .sort();
  return names.map((name) =>
    name.endsWith('.mjs') ? `test/${name}` : `out/test/${name.replace(/\.ts$/, '.js')}`,
  );
}

/**
 * Runs the unit tests of some folders on one backend; the runner's report goes to this terminal.
 * @param node which Node runs them
 */
export async function runTests(backend, folders, node = process.execPath) {
  const files = testFiles(folders);
  heading(`Tests on ${backend} (${files.length} files${node === process.execPath ? '' : ', Node 24'})`);
  const args = ['--test', `--test-concurrency=${CONCURRENCY}`, '--test-reporter=spec', ...files];
  const { status } = await run(node, args, {
    cwd: root,
    env: { GLOSSATOR_BACKEND: backend, NODE_TEST_CONTEXT: undefined },
    inherit: true,
  });
  return status === 0;
}

/** Backends and folders to run, the complete run last: its closing lines stay on the screen. */
function plan() {
  const wish = process.env.GLOSSATOR_BACKEND;
  if (wish) return [{ backend: wish }];
  if (bindingFile() === undefined) return [{ backend: 'wasm' }];
  return [{ backend: 'wasm', folders: ON_EVERY_BACKEND }, { backend: 'native' }];
}

async function main() {
  const begun = performance.now();
  await setUpOrExit();
  heading('Compiling');
  if (!(await compile())) return false;
  heading('Linter and formatter');
  const failed = (await checkStyle()) ? [] : ['linter or formatter'];
  for (const { backend, folders } of plan()) {
    if (!(await runTests(backend, folders))) failed.push(`tests on ${backend}`);
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(
    failed.length === 0 ? `All passed in ${seconds} s.` : `Failed: ${failed.join(', ')} (${seconds} s).`,
  );
  return failed.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!(await main())) process.exitCode = 1;
}
