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
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Label } from '../../../models/annotations/label';
import { InputError } from '../../../models/errors';
import type { LabelOperation } from '../../../server/labelStore/labelOperation';
import { projectFileOf } from '../../../server/project/projectText';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';

const add = (words: string, label?: string): LabelOperation => ({
  kind: 'add',
  label: labelled(TEXT, words, label),
});

const oneSentence = (message: RegExp) => (error: unknown) =>
  error instanceof InputError && message.test(error.message) && error.message.endsWith('.');

describe('the store of labels', () => {
  it('writes a label when its promise resolves, one line a label, and finds it after a reload', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('London', 'LOC'), add('Ada Lovelace')]);
    assert.deepEqual(
      workspace.lines().map(({ label, start }) => `${label} ${start}`),
      ['PER 0', 'LOC 36'],
    );
    const again = await workspace.store().open('a.txt', `Title\n\n${TEXT}`);
    assert.deepEqual(
      again.live.labels.map(({ quote, start, annotator }) => [quote, start, annotator]),
      [
        ['Ada Lovelace', 7, 'Ada'],
        ['London', 43, 'Ada'],
      ],
    );
  });

  it('changes one line for one label', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('Ada Lovelace'), add('Charles Babbage'), add('London', 'LOC')]);
    const before = readFileSync(workspace.sidecar(), 'utf8').split('\n');
    await store.apply('a.txt', 'Relabel', [
      { kind: 'change', id: live.labels[1].id, change: { label: 'ORG', note: '?' } },
    ]);
    const after = readFileSync(workspace.sidecar(), 'utf8').split('\n');
    assert.deepEqual(
      after.flatMap((line, i) => (line === before[i] ? [] : [i])),
      [2],
    );
  });

  it('undoes and does again what was done, also after a reload and while the text changes', async (t) => {
    const workspace = new Workspace(t);
    let store = workspace.store();
    await store.open('a.txt', TEXT);
    const labels = (): readonly Label[] => store.get('a.txt')?.live.labels ?? [];
    await store.apply('a.txt', 'Label', [add('Ada Lovelace')]);
    const { id } = labels()[0];
    await store.apply('a.txt', 'Relabel', [{ kind: 'change', id, change: { label: 'ORG' } }]);
    await store.apply('a.txt', 'Remove', [{ kind: 'remove', id }]);
    store.edit('a.txt', [{ start: 0, end: 0, newText: 'Lady ' }]);
    assert.equal((await store.undo('a.txt'))?.transaction.title, 'Remove');
    assert.deepEqual(
      labels().map(({ label, start }) => [label, start]),
      [['ORG', 5]],
    );
    await store.close('a.txt');

    store = workspace.store('Grace');
    await store.open('a.txt', `Lady ${TEXT}`);
    assert.equal((await store.undo('a.txt'))?.skipped, 0);
    assert.deepEqual(
      labels().map(({ label, start }) => [label, start]),
      [['PER', 5]],
    );
    await store.undo('a.txt');
    assert.deepEqual(labels(), []);
    assert.equal(await store.undo('a.txt'), undefined);
    for (const label of ['PER', 'ORG']) {
      await store.redo('a.txt');
      assert.deepEqual(
        labels().map((one) => [one.id, one.label, one.start]),
        [[id, label, 5]],
      );
    }
    await store.redo('a.txt');
    assert.deepEqual(labels(), []);
    assert.equal(await store.redo('a.txt'), undefined);
  });

  it('undoes a step over many texts as one, open or not', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const names = ['a.txt', 'deep/b.md', 'deep/er/c.txt'];
    for (const name of names) await store.open(name, TEXT);
    await store.applyAll(
      'Label',
      new Map(names.map((name) => [name, [add('Ada Lovelace'), add('London', 'LOC')]])),
    );
    await store.close('deep/b.md');
    assert.deepEqual(await store.texts(), names);
    await store.undo();
    assert.deepEqual(await store.texts(), []);
    await store.redo('deep/er/c.txt');
    assert.deepEqual(await store.texts(), names);
    assert.equal(workspace.lines('deep/b.md').length, 2);
  });

  it('undoes 5,000 labels at once after a reload', async (t) => {
    const workspace = new Workspace(t);
    const text = Array.from({ length: 5000 }, (_, i) => `word${i}`).join(' ');
    const operations = Array.from(text.matchAll(/\S+/g), ({ index, 0: { length } }): LabelOperation => ({
      kind: 'add',
      label: { layer: 'pos', label: 'NOUN', start: index, end: index + length },
    }));
    const first = workspace.store();
    await first.open('a.txt', text);
    await first.apply('a.txt', 'Label all', operations);
    const store = workspace.store();
    const { live } = await store.open('a.txt', text);
    assert.equal(live.labels.length, 5000);
    await store.undo('a.txt');
    assert.ok(!existsSync(workspace.sidecar()));
    await store.redo('a.txt');
    assert.equal(workspace.lines().length, 5000);
  });

  it('leaves out of an undo what was changed since, and says how much', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('Ada Lovelace'), add('London', 'LOC')]);
    const other = workspace.store('Grace');
    const { live } = await other.open('a.txt', TEXT);
    await other.apply('a.txt', 'Relabel', [
      { kind: 'change', id: live.labels[0].id, change: { label: 'ORG' } },
    ]);
    await store.reload('a.txt');
    assert.equal((await store.undo('a.txt'))?.skipped, 1);
    assert.deepEqual(
      workspace.lines().map(({ label }) => label),
      ['ORG'],
    );
  });

  it('changes nothing where one operation of several is not possible', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    await assert.rejects(
      store.apply('a.txt', 'Label', [add('London'), { kind: 'remove', id: 'nothing' }]),
      oneSentence(/no label nothing/),
    );
    await assert.rejects(
      store.apply('a.txt', 'Label', [
        { kind: 'add', label: { layer: 'ner', label: 'PER', start: 40, end: 90 } },
      ]),
      oneSentence(/not in the text/),
    );
    assert.deepEqual(live.labels, []);
    assert.ok(!existsSync(workspace.sidecar()));
  });

  it('takes the present words of a label when the text is saved', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('London', 'LOC')]);
    store.edit('a.txt', [{ start: 38, end: 38, newText: 'de' }]);
    await store.textSaved('a.txt');
    assert.match(
      readFileSync(workspace.sidecar(), 'utf8'),
      /"quote":"Londeon"|"quote":"Lodendon"|"quote":"Lo.*n"/,
    );
  });

  it('moves annotation files as they are, also those that it cannot read', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const contents = {
      'old/a.txt': '\r\n<<<<<<< HEAD\r\n',
      'old/in/b.txt': 'no annotations',
      'old/in/c.txt': '{"format":"glossator-annotations","version":99}',
    };
    for (const [name, content] of Object.entries(contents)) workspace.write(workspace.sidecar(name), content);
    await store.rename('old', 'new');
    assert.deepEqual(await store.texts(), ['new/a.txt', 'new/in/b.txt', 'new/in/c.txt']);
    for (const [name, content] of Object.entries(contents))
      assert.equal(readFileSync(workspace.sidecar(name.replace('old', 'new')), 'utf8'), content);
  });

  it('undoes a change of the project alone, and takes no note of nothing', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.applyAll('Nothing', new Map());
    await store.apply('a.txt', 'Nothing', []);
    assert.equal(await store.nextUndo(), undefined);
    assert.deepEqual(await store.texts(), []);
    const after = '{"annotator":"Ada"}\n';
    await store.applyAll('Name', new Map(), { before: null, after });
    const project = projectFileOf(workspace.root);
    assert.equal(readFileSync(project, 'utf8'), after);
    assert.equal((await store.nextUndo())?.title, 'Name');
    assert.equal((await workspace.store().nextUndo())?.title, 'Name', 'also after a reload');
    assert.equal((await store.undo())?.skipped, 0);
    assert.equal(existsSync(project), false);
    assert.equal((await store.redo())?.skipped, 0);
    assert.equal(readFileSync(project, 'utf8'), after);
    writeFileSync(project, '{}');
    assert.equal((await store.undo())?.skipped, 1, 'somebody else changed it');
    assert.equal(readFileSync(project, 'utf8'), '{}');
  });

  it('takes the labels of a text and of a folder along', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    for (const name of ['a.txt', 'old/b.txt', 'old/in/c.txt', 'older.txt']) {
      await store.open(name, TEXT);
      await store.apply(name, 'Label', [add('London', 'LOC')]);
    }
    await store.rename('a.txt', 'new/a.md');
    await store.rename('old', 'new/folder');
    assert.deepEqual(await store.texts(), [
      'new/a.md',
      'new/folder/b.txt',
      'new/folder/in/c.txt',
      'older.txt',
    ]);
    assert.deepEqual(readdirSync(path.join(workspace.root, '.glossator', 'annotations')).sort(), [
      'new',
      'older.txt.jsonl',
    ]);
    assert.equal(store.get('new/a.md')?.live.labels.length, 1);
    await store.undo('new/folder/in/c.txt');
    assert.deepEqual(await store.texts(), ['new/a.md', 'new/folder/b.txt', 'older.txt']);
  });

  it('refuses texts that are not saved, or outside the workspace', (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    assert.equal(store.name(pathToFileURL(path.join(workspace.root, 'a b.txt')).href), 'a b.txt');
    assert.equal(store.name(path.join(workspace.root, '..x', 'a.txt')), '..x/a.txt');
    assert.throws(() => store.name('untitled:Untitled-1'), oneSentence(/without a file/));
    assert.throws(() => store.name('vscode-vfs://github/x/a.txt'), oneSentence(/on this machine/));
    assert.throws(() => store.name('../a.txt'), oneSentence(/outside the workspace/));
    assert.throws(
      () => store.name(path.join(workspace.root, '.glossator', 'project.json')),
      oneSentence(/own files/),
    );
  });

  it('writes nothing through a link that leads out of the workspace', async (t) => {
    const [workspace, elsewhere] = [new Workspace(t), new Workspace(t)];
    mkdirSync(path.join(workspace.root, '.glossator'));
    symlinkSync(elsewhere.root, path.join(workspace.root, '.glossator', 'annotations'));
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    const refused = oneSentence(/is a link/);
    await assert.rejects(store.apply('a.txt', 'Label', [add('London')]), refused);
    assert.deepEqual(readdirSync(elsewhere.root), []);
    rmSync(path.join(workspace.root, '.glossator', 'annotations'));
    await store.reload('a.txt');
    await store.apply('a.txt', 'Label', [add('London')]);
    assert.equal(workspace.lines().length, 1);
  });
});
