import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type TestContext, describe, it } from 'node:test';
import type { LabelOperation } from '../../server/labelStore/labelOperation';
import { root } from '../shared';
import { labelled, Workspace } from '../server/labelStore/workspace';
import { runGlossator } from './runGlossator';

const TEXT = 'Ada Lovelace met Charles Babbage in London, and Mary met them.\n';
const DRIVER = `"${process.execPath}" "${path.join(root, 'dist', 'cli.js')}" merge-driver %O %A %B %P`;

const add = (words: string, label = 'PER', text = TEXT): LabelOperation => ({
  kind: 'add',
  label: labelled(text, words, label),
});

/** A repository with one text in which two branches can label. */
class Repository extends Workspace {
  constructor(t: TestContext, { driver = false, style = 'merge', text = TEXT } = {}) {
    super(t);
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'user.name', 'Ada');
    this.git('config', 'user.email', 'ada@example.org');
    this.git('config', 'merge.conflictStyle', style);
    if (driver) {
      this.git('config', 'merge.glossator.driver', DRIVER);
      this.write(path.join(this.root, '.gitattributes'), '.glossator/annotations/** merge=glossator\n');
    }
    this.write(path.join(this.root, 'a.txt'), text);
    this.commit('Begin');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  commit(message: string): void {
    this.git('add', '-A');
    this.git('commit', '-qm', message);
  }

  /** Does something to the labels and commits it. */
  async label(...operations: LabelOperation[]): Promise<void> {
    const store = this.store();
    await store.open('a.txt', readFileSync(path.join(this.root, 'a.txt'), 'utf8'));
    await store.apply('a.txt', 'Label', operations);
    await store.close('a.txt');
    this.commit('Label');
  }

  /** True where git merged by itself. */
  merge(branch: string): boolean {
    try {
      this.git('merge', '-q', '--no-edit', branch);
      return true;
    } catch {
      return false;
    }
  }

  get words(): string[] {
    return this.lines().map(({ label, start, end }) => `${TEXT.slice(start, end)} ${label}`);
  }

  idOf(words: string): string {
    const start = TEXT.indexOf(words);
    return this.lines().find((line) => line.start === start)?.id ?? '';
  }
}

describe('two branches that label the same fresh text', () => {
  it('end in a conflict that one command resolves, with nothing dropped', async (t) => {
    const repository = new Repository(t);
    repository.git('checkout', '-qb', 'grace');
    await repository.label(add('Ada Lovelace'), add('London', 'LOC'));
    repository.git('checkout', '-q', 'main');
    await repository.label(add('Ada Lovelace'), add('Mary'));
    assert.equal(repository.merge('grace'), false);
    const { status, stdout } = await runGlossator(['merge', repository.root]);
    assert.deepEqual([status, stdout], [0, 'a.txt: 4 labels merged\n']);
    assert.deepEqual(repository.words.sort(), [
      'Ada Lovelace PER',
      'Ada Lovelace PER',
      'London LOC',
      'Mary PER',
    ]);
    repository.commit('Merge');
    const again = await runGlossator(['merge', repository.root]);
    assert.deepEqual([again.status, again.stderr], [1, 'No annotations have merge conflicts.\n']);
  });

  it('merge without a conflict by the merge driver', async (t) => {
    const repository = new Repository(t, { driver: true });
    repository.git('checkout', '-qb', 'grace');
    await repository.label(add('Ada Lovelace'), add('London', 'LOC'));
    repository.git('checkout', '-q', 'main');
    await repository.label(add('Ada Lovelace'), add('Mary'));
    assert.equal(repository.merge('grace'), true);
    assert.deepEqual(repository.words.sort(), [
      'Ada Lovelace PER',
      'Ada Lovelace PER',
      'London LOC',
      'Mary PER',
    ]);
  });
});

