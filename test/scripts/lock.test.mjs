import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { withLock } from '../../scripts/lock.mjs';

function temporaryFolder(t) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossator-lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('work under one lock never overlaps', async (t) => {
  const file = path.join(temporaryFolder(t), 'work.lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
  assert.equal(most, 1);
  assert.equal(existsSync(file), false);
});

test('the lock of a process that died is taken over', async (t) => {
  const file = path.join(temporaryFolder(t), 'work.lock');
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, String(pid));
  assert.equal(await withLock(file, () => 'done'), 'done');
});

test('the lock is given back when the work fails', async (t) => {
  const file = path.join(temporaryFolder(t), 'work.lock');
  await assert.rejects(
    withLock(file, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(existsSync(file), false);
});
