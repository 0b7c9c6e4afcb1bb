// `npm run test:fuzz -- [INPUTS] [SEED]`: reads 100,000 damaged files, or as many as you say, from a seed of the day.
// `npm test` reads 3,000 from a fixed one.
import path from 'node:path';
import { compile } from './lint.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';
import { runnerArguments } from './test.mjs';

const [inputs = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
if (![inputs, seed].every((number) => /^\d+$/.test(number))) {
  console.error('Usage: npm run test:fuzz -- [INPUTS] [SEED]');
  process.exit(2);
}

await setUpOrExit();
const test = path.join('out', 'test', 'fuzz', 'fuzz.test.js');
const isCompiled = await compile();
const { status } = isCompiled
  ? await run(process.execPath, runnerArguments([test], { concurrency: 1, minutes: 120 }), {
      cwd: root,
      env: { GLOSSATOR_FUZZ_INPUTS: inputs, GLOSSATOR_FUZZ_SEED: seed },
      inherit: true,
    })
  : { status: 1 };
process.exitCode = status;
