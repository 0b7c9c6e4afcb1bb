import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { createWhole, syncFolder } from '../../../models/data/atomicFile';
import { openToAppend, readRegularFile, readSlice } from '../../../models/data/regularFile';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import { FileRefused } from '../../../models/data/workspaceWalls';
import { InputError } from '../../../models/errors';
import { traps } from './hostileFiles';

const limit = { bytes: 2 ** 20, kind: 'note', remedy: 'Shorten it.' };

async function within(work: (root: string, files: WorkspaceFiles) => Promise<void>): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'glossator-files-'));
  try {
    await work(root, new WorkspaceFiles(root));
  } finally {
    rmSync(root, { recursive: true });
  }
}

const refused =
  (message: RegExp, remedy: RegExp, file: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, message);
    assert.match(error.remedy, remedy);
    assert.equal(error.place.file, file);
    return true;
  };

describe('a file that a person named', () => {
  it('is read as a whole, up to the limit and through links', () =>
    within(async (root) => {
      const file = path.join(root, 'a');
      const content = Buffer.alloc(2 ** 20, 'abcdefg');
      writeFileSync(file, content);
      assert.deepEqual(await readRegularFile(file, limit), content);
      const link = path.join(root, 'link');
      symlinkSync(file, link);
      assert.deepEqual(await readRegularFile(link, limit), content);
      writeFileSync(file, Buffer.concat([content, Buffer.from('h')]));
      await assert.rejects(
        readRegularFile(file, limit),
        refused(/^The note has 2 MB; Glossator reads no more than 1 MB of one\.$/, /Shorten/, file),
      );
    }));

  it('is a file: all else is refused by what it is', async (t) => {
    await within(async (root) => {
      const of = (what: RegExp, file: string) =>
        assert.rejects(readRegularFile(file, limit), refused(what, /Name a file/, file));
      await of(/^This is a folder, not a file\.$/, root);
      const pipe = path.join(root, 'pipe');
      if (traps['a pipe']?.(pipe, root) === undefined) await of(/^This is a pipe, not a file\.$/, pipe);
      else t.diagnostic('no pipe can be made here');
      if (process.platform !== 'win32') await of(/^This is a device, not a file\.$/, '/dev/null');
    });
  });

  it('can be read in part, also where it ends before', () =>
    within(async (root) => {
      const file = path.join(root, 'a');
      writeFileSync(file, '0123456789');
      const handle = await open(file);
      try {
        for (const [start, length, part] of [
          [0, 10, '0123456789'],
          [3, 4, '3456'],
          [8, 10, '89'],
          [10, 3, ''],
          [4, 0, ''],
        ] as const)
          assert.equal(String(await readSlice(handle, start, length)), part);
        // A disk that gives little at a time.
        const slow = {
          read: (bytes: Buffer, at: number, length: number, position: number) =>
            handle.read(bytes, at, Math.min(length, 3), position),
        } as typeof handle;
        assert.equal(String(await readSlice(slow, 1, 8)), '12345678');
      } finally {
        await handle.close();
      }
    }));
});

describe('a file that is appended to', () => {
  it('is made where it is missing, and goes on where it ended', () =>
    within(async (root) => {
      const file = path.join(root, 'a');
      for (const text of ['one', 'two']) {
        const handle = await openToAppend(file);
        await handle.writeFile(text);
        await handle.close();
      }
      assert.equal(readFileSync(file, 'utf8'), 'onetwo');
      await assert.rejects(openToAppend(root), { code: 'EISDIR' });
    }));
});

describe('a file that is made whole', () => {
  it('is made once, and the first content stays', () =>
    within(async (root, files) => {
      const file = path.join(root, 'a');
      assert.equal(await createWhole(file, 'mine'), true);
      assert.equal(await createWhole(file, 'yours'), false);
      assert.equal(await files.create('a', 'theirs'), false);
      assert.equal(readFileSync(file, 'utf8'), 'mine');
      assert.equal(await files.create('deep/er/b', 'mine'), true);
      assert.equal(readFileSync(path.join(root, 'deep/er/b'), 'utf8'), 'mine');
      assert.deepEqual(
        (await files.list('.')).map(({ name }) => name).sort(),
        ['a', 'deep'],
        'nothing is left beside it',
      );
      await assert.rejects(files.create('a/b', ''), FileRefused);
    }));

  it('is made on a disk without second names, too', async (t) => {
    const promises = (await import('node:fs/promises')).default;
    for (const code of ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'UNKNOWN'])
      await within(async (root) => {
        const link = t.mock.method(promises, 'link', () =>
          Promise.reject(Object.assign(new Error(), { code })),
        );
        try {
          const file = path.join(root, 'a');
          assert.equal(await createWhole(file, 'mine'), true, code);
          assert.equal(await createWhole(file, 'yours'), false, code);
          assert.equal(readFileSync(file, 'utf8'), 'mine');
        } finally {
          link.mock.restore();
        }
      });
    await within(async (root, files) => {
      const link = t.mock.method(promises, 'link', () =>
        Promise.reject(Object.assign(new Error('broken'), { code: 'EIO' })),
      );
      await assert.rejects(createWhole(path.join(root, 'a'), 'mine'), /broken/);
      link.mock.restore();
      assert.deepEqual(await files.list('.'), []);
    });
  });

  it('does not mind a folder that cannot be forced to disk', () => syncFolder('/nowhere/at/all'));
});

