import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openAtomicFile, writeFileAtomically } from '../../../models/data/atomicFile';
import { watchDisk } from './watchDisk';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'glossator-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('an atomic file', () => {
  it('replaces files whole and leaves nothing else behind', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.txt');
      await writeFileAtomically(path, 'one');
      await writeFileAtomically(path, new TextEncoder().encode('two'));
      assert.equal(await readFile(path, 'utf8'), 'two');
      await assert.rejects(writeFileAtomically(join(folder, 'none', 'b.txt'), 'x'));
      await assert.rejects(writeFileAtomically(folder, 'x'));
      assert.deepEqual(await readdir(folder), ['a.txt']);
    }));

  it('replaces nothing where the check throws, and asks it when the content is written', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.txt');
      await writeFileAtomically(path, 'theirs');
      const file = await openAtomicFile(path);
      await file.write('mine');
      const check = async (): Promise<void> => {
        const [temporary] = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
        assert.equal(await readFile(join(folder, temporary), 'utf8'), 'mine');
        throw new Error('changed meanwhile');
      };
      await assert.rejects(file.commit(check), /changed meanwhile/);
      await file.abandon();
      assert.equal(await readFile(path, 'utf8'), 'theirs');
      assert.deepEqual(await readdir(folder), ['a.txt']);
    }));

  it('is on disk before it takes its name, and the name when the promise resolves', () =>
    inFolder(async (folder) => {
      const write = (): Promise<void> => writeFileAtomically(join(folder, 'a.txt'), 'one');
      assert.deepEqual(await watchDisk(folder, write), ['sync file', 'rename', 'sync folder']);
    }));

  it('is not forced to disk where it can be computed again', () =>
    inFolder(async (folder) => {
      const write = async (): Promise<void> => {
        const file = await openAtomicFile(join(folder, 'a.txt'), { isForced: false });
        await file.write('one');
        await file.commit();
      };
      assert.deepEqual(await watchDisk(folder, write), ['rename']);
    }));
});
