import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import { FileRefused, pathInside } from '../../../models/data/workspaceWalls';
import { InputError } from '../../../models/errors';
import { hardLink, type HostileWorkspace, hostileWorkspace, traps } from './hostileFiles';

const limit = { bytes: 1000, kind: 'note', remedy: 'Shorten it.' };

async function within(work: (ws: HostileWorkspace, files: WorkspaceFiles) => Promise<void>): Promise<void> {
  const ws = hostileWorkspace();
  try {
    const before = ws.picture();
    await work(ws, new WorkspaceFiles(ws.root));
    assert.equal(ws.picture(), before, 'the folder outside is as it was');
  } finally {
    ws.remove();
  }
}

/** Everything that can be done to a file. */
const operations: Readonly<Record<string, (files: WorkspaceFiles, file: string) => Promise<unknown>>> = {
  read: (files, file) => files.read(file, limit),
  readText: (files, file) => files.readText(file, limit),
  readEnd: (files, file) => files.readEnd(file, 10),
  stat: (files, file) => files.stat(file),
  write: (files, file) => files.write(file, 'mine'),
  append: (files, file) => files.append(file, 'mine'),
  touch: (files, file) => files.touch(file),
};

const inFolder: typeof operations = {
  ...operations,
  list: (files, file) => files.list(path.dirname(file)),
  remove: (files, file) => files.remove(file),
  removeFolder: (files, file) => files.removeFolder(file),
  makeFolder: (files, file) => files.makeFolder(file),
  'rename from': (files, file) => files.rename(file, 'elsewhere'),
  'rename to': async (files, file) => {
    writeFileSync(path.join(files.root, 'mine'), '');
    await files.rename('mine', file);
  },
};

const isSentence = (name: string) => (error: unknown) => {
  assert.ok(error instanceof FileRefused, String(error));
  assert.match(error.message, new RegExp(`^"${name}" is (a|the) .*\\.$`));
  assert.match(error.remedy, /^Replace it by a (file|folder)( or a folder|)\.$/);
  return true;
};