describe('files and folders of a workspace', () => {
  it('are given other names and places', () =>
    within(async (root, files) => {
      await files.write('a/b.txt', 'b');
      await files.rename('a/b.txt', 'c/d/e.txt');
      assert.equal(readFileSync(path.join(root, 'c/d/e.txt'), 'utf8'), 'b');
      assert.equal(await files.stat('a/b.txt'), undefined);
      await files.rename('c', 'f');
      assert.deepEqual([await files.hasFolder('c'), await files.hasFolder('f/d')], [false, true]);
      await files.write('f/d/g.txt', 'g');
      await files.rename('f/d/g.txt', 'f/d/e.txt');
      assert.equal(readFileSync(path.join(root, 'f/d/e.txt'), 'utf8'), 'g');
      await assert.rejects(files.rename('none', 'g'), { code: 'ENOENT' });
    }));

  it('are removed: folders with all that is in them, or only if they are empty', () =>
    within(async (_, files) => {
      await files.write('a/b/c.txt', 'c');
      assert.equal(await files.removeIfEmpty('a'), false);
      assert.equal(await files.removeIfEmpty('a/b'), false);
      await files.remove('a/b/c.txt');
      await files.remove('a/b/c.txt');
      assert.equal(await files.removeIfEmpty('a/b'), true);
      assert.equal(await files.removeIfEmpty('a/b'), false);
      assert.equal(await files.hasFolder('a/b'), false);
      await files.write('a/b/c.txt', 'c');
      await files.removeFolder('a');
      assert.deepEqual(await files.list('.'), []);
    }));

  it('are never the workspace itself', () =>
    within(async (root, files) => {
      await assert.rejects(files.removeFolder('.'), /never removed/);
      await assert.rejects(files.removeFolder(root), /never removed/);
      assert.equal(await files.removeIfEmpty('.'), false);
      assert.equal(await files.hasFolder('.'), true);
    }));

  it('are not made in a workspace that is gone', () =>
    within(async (root) => {
      const gone = new WorkspaceFiles(path.join(root, 'gone'));
      const works = [() => gone.makeFolder('a/b'), () => gone.write('a', ''), () => gone.create('a', '')];
      for (const work of works)
        await assert.rejects(
          work,
          refused(/^The folder of the workspace is gone\.$/, /Put it back/, gone.root),
        );
      assert.deepEqual(await gone.list('.'), []);
    }));

  it('say when they were used', () =>
    within(async (root, files) => {
      await files.write('a', '');
      const begin = BigInt(Date.now()) - 1000n;
      const { lutimesSync } = await import('node:fs');
      lutimesSync(path.join(root, 'a'), 1, 1);
      await files.touch('a');
      const { mtimeMs = 0n } = (await files.stat('a')) ?? {};
      assert.ok(mtimeMs >= begin, String(mtimeMs));
    }));

  it('are walked through past folders that may not be read, each folder in its turn', () =>
    within(async (root, files) => {
      for (const name of ['z', 'b/y', 'a/x', 'a/c/w', 'b/c/v']) await files.write(name, '');
      mkdirSync(path.join(root, 'empty'));
      const entered: string[] = [];
      const names: string[] = [];
      const enters = (below: string): boolean => entered.push(below) > 0;
      for await (const name of files.walk('.', enters)) names.push(name);
      assert.deepEqual(names, ['z', 'a/x', 'b/y', 'a/c/w', 'b/c/v']);
      assert.deepEqual(entered, ['', 'a', 'b', 'empty', 'a/c', 'b/c']);
      const below: string[] = [];
      for await (const name of files.walk('a')) below.push(name);
      assert.deepEqual(below, ['x', 'c/w']);
    }));
});
