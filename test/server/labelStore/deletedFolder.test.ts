import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Bob in London.';
const NAMES = ['a.txt', 'texts/b.txt'];

/** Two texts open with two labels each. */
async function open(workspace: Workspace) {
  const store = workspace.store();
  const told: string[] = [];
  store.outlived.on((texts) => told.push(...texts.map(({ name }) => name)));
  for (const name of NAMES) {
    const document = await store.open(name, TEXT);
    if (document.live.labels.length > 0) continue;
    const operations = ['Ada', 'Bob'].map((words) => ({
      kind: 'add' as const,
      label: labelled(TEXT, words),
    }));
    await store.apply(name, 'Label', operations);
  }
  const label = (name: string) =>
    store.apply(name, 'Label', [{ kind: 'add', label: labelled(TEXT, 'London', 'LOC') }]);
  const starts = (name: string): number[] => (store.get(name)?.live.labels ?? []).map(({ start }) => start);
  const stored = (name: string): number[] =>
    existsSync(workspace.sidecar(name)) ? workspace.lines(name).map(({ start }) => start) : [];
  return { store, told, label, starts, stored };
}

const FOLDERS = ['.glossator', '.glossator/annotations'];
const remove = (workspace: Workspace, folder: string): void =>
  rmSync(path.join(workspace.root, folder), { recursive: true });

describe('the folder of annotations, deleted while texts are open', () => {
  for (const folder of FOLDERS) {
    it(`${folder}: the next label writes those of all open texts again`, async (t) => {
      const workspace = new Workspace(t);
      const { told, label, starts, stored } = await open(workspace);
      remove(workspace, folder);
      await label('a.txt');
      assert.deepEqual([starts('a.txt'), stored('a.txt')], [[0, 17, 24], [0, 17, 24]]); // prettier-ignore
      assert.deepEqual([starts('texts/b.txt'), stored('texts/b.txt')], [[0, 17], [0, 17]]); // prettier-ignore
      assert.deepEqual(told.sort(), NAMES);
    });

    it(`${folder}: told of the file or of the folder, in any order, labels stay and are written again`, async (t) => {
      for (const tell of ['file', 'folder', 'file before the folder', 'file alone before a label']) {
        const workspace = new Workspace(t);
        const { store, told, label, starts, stored } = await open(workspace);
        if (tell.includes('before')) {
          // Files go one by one, and the first is told of before the last is gone.
          rmSync(workspace.sidecar('a.txt'));
          await store.reload('a.txt');
        }
        remove(workspace, folder);
        if (tell === 'file') await store.reload('texts/b.txt');
        else if (tell === 'file alone before a label') await label('texts/b.txt');
        else await store.saveOutlived();
        for (const name of NAMES) {
          const more = tell.endsWith('label') && name === 'texts/b.txt' ? [24] : [];
          assert.deepEqual([starts(name), stored(name)], [[0, 17, ...more], [0, 17, ...more]], tell); // prettier-ignore
        }
        assert.deepEqual(told.sort(), NAMES, tell);
        told.length = 0;
        await store.reload('a.txt');
        assert.deepEqual(told, [], 'once');
      }
    });
  }

  it('a text that is saved or closed has its labels written again, also where nobody told of the deletion', async (t) => {
    for (const what of ['saved', 'closed']) {
      const workspace = new Workspace(t);
      const { store, told, stored } = await open(workspace);
      remove(workspace, '.glossator');
      if (what === 'saved') await store.textSaved('a.txt');
      else await store.close('a.txt');
      assert.deepEqual([stored('a.txt'), stored('texts/b.txt'), told.sort()], [[0, 17], [0, 17], NAMES], what); // prettier-ignore
    }
  });

  it('where the workspace itself is gone nothing is made of it, and all is there when it comes back', async (t) => {
    const workspace = new Workspace(t);
    const { store, told, starts, stored } = await open(workspace);
    renameSync(workspace.root, `${workspace.root}-away`);
    await store.saveOutlived();
    assert.deepEqual([existsSync(workspace.root), told], [false, []]);
    renameSync(`${workspace.root}-away`, workspace.root);
    for (const name of NAMES) await store.reload(name);
    assert.deepEqual([NAMES.map(starts), NAMES.map(stored)], [[[0, 17], [0, 17]], [[0, 17], [0, 17]]]); // prettier-ignore
  });

  it('lines that cannot be read are written again, too, and a text without labels gets no file', async (t) => {
    const workspace = new Workspace(t);
    const { store } = await open(workspace);
    await store.open('c.txt', TEXT);
    const content = `${readFileSync(workspace.sidecar(), 'utf8')}{"half a li`;
    writeFileSync(workspace.sidecar(), content);
    await store.reload('a.txt');
    // One without any label that can be read.
    const half = `${content.split('\n')[0]}\n{"half a li`;
    workspace.write(workspace.sidecar('d.txt'), half);
    await store.open('d.txt', TEXT);
    remove(workspace, '.glossator');
    await store.saveOutlived();
    assert.equal(readFileSync(workspace.sidecar(), 'utf8').trimEnd(), content);
    assert.equal(readFileSync(workspace.sidecar('d.txt'), 'utf8').trimEnd(), half);
    assert.equal(existsSync(workspace.sidecar('c.txt')), false);
  });

  it('one annotation file that is deleted takes its labels along, but none that is not saved', async (t) => {
    const workspace = new Workspace(t);
    const { store, told, label, starts, stored } = await open(workspace);
    rmSync(workspace.sidecar('a.txt'));
    await store.reload('a.txt');
    assert.deepEqual([starts('a.txt'), starts('texts/b.txt'), told], [[], [0, 17], []]);
    await label('a.txt');
    assert.deepEqual([starts('a.txt'), stored('a.txt')], [[24], [24]]);
    assert.deepEqual(stored('texts/b.txt'), [0, 17]);
  });
});

