import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createWhole } from '../../../models/data/atomicFile';
import { readRegularFile } from '../../../models/data/regularFile';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import { FileRefused } from '../../../models/data/workspaceWalls';
import { traps } from './hostileFiles';
import { watchDisk } from './watchDisk';

const limit = { bytes: 1000, kind: 'note', remedy: 'Shorten it.' };
const onUnix = { skip: process.platform === 'win32' && 'Windows keeps open files where they are' };

/** A workspace with a file `a` in it, beside a file that nobody may touch. */
class Exchange {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'glossator-exchange-'));
  readonly root = path.join(this.#base, 'ws');
  readonly outside = path.join(this.#base, 'outside');
  readonly file = path.join(this.root, 'a');
  readonly files: WorkspaceFiles;

  constructor(readonly t: TestContext) {
    t.after(() => rmSync(this.#base, { recursive: true, force: true }));
    mkdirSync(this.root);
    writeFileSync(this.file, 'first');
    writeFileSync(this.outside, 'SECRET');
    this.files = new WorkspaceFiles(this.root);
  }

  /** Another program writes the file as a whole. */
  replace(content: string): void {
    writeFileSync(`${this.file}.new`, content);
    renameSync(`${this.file}.new`, this.file);
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }

  link(): void {
    this.remove();
    symlinkSync(this.outside, this.file);
  }

  pipe(): void {
    this.remove();
    traps['a pipe'](this.file, this.outside);
  }

  /** Lets other programs at the file right before and right after it is opened; `turn` counts from 1. */
  around({ before, after }: { before?: (turn: number) => void; after?: (turn: number) => void }): void {
    const { open } = promises;
    let turn = 0;
    this.t.mock.method(promises, 'open', async (...call: Parameters<typeof open>) => {
      turn++;
      before?.(turn);
      const handle = await open(...call);
      after?.(turn);
      return handle;
    });
  }
}

describe('a file that another program exchanges while it is opened', onUnix, () => {
  const text = ({ files }: Exchange): Promise<string | undefined> => files.readText('a', limit);

  it('is read as it is then', async (t) => {
    const ws = new Exchange(t);
    ws.around({ after: (turn) => turn <= 3 && ws.replace(`content ${turn}`) });
    assert.equal(await text(ws), 'content 3');
  });

  it('is refused where that has no end', async (t) => {
    const ws = new Exchange(t);
    let turns = 0;
    ws.around({ after: (turn) => ws.replace(`content ${(turns = turn)}`) });
    await assert.rejects(text(ws), (error) => {
      assert.ok(error instanceof FileRefused);
      assert.equal(error.message, '"a" is replaced again and again.');
      return true;
    });
    assert.equal(turns, 100);
  });

  it('is none where it is gone', async (t) => {
    const ws = new Exchange(t);
    ws.around({ before: () => ws.remove() });
    assert.equal(await text(ws), undefined);
  });

  for (const [what, is] of [
    ['link', 'a link'],
    ['pipe', 'a pipe'],
  ] as const)
    for (const moment of ['before', 'after'] as const)
      it(`is refused where ${is} has its place, ${moment} that`, async (t) => {
        const ws = new Exchange(t);
        ws.around({ [moment]: () => ws[what]() });
        await assert.rejects(text(ws), (error) => error instanceof FileRefused && error.message.includes(is));
      });

  it('is not appended to', async (t) => {
    const ws = new Exchange(t);
    for (const exchange of [() => ws.replace('theirs'), () => ws.remove()]) {
      ws.around({ after: exchange });
      await assert.rejects(ws.files.append('a', 'mine'), /"a" was exchanged while it was being opened/);
      t.mock.restoreAll();
      assert.notEqual(existsSync(ws.file) && readFileSync(ws.file, 'utf8'), 'mine');
    }
    ws.replace('theirs');
    ws.around({ before: () => ws.link() });
    await assert.rejects(ws.files.append('a', 'mine'), { code: 'ELOOP' });
    ws.remove();
    assert.equal(readFileSync(ws.outside, 'utf8'), 'SECRET');
  });

  it('is told that it failed by the system', async (t) => {
    const ws = new Exchange(t);
    t.mock.method(promises, 'open', () => Promise.reject(Object.assign(new Error(), { code: 'EMFILE' })));
    await assert.rejects(text(ws), { code: 'EMFILE' });
    await assert.rejects(ws.files.append('a', 'mine'), { code: 'EMFILE' });
  });
});

describe('a folder', () => {
  it('is made by many at once', async (t) => {
    const { root, files } = new Exchange(t);
    const names = Array.from({ length: 20 }, (_, i) => `deep/er/${i % 4}/${i}`);
    await Promise.all(names.map((name) => files.write(name, name)));
    for (const name of names) assert.equal(readFileSync(path.join(root, name), 'utf8'), name);
  });

  it('is refused where a link takes its place while it is made, and says what else kept it from that', async (t) => {
    const ws = new Exchange(t);
    const { mkdir } = promises;
    const mock = t.mock.method(promises, 'mkdir', async (place: string) => {
      symlinkSync(path.dirname(ws.outside), place);
      return mkdir(place);
    });
    await assert.rejects(ws.files.makeFolder('b'), FileRefused);
    mock.mock.mockImplementation(() => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })));
    await assert.rejects(ws.files.makeFolder('c'), { code: 'ENOSPC' });
  });

  it('is a workspace only where its path can be followed', async (t) => {
    const { root } = new Exchange(t);
    const loop = `${root}-loop`;
    if (traps['a link to itself'](loop, root) !== undefined) return t.skip('this machine makes no links');
    await assert.rejects(new WorkspaceFiles(loop).read('a', limit), { code: 'ELOOP' });
  });
});

