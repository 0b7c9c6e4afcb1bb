import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bundlesExist } from '../../scripts/build.mjs';
import { areDependenciesInstalled } from '../../scripts/dependencies.mjs';
import { root } from '../../scripts/paths.mjs';

test('a finished set-up is recognised', () => {
  assert.equal(areDependenciesInstalled(), true);
  assert.equal(bundlesExist(), true);
});

test('every dependency is pinned to one version', () => {
  for (const file of ['package.json', 'scripts/vscode/rig/package.json']) {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, `${name} in ${file}`);
    }
  }
});
