import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { bindingFile } from '../../scripts/native/binding.mjs';
import { root } from '../../scripts/paths.mjs';

function backendScript(wish) {
  const env = { ...process.env, GLOSSATOR_BACKEND: wish };
  return spawnSync(process.execPath, [path.join(root, 'scripts', 'backend.mjs')], { env, encoding: 'utf8' });
}

test('WebAssembly on request needs nothing', () => {
  const { status, stdout, stderr } = backendScript('wasm');
  assert.equal(status, 0);
  assert.equal(stdout, 'Backend: WebAssembly (GLOSSATOR_BACKEND=wasm).\n');
  assert.equal(stderr, '');
});

test('an unknown wish is refused in one sentence', () => {
  const { status, stdout } = backendScript('cuda');
  assert.equal(status, 1);
  assert.equal(stdout, 'GLOSSATOR_BACKEND is "cuda"; it has to be native, wasm, or unset.\n');
});

test(
  'a native library that is there is found at once',
  { skip: bindingFile() === undefined && 'there is no native library here' },
  () => {
    const { status, stdout, stderr } = backendScript('native');
    assert.equal(status, 0);
    assert.match(stdout, /^Backend: native TensorFlow \(.+\)\.\n$/);
    assert.equal(stderr, '');
  },
);
