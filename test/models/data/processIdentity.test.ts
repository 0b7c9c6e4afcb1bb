import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, it, type TestContext } from 'node:test';
import { fateOf, isRunning, type ProcessIdentity, thisProcess } from '../../../models/data/processIdentity';

const onLinux = { skip: process.platform !== 'linux' && 'only Linux tells that much' };

/** A process that has ended, and whose parent does not ask how: a zombie, which ends with `parent`. */
async function zombie(): Promise<{
  readonly pid: number;
  readonly started: string;
  readonly parent: ChildProcess;
}> {
  const script = 'sleep 0 & echo $!; exec sleep 60'; // what takes the place of the shell asks for no child
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(String(line).trim());
  const fields = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  while (fields()[0] !== 'Z') await new Promise(setImmediate);
  return { pid, started: fields()[19], parent };
}

function pretend(t: TestContext, platform: NodeJS.Platform): void {
  const { platform: value } = process;
  t.after(() => Object.defineProperty(process, 'platform', { value }));
  Object.defineProperty(process, 'platform', { value: platform });
}

describe('the identity of a process', () => {
  it('is that of this one, which lives', async () => {
    const me = await thisProcess();
    assert.deepEqual([me.pid, me.host], [process.pid, hostname()]);
    assert.equal(await fateOf(me), 'lives');
    assert.deepEqual(await thisProcess(), me);
  });

  it('says the same of a process whose name has blanks and brackets', onLinux, async (t) => {
    const { title } = process;
    t.after(() => (process.title = title));
    const me = await thisProcess();
    process.title = 'a) R 1 (b';
    assert.deepEqual(await thisProcess(), me);
    assert.match(me.started, /^\d+$/);
    const [field] = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ').slice(19) ?? [];
    assert.equal(me.started, field);
  });

  it('tells what became of it', onLinux, async () => {
    const me = await thisProcess();
    const [run, place] = me.space.split(' ');
    const cases: [Partial<ProcessIdentity>, string][] = [
      [{ host: 'another' }, 'elsewhere'],
      [{ space: `${run} pid:[1]` }, 'elsewhere'],
      [{ space: `another ${place}` }, 'restarted'],
      [{ space: '' }, 'lives'],
      [{ started: '' }, 'lives'],
      [{ started: '1' }, 'dead'],
      [{ pid: 2 ** 22 + 1 }, 'dead'],
      [{ pid: 2 ** 22 + 1, space: '' }, 'dead'],
    ];
    for (const [changes, fate] of cases)
      assert.equal(await fateOf({ ...me, ...changes }), fate, JSON.stringify(changes));
  });

  it('says which run of the machine it belongs to, and which container', onLinux, async () => {
    const { space } = await thisProcess();
    assert.match(space, /^[0-9a-f-]+ pid:\[\d+\]$/);
  });

  it('is told by its number and start where the run of the machine is not known', onLinux, async (t) => {
    const me = await thisProcess();
    t.mock.method(promises, 'readlink', () => Promise.reject(new Error('not yours to see')));
    assert.equal((await thisProcess()).space, '');
    assert.equal(await fateOf(me), 'lives');
    assert.equal(await fateOf({ ...me, started: '1' }), 'dead');
  });

  it('is told by `ps` where there is no /proc, the same in every time zone and language', async (t) => {
    if (process.platform === 'win32') return t.skip('Windows has no ps');
    pretend(t, 'darwin');
    const { env: mine } = process;
    t.after(() => (process.env = mine));
    process.env = { ...mine };
    const me = await thisProcess();
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const shown = execFileSync('ps', ['-o', 'lstart=', '-p', String(process.pid)], { env });
    assert.deepEqual([me.space, me.started], ['', String(shown).trim()]);
    process.env.TZ = 'Asia/Tokyo';
    assert.deepEqual(await thisProcess(), me);
    assert.equal(await fateOf(me), 'lives');
    assert.equal(await fateOf({ ...me, started: 'Thu Jan  1 00:00:00 1970' }), 'dead');
    process.env.PATH = '/nowhere';
    assert.equal(await fateOf(me), 'lives', 'nothing speaks against it');
  });

  it('is told by its number alone where nothing tells when it started', async (t) => {
    pretend(t, 'win32');
    const me = await thisProcess();
    assert.deepEqual([me.space, me.started], ['', '']);
    assert.equal(await fateOf(me), 'lives');
    assert.equal(await fateOf({ ...me, started: '1' }), 'lives');
    assert.equal(await fateOf({ ...me, pid: 2 ** 22 + 1 }), 'dead');
  });

  it('is that of the dead for one that has ended and waits for its parent', onLinux, async (t) => {
    const me = await thisProcess();
    const { pid, started, parent } = await zombie();
    t.after(() => parent.kill('SIGKILL'));
    assert.equal(isRunning(pid), true, 'its number is still taken');
    for (const when of [started, '7'])
      assert.equal(await fateOf({ ...me, pid, started: when }), 'dead', `started ${when}`);
  });

  it('of somebody else runs all the same', (t) => {
    t.mock.method(process, 'kill', (_: number, signal: number) => {
      assert.equal(signal, 0);
      throw Object.assign(new Error('not yours'), { code: 'EPERM' });
    });
    assert.equal(isRunning(process.pid), true);
  });

  it('of nobody does not run', (t) => {
    t.mock.method(process, 'kill', () => {
      throw Object.assign(new Error('none'), { code: 'ESRCH' });
    });
    assert.equal(isRunning(process.pid), false);
  });
});
