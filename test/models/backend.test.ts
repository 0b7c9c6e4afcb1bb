import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { loadBackend } from '../../models/backend';

const BACKEND = path.join(__dirname, '../../models/backend.js');

/** Runs in a worker: loads the backend, tells the main thread how far it is, and computes where it is to. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { dlopen } = process;
process.dlopen = (...call) => {
  parentPort.postMessage('loading');
  return dlopen.apply(process, call);
};
const { loadBackend, tf } = require(workerData.backend);
void loadBackend('native').then(() => {
  parentPort.postMessage('loaded');
  if (!workerData.computes) return;
  if (tf.tidy(() => tf.add(1, 1).dataSync()[0]) !== 2) throw new Error('1 + 1 is not 2');
});`;

const start = (computes: boolean): string =>
  `new Worker(${JSON.stringify(THREAD)}, { eval: true, workerData: ${JSON.stringify({ backend: BACKEND, computes })} })`;

const when = (message: string, then: string): string =>
  `${start(true)}.on('message', function (told) { if (told === '${message}') { ${then} } });`;

/** What a process does with a thread that loads libtensorflow. */
const ENDS: Readonly<Record<string, string>> = {
  'the process exits when it is loaded and has computed nothing': when('loaded', 'process.exit();'),
  'the thread ends by itself and has computed nothing': start(false),
  'the thread is cut off while it loads, and another one computes': when(
    'loading',
    `void this.terminate().then(() => ${start(true)});`,
  ),
};

describe('the native library in a worker thread', () => {
  let isNative: boolean;
  before(async () => (isNative = (await loadBackend('auto')).name === 'native'));

  for (const [what, code] of Object.entries(ENDS))
    it(`leaves the process in peace when ${what}`, async (context) => {
      if (!isNative) return context.skip('runs on WebAssembly');
      const child = spawn(
        process.execPath,
        ['-e', `const { Worker } = require('node:worker_threads'); ${code}`],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
      const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
      assert.deepEqual([status, signal], [0, null], errors);
    });
});
