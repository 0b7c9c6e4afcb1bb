import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { run } from '../../scripts/run.mjs';
import { plan, runnerArguments } from '../../scripts/test.mjs';

/** Runs files of these contents, by name, for so many seconds each. */
async function outcomeOf(t, seconds, contents) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossator-runner-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = Object.entries(contents).map(([name, content]) => {
    const file = path.join(folder, name);
    writeFileSync(file, `const { it } = require('node:test');\n${content}`);
    return file;
  });
  // As from a terminal: the runner takes no other runner for its parent.
  const env = { NODE_TEST_CONTEXT: undefined };
  return run(process.execPath, runnerArguments(files, { concurrency: 1, minutes: seconds / 60 }), { env });
}

describe('the test runner', () => {
  it('stops and names a file that does not end though its tests have passed, and runs the others', async (t) => {
    const { status, output } = await outcomeOf(t, 5, {
      'stays.test.js': "it('is quick', () => {}); setInterval(() => {}, 1000);",
      'ends.test.js': "it('comes after it', () => {});",
    });
    assert.equal(status, 1);
    assert.match(output, /✖ \S*stays\.test\.js .*\n.*timed out/);
    assert.match(output, /✔ comes after it/);
  });

  it('compiles nothing on other threads in the processes that run the tests', async (t) => {
    const { status, output } = await outcomeOf(t, 60, {
      'flags.test.js': "it('has flags', () => console.log(process.execArgv.join(' ')));",
    });
    assert.equal(status, 0, output);
    assert.match(output, /--no-concurrent-recompilation/);
    assert.match(output, /--no-concurrent-sparkplug/);
  });
});

describe('what npm test runs', () => {
  const parts = (wish, isNative) =>
    plan(wish, isNative).map(({ backend, folders, processor }) =>
      [backend, ...(folders ? ['some'] : []), ...Object.values(processor ?? {})].join(' '),
    );
  const table = [
    [undefined, true, ['wasm some', 'native some AVX2', 'native']],
    ['native', true, ['native some AVX2', 'native']],
    ['wasm', true, ['wasm']],
    [undefined, false, ['wasm']],
  ];
  for (const [wish, isNative, expected] of table)
    it(`${wish ?? 'any backend'}, native ${isNative ? 'there' : 'missing'}: ${expected.join('; ')}`, () =>
      assert.deepEqual(parts(wish, isNative), expected));
});