describe('labels of open texts and git', () => {
  const repository = (workspace: Workspace, isIn = workspace.root) => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@a.example', ...args], {
        cwd: isIn,
        stdio: 'pipe',
      });
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(path.join(isIn, 'README'), 'Texts');
    git('add', 'README');
    git('commit', '--quiet', '-m', 'Begin');
    return git;
  };

  it('follow the branch: gone on one without labels, whether their folder is there or not, and back again', async (t) => {
    for (const isOther of [false, true]) {
      const workspace = new Workspace(t);
      const git = repository(workspace);
      const { store, told, starts, stored } = await open(workspace);
      git('checkout', '--quiet', '-b', 'labels');
      git('add', '.glossator');
      git('commit', '--quiet', '-m', 'Label');
      if (isOther) {
        git('checkout', '--quiet', 'main');
        workspace.write(path.join(workspace.root, '.glossator/annotations/note'), 'A file of another kind');
        git('add', '.glossator');
        git('commit', '--quiet', '-m', 'Other');
        git('checkout', '--quiet', 'labels');
      }
      for (const name of NAMES) await store.reload(name);
      assert.deepEqual(NAMES.map(starts), [[0, 17], [0, 17]]); // prettier-ignore
      git('checkout', '--quiet', 'main');
      await store.saveOutlived();
      for (const name of NAMES) await store.reload(name);
      assert.deepEqual([NAMES.map(starts), NAMES.map(stored), told], [[[], []], [[], []], []]);
      git('checkout', '--quiet', 'labels');
      for (const name of NAMES) await store.reload(name);
      assert.deepEqual([NAMES.map(starts), told], [[[0, 17], [0, 17]], []]); // prettier-ignore
      assert.equal(git('status', '--porcelain').toString(), '');
    }
  });

  it('stay where somebody else deletes the folder, committed or not, after commits, and beside other branches', async (t) => {
    for (const isCommitted of [false, true])
      for (const isLate of [false, true]) {
        const workspace = new Workspace(t);
        const git = repository(workspace);
        const { store, told, starts, stored } = await open(workspace);
        if (isCommitted) git('add', '.glossator');
        writeFileSync(path.join(workspace.root, 'README'), 'More texts');
        git('commit', '--quiet', '-am', 'Add');
        if (isCommitted && isLate) git('checkout', '--quiet', '-b', 'another');
        if (isLate) git('commit', '--quiet', '--amend', '-m', 'Said better');
        remove(workspace, '.glossator');
        await store.saveOutlived();
        assert.deepEqual([NAMES.map(starts), NAMES.map(stored)], [[[0, 17], [0, 17]], [[0, 17], [0, 17]]]); // prettier-ignore
        assert.deepEqual(told.sort(), NAMES);
      }
  });

  it('of another branch do not come back with those of this one', async (t) => {
    const workspace = new Workspace(t);
    const git = repository(workspace);
    const { store, told, label, starts } = await open(workspace);
    git('checkout', '--quiet', '-b', 'labels');
    git('add', '.glossator');
    git('commit', '--quiet', '-m', 'Label');
    git('checkout', '--quiet', 'main');
    for (const name of NAMES) await store.reload(name);
    await label('a.txt');
    remove(workspace, '.glossator/annotations');
    await store.saveOutlived();
    assert.deepEqual([NAMES.map(starts), told], [[[24], []], ['a.txt']]);
  });

  it('are written nowhere while git is at work', async (t) => {
    const workspace = new Workspace(t);
    repository(workspace);
    const { store, told } = await open(workspace);
    writeFileSync(path.join(workspace.root, '.git', 'index.lock'), '');
    remove(workspace, '.glossator/annotations');
    await store.saveOutlived();
    assert.deepEqual(told, []);
    rmSync(path.join(workspace.root, '.git', 'index.lock'));
    await store.saveOutlived();
    assert.deepEqual(told.sort(), NAMES);
  });
});