describe('files of a workspace', () => {
  for (const [what, make] of Object.entries(traps)) {
    it(`refuses ${what} in place of a file`, (t) => refusesFile(t, make));
    it(`refuses ${what} in place of a folder`, (t) => refusesFolder(t, make));
  }

  const refusesFile = (t: TestContext, make: (typeof traps)[string]) =>
    within(async ({ root, outside }, files) => {
      mkdirSync(path.join(root, '.glossator/local'), { recursive: true });
      const problem = make(path.join(root, '.glossator/local/history.jsonl'), outside);
      if (problem !== undefined) return t.skip(problem);
      for (const [name, operation] of Object.entries(operations))
        await assert.rejects(
          operation(files, '.glossator/local/history.jsonl'),
          isSentence('.glossator/local/history.jsonl'),
          name,
        );
      await files.remove('.glossator/local/history.jsonl'); // the name, not what it leads to
      assert.deepEqual(readdirSync(path.join(root, '.glossator/local')), []);
    });

  const refusesFolder = (t: TestContext, make: (typeof traps)[string]) =>
    within(async ({ root, outside }, files) => {
      mkdirSync(path.join(root, '.glossator'));
      const problem = make(path.join(root, '.glossator/local'), outside);
      if (problem !== undefined) return t.skip(problem);
      for (const [name, operation] of Object.entries(inFolder))
        for (const file of ['.glossator/local/precious', path.join(root, '.glossator/local/precious')])
          await assert.rejects(operation(files, file), isSentence('.glossator/local'), `${name} ${file}`);
      await files.removeFolder('.glossator/local');
      assert.equal(existsSync(path.join(root, '.glossator/local')), false);
    });

  it('refuses paths outside, also beside the root', () =>
    within(async ({ root, outside }, files) => {
      for (const file of [
        '../ws-outside/precious',
        `${outside}/precious`,
        'a/../../ws-outside/precious',
        '..',
      ])
        for (const [name, operation] of Object.entries(operations))
          await assert.rejects(operation(files, file), FileRefused, `${name} ${file}`);
      await assert.rejects(files.write('a\0b', ''), FileRefused);
      assert.deepEqual(readdirSync(root), []);
    }));

  it('takes names that begin with dots for names', () =>
    within(async ({ root }, files) => {
      for (const name of ['..foo.txt', '...', '..a/..b']) {
        await files.write(name, name);
        assert.equal(await files.readText(path.join(root, name), limit), name);
        assert.equal(pathInside(root, path.join(root, name)), path.normalize(name));
      }
      assert.equal(pathInside('/ws', '/ws-evil'), undefined);
    }));

  it('appends nothing to a file with a second name, and replaces it without touching the other', (t) =>
    within(async ({ root, outside }, files) => {
      const problem = hardLink(path.join(root, 'log'), outside);
      if (problem !== undefined) return t.skip(problem);
      await assert.rejects(files.append('log', 'mine'), /second name/);
      await files.write('log', 'mine');
      await files.append('log', ' too');
      assert.equal(readFileSync(path.join(root, 'log'), 'utf8'), 'mine too');
    }));

  it('works in a root that is reached by a link', (t) =>
    within(async ({ root }, _) => {
      const link = `${root}-link`;
      try {
        symlinkSync(root, link, 'junction');
      } catch {
        return t.skip('this machine makes no links');
      }
      const files = new WorkspaceFiles(link);
      await files.write(path.join(link, 'a/b.txt'), 'b');
      assert.equal(await files.readText(path.join(root, 'a/b.txt'), limit), 'b');
      assert.equal(readFileSync(path.join(root, 'a/b.txt'), 'utf8'), 'b');
    }));

  it('reads no more than the limit, the end of a file, and nothing where nothing is', () =>
    within(async ({ root }, files) => {
      writeFileSync(path.join(root, 'long'), 'x'.repeat(1001));
      await assert.rejects(files.read('long', limit), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /^The note has 1 MB/);
        return true;
      });
      writeFileSync(path.join(root, 'short'), '0123456789');
      assert.equal(String(await files.readEnd('short', 4)), '6789');
      assert.equal(String(await files.readEnd('short', 40)), '0123456789');
      for (const file of ['none', 'none/of/these', 'short/below'].slice(0, 2)) {
        assert.equal(await files.read(file, limit), undefined);
        assert.equal(await files.stat(file), undefined);
        assert.deepEqual(await files.list(file), []);
        await files.remove(file);
        await files.removeFolder(file);
      }
      await assert.rejects(files.read('short/below', limit), /"short" is a file, not a folder/);
      assert.equal(await new WorkspaceFiles(path.join(root, 'gone')).read('a', limit), undefined);
    }));

  const deep = (folders: number): string => 'x/'.repeat(folders);

  it('needs time as folders are deep, no more', async () => {
    const times: number[] = [];
    for (const folders of [60, 60, 600])
      await within(async (_, files) => {
        const begun = performance.now();
        await files.write(`${deep(folders)}note`, 'mine');
        assert.equal(await files.readText(`${deep(folders)}note`, limit), 'mine');
        assert.equal(await files.stat(`${deep(folders)}none/${deep(100)}note`), undefined);
        times.push(performance.now() - begun);
      });
    const ratio = times[2] / times[1]; // the first warms up
    assert.ok(ratio < 30, `ten times as deep takes ${ratio.toFixed(1)} times as long`);
  });

  for (const at of [1, 49, 60, 200])
    it(`finds a link ${at} folders deep among 200`, (t) =>
      within(async ({ root, outside }, files) => {
        mkdirSync(path.join(root, deep(at - 1)), { recursive: true });
        mkdirSync(path.join(root, 'real', deep(200 - at)), { recursive: true });
        for (const target of [outside, path.join(root, 'real')]) {
          const link = path.join(root, deep(at - 1), 'x');
          try {
            symlinkSync(target, link, 'junction');
          } catch {
            return t.skip('this machine makes no links');
          }
          for (const [name, operation] of Object.entries(inFolder))
            for (const file of [`${deep(200)}precious`, `${deep(300)}precious`])
              await assert.rejects(operation(files, file), isSentence(deep(at).slice(0, -1)), name);
          rmSync(link);
        }
      }));

  it('walks in order, past links, and only into the folders it is let into', () =>
    within(async ({ root, outside }, files) => {
      for (const name of ['b.txt', 'a/2.txt', 'a/1.txt', '.git/x', '..foo.txt']) await files.write(name, '');
      traps['a link to a folder outside'](path.join(root, 'linked'), outside);
      traps['a link to a file outside'](path.join(root, 'linked.txt'), outside);
      const names: string[] = [];
      for await (const name of files.walk('.', (below) => !below.startsWith('.git'))) names.push(name);
      assert.deepEqual(names, ['..foo.txt', 'b.txt', 'a/1.txt', 'a/2.txt']);
    }));
});
