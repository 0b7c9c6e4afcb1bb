// `npm test`: compiles, lints, and runs every test that needs no browser.
// Where the native backend is there, what depends on the backend runs on both; GLOSSATOR_BACKEND picks one.
// What depends on how a processor adds up runs once more as on a processor with AVX2 at most.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkStyle, compile } from './lint.mjs';
import { bindingFile } from './native/binding.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';

/** Suites whose outcome depends on the last bits of sums: on the backend and on the processor. */
const NUMERIC = [
  'models/activeLearning',
  'models/embedders',
  'models/nn',
  'models/retraining',
  'models/similarity',
  'models/taggers',
  'models/training',
];

/** Suites whose outcome depends on the backend. */
const ON_EVERY_BACKEND = [...NUMERIC, 'server/smoke'];

/**
 * Has oneDNN, which multiplies matrices for libtensorflow, take no newer instructions than AVX2, as where AVX-512 is
 * missing: it then adds up in another order. WebAssembly has one set of instructions everywhere.
 */
const AVX2 = { ONEDNN_MAX_CPU_ISA: 'AVX2' };

/** Files run at once, and minutes after which one that has not ended is stopped; most take seconds. */
const [CONCURRENCY, MINUTES] = [2, 10];

/** A line between the parts of a long report. */
export function heading(text) {
  console.log(`\n━━ ${text} ${'━'.repeat(Math.max(0, 76 - text.length))}`);
}

/**
 * The command line of the test runner. A file that does not end is stopped and named, so that the others are still
 * reported. Nothing is compiled on other threads: where such a thread waits for the garbage collector while its process
 * ends, the two wait for each other for ever (https://github.com/nodejs/node/issues/54918).
 */
export function runnerArguments(files, { concurrency, minutes }) {
  return [
    '--no-concurrent-recompilation',
    '--no-concurrent-sparkplug',
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${minutes * 60_000}`,
    '--test-reporter=spec',
    ...files,
  ];
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
 * @param processor variables of the environment that hold the backend to an older processor
 * @param node which Node runs them
 */
export async function runTests({ backend, folders, processor }, node = process.execPath) {
  const files = testFiles(folders);
  heading(
    `Tests on ${nameOf({ backend, processor })} (${files.length} files${node === process.execPath ? '' : ', Node 24'})`,
  );
  const args = runnerArguments(files, { concurrency: CONCURRENCY, minutes: MINUTES });
  const { status } = await run(node, args, {
    cwd: root,
    env: { GLOSSATOR_BACKEND: backend, NODE_TEST_CONTEXT: undefined, ...processor },
    inherit: true,
  });
  return status === 0;
}

const nameOf = ({ backend, processor }) =>
  processor === undefined ? backend : `${backend}, ${Object.values(processor).join()} at most`;

/**
 * Backends and folders to run, the complete run last: its closing lines stay on the screen.
 * @param wish the backend that is asked for, if one is
 * @param isNative whether the native backend is there
 */
export function plan(wish, isNative) {
  const complete = { backend: wish || (isNative ? 'native' : 'wasm') };
  if (complete.backend === 'wasm') return [complete];
  const held = { backend: 'native', folders: NUMERIC, processor: AVX2 };
  return wish ? [held, complete] : [{ backend: 'wasm', folders: ON_EVERY_BACKEND }, held, complete];
}

async function main() {
  const begun = performance.now();
  await setUpOrExit();
  heading('Compiling');
  if (!(await compile())) return false;
  heading('Linter and formatter');
  const failed = (await checkStyle()) ? [] : ['linter or formatter'];
  for (const part of plan(process.env.GLOSSATOR_BACKEND, bindingFile() !== undefined)) {
    if (!(await runTests(part))) failed.push(`tests on ${nameOf(part)}`);
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
