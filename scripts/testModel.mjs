// `npm run test:model -- COMMANDS SEED`: random commands over labels, held to a plain model of them. `npm test` does 2,000.
// Where one fails, the shortest sequence that fails is looked for, which takes minutes; it is printed with its seed.
import path from 'node:path';
import { compile } from './lint.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';
import { runnerArguments } from './test.mjs';

const [commands = '2000', seed = '1'] = process.argv.slice(2);
await setUpOrExit();
const test = path.join('out', 'test', 'model', 'labelModel.test.js');
const isCompiled = await compile();
const { status } = isCompiled
  ? await run(process.execPath, runnerArguments([test], { concurrency: 1, minutes: 24 * 60 }), {
      cwd: root,
      env: { GLOSSATOR_COMMANDS: commands, GLOSSATOR_SEED: seed },
      inherit: true,
    })
  : { status: 1 };
process.exitCode = status;
