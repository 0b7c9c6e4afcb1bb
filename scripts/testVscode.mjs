// `npm run test:vscode`: the packed extension in a real VS Code, and the unit tests on the Node that VS Code has.
// With names (`npm run test:vscode -- reading themes`) only those of test/vscode.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compile } from './lint.mjs';
import { bindingFile } from './native/binding.mjs';
import { packExtension } from './package.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';
import { heading, runnerArguments, runTests } from './test.mjs';

/** Suites that the newer Node could break: tensors, threads, the server as a process. */
const ON_THE_NEWER_NODE = ['models/nn', 'models/taggers', 'server/smoke'];

/** Minutes after which a file that has not ended is stopped; the longest take three. */
const MINUTES = 15;

/** @param wanted parts of the names of the files to run; all of them where there are none */
async function runVscodeTests(vsix, wanted) {
  heading('The packed extension in VS Code');
  const names = readdirSync(path.join(root, 'test', 'vscode'), { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .sort();
  if (names.length === 0) throw new Error(`No file in test/vscode has ${wanted.join(' or ')} in its name.`);
  const files = names.map((name) => path.join('out', 'test', 'vscode', name.replace(/\.ts$/, '.js')));
  // One workbench at a time: two of them would measure each other on a small machine.
  const args = runnerArguments(files, { concurrency: 1, minutes: MINUTES });
  const { status } = await run(process.execPath, args, {
    cwd: root,
    env: { GLOSSATOR_VSIX: vsix },
    inherit: true,
  });
  return status === 0;
}

async function main() {
  await setUpOrExit();
  // These need what set-up installs.
  const { ensureChromium, installRig, rigNode } = await import('./vscodeRig.mjs');
  heading('VS Code, Node 24 and Chromium');
  await installRig();
  console.log(`Chromium: ${await ensureChromium()}`);
  heading('Compiling and packing');
  if (!(await compile())) return false;
  const vsix = await packExtension();
  console.log(path.relative(root, vsix));

  const wanted = process.argv.slice(2);
  const failed = [];
  const backends = bindingFile() === undefined ? ['wasm'] : ['wasm', 'native'];
  for (const backend of wanted.length > 0 ? [] : backends) {
    if (!(await runTests({ backend, folders: ON_THE_NEWER_NODE }, rigNode)))
      failed.push(`tests on ${backend}, Node 24`);
  }
  if (!existsSync(path.join(root, 'test', 'vscode'))) failed.push('there is no test/vscode');
  else if (!(await runVscodeTests(vsix, wanted))) failed.push('tests in VS Code');
  console.log(failed.length === 0 ? 'All passed.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0;
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
