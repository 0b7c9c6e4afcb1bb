import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { root } from '../shared';

const skip = process.platform === 'linux' ? false : 'only Linux limits the address space of a process';

/** Kilobytes. Below 1.3 GB it is V8 itself that finds no memory, at any moment, and nothing catches that. */
const LIMITS = [1_600_000, 2_000_000];

describe('tagging under a limit of address space that no backend can run with', { skip }, () => {
  for (const limit of LIMITS)
    for (const backend of ['native', 'wasm', ''])
      it(`ends in one sentence: ${limit} KB, ${backend || 'any'} backend`, async () => {
        const program = [process.execPath, path.join(root, 'dist', 'cli.js'), 'tag', '-'];
        const child = spawn('bash', ['-c', `ulimit -v ${limit}; exec "$@"`, 'bash', ...program], {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, GLOSSATOR_BACKEND: backend },
        });
        const [output, errors] = await Promise.all([
          text(child.stdout),
          text(child.stderr),
          once(child, 'close'),
        ]);
        assert.deepEqual([child.exitCode, child.signalCode, output], [2, null, ''], errors);
        assert.match(
          errors,
          /^There is not enough memory under the limit of \d\.\d GB of address space \(ulimit -v\)\. TensorFlow needs about 3 GB of it, WebAssembly 12\. Raise the limit\.\n$/,
        );
      });
});