describe('a folder that is looked through', () => {
  it('is gone, not to be read, or given in any order', async (t) => {
    const { root, files } = new Exchange(t);
    for (const name of ['c', 'b/1', 'd/2']) await files.write(name, '');
    const { readdir } = promises;
    const mock = t.mock.method(promises, 'readdir');
    const answer = (entries: (folder: string) => Promise<unknown[]>): void =>
      mock.mock.mockImplementation(entries as unknown as typeof readdir);
    const walked = async (): Promise<string[]> => {
      const names: string[] = [];
      for await (const name of files.walk('.')) names.push(name);
      return names;
    };
    const entriesOf = (folder: string): Promise<unknown[]> => readdir(folder, { withFileTypes: true });
    answer(async (folder) => (await entriesOf(folder)).reverse());
    assert.deepEqual(await walked(), ['a', 'c', 'b/1', 'd/2']);
    answer(async (folder) => (await entriesOf(folder)).sort(() => -1));
    assert.deepEqual(await walked(), ['a', 'c', 'b/1', 'd/2']);
    const refusing = (code: string) => async (folder: string) => {
      if (folder === path.join(root, 'b')) throw Object.assign(new Error(), { code });
      return entriesOf(folder);
    };
    answer(refusing('EACCES'));
    assert.deepEqual(await walked(), ['a', 'c', 'd/2']);
    await assert.rejects(files.list('b'), { code: 'EACCES' });
    answer(refusing('ENOENT'));
    assert.deepEqual(await files.list('b'), []);
  });

  it('is no place for names that no system takes', onUnix, async (t) => {
    const { files } = new Exchange(t);
    await assert.rejects(files.read('x'.repeat(300), limit), { code: 'ENAMETOOLONG' });
  });
});

describe('a file that is made whole', () => {
  it('leaves nothing on a full disk without second names, whether its name was taken or not', async (t) => {
    const { root } = new Exchange(t);
    const { writeFile } = promises;
    t.mock.method(promises, 'link', () => Promise.reject(Object.assign(new Error(), { code: 'EPERM' })));
    for (const isTaken of [true, false]) {
      t.mock.method(promises, 'writeFile', async (...call: Parameters<typeof writeFile>) => {
        const isLast = call[0] === path.join(root, 'b');
        if (!isLast || isTaken) await writeFile(...call);
        if (isLast) throw Object.assign(new Error(), { code: 'ENOSPC' });
      });
      await assert.rejects(createWhole(path.join(root, 'b'), 'mine'), { code: 'ENOSPC' });
      assert.deepEqual(readdirSync(root), ['a']);
    }
  });

  it('is not made where another program swept its beginnings away', async (t) => {
    const { root } = new Exchange(t);
    const { link } = promises;
    t.mock.method(promises, 'link', async (from: string, to: string) => {
      rmSync(from);
      return link(from, to);
    });
    assert.equal(await createWhole(path.join(root, 'b'), 'mine'), false);
    assert.deepEqual(readdirSync(root), ['a']);
  });
});

describe('what is done to a file', () => {
  /** And what it asks of the disk: content before the name, the name for good. */
  const works: Readonly<
    Record<string, [work: (files: WorkspaceFiles) => Promise<unknown>, calls: string[]]>
  > = {
    write: [(files) => files.write('a', 'x'), ['sync file', 'rename', 'sync folder']],
    'write, not forced': [(files) => files.write('a', 'x', { isForced: false }), ['rename']],
    remove: [(files) => files.remove('a'), ['sync folder']],
    'remove, not forced': [(files) => files.remove('a', { isForced: false }), []],
    rename: [(files) => files.rename('a', 'b'), ['rename', 'sync folder']],
    'rename into a folder': [(files) => files.rename('a', 'f/b'), ['rename', 'sync folder', 'sync folder']],
    create: [(files) => files.create('n', 'x'), []],
    append: [(files) => files.append('a', 'x'), []],
    read: [(files) => files.read('a', limit), []],
    'read what is too long': [(files) => files.read('a', { ...limit, bytes: 1 }), []],
    readEnd: [(files) => files.readEnd('a', 2), []],
    readRegularFile: [({ root }) => readRegularFile(path.join(root, 'a'), limit), []],
    'read a folder': [({ root }) => readRegularFile(root, limit), []],
    'write what is no longer wanted': [
      (files) => files.write('a', 'x', { check: () => Promise.reject(new Error('no')) }),
      ['sync file'],
    ],
  };
  for (const [name, [work, calls]] of Object.entries(works))
    it(`is on disk as far as it must be: ${name}`, async (t) => {
      const { root, files } = new Exchange(t);
      assert.deepEqual(await watchDisk(root, () => work(files).catch(() => undefined)), calls);
    });

  const openFiles = (): string[] => readdirSync('/proc/self/fd');
  for (const [name, [work]] of Object.entries(works))
    it(
      `leaves no file open: ${name}`,
      { skip: !existsSync('/proc/self/fd') && 'only Linux tells which are' },
      async (t) => {
        const { files } = new Exchange(t);
        const before = openFiles();
        for (let times = 0; times < 3; times++) await work(files).catch(() => undefined);
        assert.deepEqual(openFiles(), before);
      },
    );
});
