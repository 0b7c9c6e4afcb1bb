import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lastLine, run } from '../run.mjs';
import { root, tfjsNodeDir } from '../paths.mjs';

// tfjs-node asks for two functions of `util` that Node 23 took away.
const CHECK = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value == null;
util.isArray ??= Array.isArray;
const tf = require('@tensorflow/tfjs-node');
const two = tf.ones([2, 2]).matMul(tf.ones([2, 2])).dataSync()[3];
if (two !== 2) throw new Error('a matrix product gave ' + two);
`;

/** The compiled binding, wherever this version of Node-API keeps it; undefined when there is none. */
export function bindingFile() {
  const lib = path.join(tfjsNodeDir, 'lib');
  if (!existsSync(lib)) return undefined;
  const files = readdirSync(lib).map((folder) => path.join(lib, folder, 'tfjs_binding.node'));
  return files.find((file) => existsSync(file));
}

/** Loads the binding in a process of its own, so that a crash stays there. Answers the reason it fails, if it does. */
export async function whyBindingFails() {
  if (bindingFile() === undefined) return 'it is not built';
  const { status, output } = await run(process.execPath, ['-e', CHECK], {
    cwd: root,
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    timeoutMs: 60_000,
  });
  return status === 0 ? undefined : lastLine(output);
}

/** Takes a binding and its libraries away, so that a half-made one is never found. */
export function removeBinding() {
  for (const folder of ['lib', 'deps'])
    rmSync(path.join(tfjsNodeDir, folder), { recursive: true, force: true });
}
