import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { breakLock, lockOwner, withFileLock } from '../../../models/data/fileLock';
import { thisProcess } from '../../../models/data/processIdentity';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import { InputError } from '../../../models/errors';
import type { Order } from './lockHolder';
import { watchDisk } from './watchDisk';

/** Short enough to wait for. */
const times = { beat: 50, silence: 300, patience: 1000 };
const hasSignals = process.platform === 'win32' ? 'Windows has no such signals' : false;

/** A folder with a lock, and processes that want it. */
class Contest {
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'glossator-lock-'));
  readonly files = new WorkspaceFiles(this.root);
  readonly file = path.join(this.root, 'lock');
  readonly #children: ChildProcess[] = [];

  constructor(t: TestContext) {
    t.after(() => {
      for (const child of this.#children) child.kill('SIGKILL');
      rmSync(this.root, { recursive: true, force: true });
    });
  }

  async start(): Promise<ChildProcess> {
    const child = fork(path.join(__dirname, 'lockHolder.js'), [this.root]);
    this.#children.push(child);
    assert.deepEqual((await once(child, 'message'))[0], 'ready');
    return child;
  }

  /** A process that holds the lock. */
  async holder(): Promise<ChildProcess> {
    const child = await this.start();
    assert.equal(await tell(child, { hold: true }), 'held');
    return child;
  }

  /** Takes the lock in this process. */
  async take(): Promise<void> {
    await withFileLock(this.files, this.file, async (stillMine) => stillMine(), times);
  }

  async plant(changes: object, time = new Date()): Promise<string> {
    const owner = { ...(await thisProcess()), token: 'planted', time: time.toISOString(), ...changes };
    writeFileSync(this.file, JSON.stringify(owner));
    utimesSync(this.file, time, time);
    return readFileSync(this.file, 'utf8');
  }
}

async function tell(child: ChildProcess, order: Order): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(order);
  return ((await answered) as unknown[])[0];
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

const sentence = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InputError, String(error));
  assert.match(error.message, pattern);
  assert.match(error.remedy, /glossator unlock/);
  return true;
};

