import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { thisProcess } from '../../models/data/processIdentity';
import { runGlossator } from './runGlossator';

async function lockedBy(t: TestContext, changes: object): Promise<{ root: string; lock: string }> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'glossator-unlock-'));
  t.after(() => rmSync(root, { recursive: true }));
  const lock = path.join(root, '.glossator/local/lock');
  mkdirSync(path.dirname(lock), { recursive: true });
  const owner = { ...(await thisProcess()), token: 'x', time: '2026-01-01T00:00:00.000Z', ...changes };
  writeFileSync(lock, JSON.stringify(owner));
  return { root, lock };
}

describe('glossator unlock', () => {
  it('breaks a lock of another machine, and says whose it was', async (t) => {
    const { root, lock } = await lockedBy(t, { host: 'elsewhere', pid: 123 });
    const { status, stdout } = await runGlossator(['unlock', root]);
    assert.deepEqual([status, stdout], [0, 'The lock of process 123 on elsewhere is broken.\n']);
    assert.equal(existsSync(lock), false);
    assert.match((await runGlossator(['unlock', root])).stdout, /^No lock/);
  });

  it('leaves a lock to a process that runs, unless it is forced', async (t) => {
    const { root, lock } = await lockedBy(t, {});
    const { status, stderr } = await runGlossator(['unlock', root]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      new RegExp(`process ${process.pid} on .* is running\\. End it first, or add --force`),
    );
    assert.ok(existsSync(lock));
    assert.equal((await runGlossator(['unlock', root, '--force'])).status, 0);
    assert.equal(existsSync(lock), false);
  });
});
