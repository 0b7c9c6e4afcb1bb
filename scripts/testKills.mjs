// `npm run test:kills`: kills the built server 200 times, or `GLOSSATOR_KILLS` times, while it is given labels, and looks for what is lost.
// `npm test` does the same 20 times.
import path from 'node:path';
import { compile } from './lint.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';
import { runnerArguments } from './test.mjs';

await setUpOrExit();
const test = path.join('out', 'test', 'server', 'labelStore', 'killedServer.test.js');
const isCompiled = await compile();
const { status } = isCompiled
  ? await run(process.execPath, runnerArguments([test], { concurrency: 1, minutes: 120 }), {
      cwd: root,
      env: { GLOSSATOR_KILLS: process.env.GLOSSATOR_KILLS ?? '200' },
      inherit: true,
    })
  : { status: 1 };
process.exitCode = status;