describe('the merge driver', () => {
  /** Labels on main, then a branch that does one thing to them while main does another. */
  async function branched(
    t: TestContext,
    theirs: (one: Repository) => LabelOperation[],
    mine: typeof theirs,
  ) {
    const repository = new Repository(t, { driver: true });
    await repository.label(add('Ada Lovelace'), add('London', 'LOC'));
    repository.git('checkout', '-qb', 'grace');
    await repository.label(...theirs(repository));
    repository.git('checkout', '-q', 'main');
    await repository.label(...mine(repository));
    return repository;
  }

  const relabel =
    (words: string, label: string) =>
    (one: Repository): LabelOperation[] => [{ kind: 'change', id: one.idOf(words), change: { label } }];
  const remove =
    (words: string) =>
    (one: Repository): LabelOperation[] => [{ kind: 'remove', id: one.idOf(words) }];
  const cases: [string, Parameters<typeof branched>[1], Parameters<typeof branched>[1], string[]][] = [
    ['one relabels, one adds beside it', relabel('London', 'ORG'), () => [add('in')], ['Ada Lovelace PER', 'London ORG', 'in PER']],
    ['both relabel alike', relabel('London', 'ORG'), relabel('London', 'ORG'), ['Ada Lovelace PER', 'London ORG']],
    ['both relabel otherwise', relabel('London', 'ORG'), relabel('London', 'MISC'), ['Ada Lovelace PER', 'London MISC', 'London ORG']],
    ['one removes what the other left', remove('London'), () => [add('in')], ['Ada Lovelace PER', 'in PER']],
    ['one removes what the other relabelled', remove('London'), relabel('London', 'ORG'), ['Ada Lovelace PER', 'London ORG']],
  ]; // prettier-ignore
  for (const [name, theirs, mine, expected] of cases)
    it(name, async (t) => {
      const repository = await branched(t, theirs, mine);
      assert.equal(repository.merge('grace'), true);
      assert.deepEqual(repository.words.sort(), expected);
    });

  it('keeps labels on their words where one branch changed the text above them', async (t) => {
    const repository = new Repository(t, { driver: true });
    await repository.label(add('London', 'LOC'));
    repository.git('checkout', '-qb', 'grace');
    const longer = `A letter.\n\n${TEXT}`;
    const store = repository.store();
    const { live } = await store.open('a.txt', TEXT);
    store.edit('a.txt', [{ start: 0, end: 0, newText: 'A letter.\n\n' }]);
    repository.write(path.join(repository.root, 'a.txt'), longer);
    await store.textSaved('a.txt');
    assert.equal(live.labels.length, 1);
    repository.commit('Edit');
    repository.git('checkout', '-q', 'main');
    await repository.label(add('Mary'));
    assert.equal(repository.merge('grace'), true);
    const merged = await repository.store().open('a.txt', longer);
    assert.deepEqual(
      merged.live.labels.map(({ label, start, end, review }) => [longer.slice(start, end), label, review]),
      [
        ['London', 'LOC', undefined],
        ['Mary', 'PER', undefined],
      ],
    );
  });

  it('leaves markers, as git does, where a side cannot be read', async (t) => {
    const repository = new Repository(t, { driver: true });
    await repository.label(add('London', 'LOC'));
    repository.git('checkout', '-qb', 'grace');
    writeFileSync(repository.sidecar(), '{"format":"glossator-annotations","version":99}\n');
    repository.commit('From the future');
    repository.git('checkout', '-q', 'main');
    await repository.label(add('Mary'));
    assert.equal(repository.merge('grace'), false);
    const content = readFileSync(repository.sidecar(), 'utf8');
    assert.match(content, /^<{7} ours\n/m);
    assert.match(content, /"quote":"Mary"/);
    const { status, stderr } = await runGlossator(['merge', repository.sidecar()]);
    assert.equal(status, 2);
    assert.match(stderr, /version 99/);
    assert.equal(readFileSync(repository.sidecar(), 'utf8'), content);
  });
});

describe('a conflict that git left', () => {
  for (const style of ['merge', 'diff3', 'zdiff3'])
    it(`${style}: branches that merged each other before drop nothing`, async (t) => {
      const repository = new Repository(t, { style });
      await repository.label(add('London', 'LOC'));
      for (const [branch, words, label] of [['one', 'Ada Lovelace', 'ORG'], ['two', 'Mary', 'PER']]) {
        repository.git('checkout', '-qb', branch, 'main');
        await repository.label({ kind: 'change', id: repository.idOf('London'), change: { label } }, add(words));
      } // prettier-ignore
      repository.git('branch', 'two-before', 'two');
      const resolve = async (): Promise<void> => {
        const { status, stderr } = await runGlossator(['merge', path.join(repository.root, '.glossator')]);
        assert.equal(status, 0, stderr);
        repository.commit('Merge');
      };
      assert.equal(repository.merge('one'), false);
      await resolve();
      repository.git('checkout', '-q', 'one');
      assert.equal(repository.merge('two-before'), false);
      await resolve();
      await repository.label(add('them'));
      repository.git('checkout', '-q', 'two');
      await repository.label(add('Charles Babbage'));
      if (!repository.merge('one')) await resolve();
      const words = new Set(repository.words.map((one) => one.replace(/ \w+$/, '')));
      assert.deepEqual([...words].sort(), ['Ada Lovelace', 'Charles Babbage', 'London', 'Mary', 'them']);
      const london = repository.words.filter((one) => one.startsWith('London')).sort();
      assert.deepEqual([...new Set(london)], ['London ORG', 'London PER']);
    });

  it('is resolved with Windows line ends', async (t) => {
    const repository = new Repository(t);
    repository.git('checkout', '-qb', 'grace');
    await repository.label(add('London', 'LOC'));
    repository.git('checkout', '-q', 'main');
    await repository.label(add('Mary'));
    repository.merge('grace');
    writeFileSync(repository.sidecar(), readFileSync(repository.sidecar(), 'utf8').replace(/\n/g, '\r\n'));
    assert.equal((await runGlossator(['merge', path.join(repository.root, 'a.txt')])).status, 0);
    assert.deepEqual(repository.words.sort(), ['London LOC', 'Mary PER']);
  });
});