describe('a lock between processes', () => {
  it('is never taken from a process that lives, however long it sleeps', { skip: hasSignals }, async (t) => {
    const contest = new Contest(t);
    const child = await contest.holder();
    child.kill('SIGSTOP');
    const yesterday = Date.now() / 1000 - 86_400;
    utimesSync(contest.file, yesterday, yesterday);
    const before = readFileSync(contest.file, 'utf8');
    await assert.rejects(
      contest.take(),
      sentence(new RegExp(`\\(process ${String(child.pid)} on .*does not answer`)),
    );
    assert.equal(readFileSync(contest.file, 'utf8'), before);
    child.kill('SIGCONT');
    assert.equal(await tell(child, { write: true }), 'written');
    await contest.take();
  });

  it('of a killed process is taken over without waiting for silence', async (t) => {
    const contest = new Contest(t);
    await end(await contest.holder(), 'SIGKILL');
    const begin = performance.now();
    await withFileLock(contest.files, contest.file, async () => undefined); // in the product's own times
    assert.ok(performance.now() - begin < 10_000);
    assert.deepEqual(readdirSync(contest.root), []);
  });

  it('of a dead process is taken over where its number was given again', { skip: hasSignals }, async (t) => {
    const contest = new Contest(t);
    await contest.plant({ started: 'another time' });
    await contest.take();
  });

  it(
    'of a dead process is taken over where another died at it, and what both left is removed',
    {
      skip: hasSignals,
    },
    async (t) => {
      const contest = new Contest(t);
      const dead = await contest.plant({ started: 'another time' });
      writeFileSync(`${contest.file}.takeover`, dead);
      const others = ['.other.x.tmp', 'lock.tmp', '.lock.x'];
      for (const name of [...others, '.lock.0123456789ab.tmp'])
        writeFileSync(path.join(contest.root, name), '');
      await contest.take();
      assert.deepEqual(readdirSync(contest.root).sort(), others.sort());
    },
  );

  /** Who is at the lock of a dead process, and does not go on. */
  const atIt: Readonly<Record<string, (contest: Contest) => Promise<string>>> = {
    'another that lives': (contest) => contest.plant({}),
    'one that does not say who it is': () => Promise.resolve('{"pid":'),
    'one of a machine that was started anew': async (contest) =>
      contest.plant({ space: (await thisProcess()).space.replace(/^\S+/, 'another-run') }),
  };
  for (const [who, guard] of Object.entries(atIt))
    it(
      `of a dead process ends in one sentence where ${who} is at it and does not go on`,
      { skip: process.platform !== 'linux' && 'only Linux tells that much' },
      async (t) => {
        const contest = new Contest(t);
        const guarding = await guard(contest);
        writeFileSync(`${contest.file}.takeover`, guarding);
        const dead = await contest.plant({ started: 'another time' });
        await assert.rejects(contest.take(), sentence(/does not answer/));
        assert.equal(readFileSync(contest.file, 'utf8'), dead);
        assert.equal(readFileSync(`${contest.file}.takeover`, 'utf8'), guarding);
        await breakLock(contest.files, contest.file);
        await contest.take();
      },
    );

  it('never waits for the disk', { skip: hasSignals }, async (t) => {
    const contest = new Contest(t);
    assert.deepEqual(await watchDisk(contest.root, () => contest.take()), []);
    writeFileSync(`${contest.file}.takeover`, await contest.plant({ started: 'another time' }));
    for (const name of ['.lock.1.tmp', '.lock.takeover.1.tmp'])
      writeFileSync(path.join(contest.root, name), '');
    assert.deepEqual(await watchDisk(contest.root, () => contest.take()), []);
    assert.deepEqual(readdirSync(contest.root), []);
  });

  it(
    'of a machine that was started anew is taken over after a while',
    { skip: process.platform !== 'linux' && 'only Linux numbers its starts' },
    async (t) => {
      const contest = new Contest(t);
      const { space } = await thisProcess();
      await contest.plant({ space: space.replace(/^\S+/, 'another-run') });
      await contest.take();
    },
  );

  it('that does not say whose it is is taken over after a while', async (t) => {
    const contest = new Contest(t);
    for (const content of ['', '{"pid":', 'x'.repeat(1000)]) {
      writeFileSync(contest.file, content);
      await contest.take();
    }
  });

  it('says who holds it, or that it does not say', async (t) => {
    const contest = new Contest(t);
    assert.equal(await lockOwner(contest.files, contest.file), undefined);
    const planted = await contest.plant({ pid: 7, host: 'here' });
    assert.deepEqual(await lockOwner(contest.files, contest.file), JSON.parse(planted));
    const old = { pid: 12, host: 'here', space: '', started: '', token: 'x-1', time: '' };
    for (const [content, owner] of [
      ['12 here x-1', old],
      ['12 here x-1 more', null],
      ['no 12 here x-1', null],
      ['12 here', null],
      ['here 12 x-1', null],
      ['', null],
      ['{}', null],
      [planted.replace('"pid":7', '"pid":"7"'), null],
    ] as const) {
      writeFileSync(contest.file, content);
      assert.deepEqual(await lockOwner(contest.files, contest.file), owner, content);
    }
  });

  it('of an older version is read', async (t) => {
    const contest = new Contest(t);
    const child = await contest.start();
    writeFileSync(contest.file, `${String(child.pid)} ${os.hostname()} token`);
    assert.equal((await lockOwner(contest.files, contest.file))?.pid, child.pid);
    await assert.rejects(contest.take(), sentence(/does not answer/));
    await end(child, 'SIGKILL');
    await contest.take();
  });

  const foreign: Readonly<Record<string, [object, Date?]>> = {
    'of another machine': [{ host: 'elsewhere' }],
    'of another machine, with a time in the future': [{ host: 'elsewhere' }, new Date(Date.now() + 1e10)],
    'of another container': [{}],
    'of this machine with a time in the future': [{}, new Date(Date.now() + 1e10)],
  };
  for (const [what, [changes, time]] of Object.entries(foreign))
    it(`${what} that shows no life ends in one sentence, and can be broken`, async (t) => {
      const contest = new Contest(t);
      const { space } = await thisProcess();
      const container = what === 'of another container' && { space: space.replace(/\S+$/, 'pid:[1]') };
      const planted = await contest.plant({ ...changes, ...container }, time);
      await assert.rejects(contest.take(), sentence(/does not answer/));
      assert.equal(readFileSync(contest.file, 'utf8'), planted);
      await breakLock(contest.files, contest.file);
      await contest.take();
    });

  it('of another machine that beats is waited for', async (t) => {
    const contest = new Contest(t);
    await contest.plant({ host: 'elsewhere' });
    const beating = setInterval(() => utimesSync(contest.file, new Date(), new Date()), 100);
    t.after(() => clearInterval(beating));
    await assert.rejects(contest.take(), /has been holding the lock "lock" for a minute/);
  });

  it('beats while it is held', async (t) => {
    const contest = new Contest(t);
    const work = async (): Promise<void> => {
      const past = new Date(0);
      utimesSync(contest.file, past, past);
      while ((await contest.files.stat(contest.file))?.mtimeMs === 0n) await new Promise(setImmediate);
    };
    await withFileLock(contest.files, contest.file, work, times);
  });

  it('that was broken is neither written under nor taken from the next', async (t) => {
    const contest = new Contest(t);
    const child = await contest.holder();
    await breakLock(contest.files, contest.file);
    await withFileLock(contest.files, contest.file, async (stillMine) => {
      assert.match(String(await tell(child, { write: true })), /lock was broken/);
      if ((await lockOwner(contest.files, contest.file))?.pid === process.pid) await stillMine();
      await end(child, 'SIGTERM');
      assert.ok(existsSync(contest.file));
      await stillMine();
    });
  });

  it('lets one at a time in, of many that race for the lock of a dead one', async (t) => {
    const contest = new Contest(t);
    const dead = await contest.start();
    await end(dead, 'SIGKILL');
    writeFileSync(path.join(contest.root, 'number'), '0');
    const [processes, each] = [4, 15];
    const children = await Promise.all(Array.from({ length: processes }, () => contest.start()));
    await contest.plant({ pid: dead.pid });
    const planting = setInterval(() => {
      // Dead locks, for ever new races: made as a process would make them, only where there is none.
      const owner = {
        host: os.hostname(),
        pid: dead.pid,
        space: '',
        started: '',
        token: `${Math.random()}`,
        time: '',
      };
      void contest.files.create(contest.file, JSON.stringify(owner)).catch(() => undefined);
    }, 3);
    t.after(() => clearInterval(planting));
    await Promise.all(children.map((child) => tell(child, { count: each })));
    clearInterval(planting);
    assert.equal(readFileSync(path.join(contest.root, 'number'), 'utf8'), `${processes * each}`);
    const log = readFileSync(path.join(contest.root, 'log'), 'utf8').trim().split('\n');
    for (let i = 0; i < log.length; i += 2)
      assert.ok(
        log[i][0] === '+' && log[i + 1] === `-${log[i].slice(1)}`,
        `two at a time: ${log.slice(i, i + 4).join(' ')}`,
      );
  });
});
