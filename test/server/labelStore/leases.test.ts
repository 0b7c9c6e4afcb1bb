import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { importTexts } from '../../../server/convert/importTexts';
import { LabelDocument } from '../../../server/labelStore/labelDocument';
import type { LabelOperation } from '../../../server/labelStore/labelOperation';
import type { LabelStore } from '../../../server/labelStore/labelStore';
import { SidecarFile } from '../../../server/labelStore/sidecarFile';
import { SidecarError } from '../../../server/labelStore/sidecarText';
import { sidecarOf } from '../../../server/workspace/workspacePaths';
import { sampleOf } from '../../models/annotations/sampleLabel';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';
const add = (words: string, label?: string): LabelOperation => ({
  kind: 'add',
  label: labelled(TEXT, words, label),
});
const labelsIn = (workspace: Workspace, name: string): string[] =>
  workspace.labelLines(name).map((line) => (JSON.parse(line) as { label: string }).label);

/** A store with texts that are closed and have one label each. */
async function prepared(workspace: Workspace, names: readonly string[]): Promise<LabelStore> {
  const store = workspace.store();
  for (const name of names) {
    workspace.write(path.join(workspace.root, name), TEXT);
    await store.open(name, TEXT);
    await store.apply(name, 'Label', [add('Ada Lovelace')]);
    await store.close(name);
  }
  return store;
}

describe('a document of labels', () => {
  it('leaves memory when nobody holds it and it is saved, not before', async (t) => {
    const workspace = new Workspace(t);
    const store = await prepared(workspace, ['a.txt']);
    assert.equal(store.get('a.txt'), undefined);
    const [one, other] = [store.hold('a.txt'), store.hold('a.txt')];
    await one.read;
    assert.equal(store.get('a.txt'), other.document);
    one.release();
    one.release();
    assert.equal(store.get('a.txt'), other.document);
    const unblock = await workspace.block();
    const [{ id }] = other.document.live.labels;
    const saved = store.apply('a.txt', 'Note', [{ kind: 'change', id, change: { note: 'who?' } }]);
    other.release();
    assert.ok(store.get('a.txt')?.isUnsaved);
    await unblock();
    await saved;
    assert.equal(store.get('a.txt'), undefined);
  });

  it('goes on when its text is closed and opened again while it is being written', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const document = await store.open('a.txt', TEXT);
    const unblock = await workspace.block();
    const saved = store.apply('a.txt', 'Label', [add('Ada Lovelace')]);
    const closed = store.close('a.txt');
    const again = await store.open('a.txt', `Lady ${TEXT}`);
    assert.equal(again, document);
    await unblock();
    await Promise.all([saved, closed]);
    assert.equal(store.get('a.txt'), again);
    store.edit('a.txt', [{ start: 0, end: 0, newText: 'The ' }]);
    assert.equal(again.live.text, `The Lady ${TEXT}`);
    const at = again.live.text.indexOf('London');
    await store.apply('a.txt', 'Label', [
      { kind: 'add', label: { layer: 'ner', label: 'LOC', start: at, end: at + 6 } },
    ]);
    assert.deepEqual(
      workspace.lines().map(({ label, start }) => [label, start]),
      [
        ['PER', 9],
        ['LOC', at],
      ],
    );
  });

  it('is not saved where something was decided while it was being written', async (t) => {
    const { root } = new Workspace(t);
    /** A file that is written while a person goes on. */
    class SlowFile extends SidecarFile {
      override async write(...content: Parameters<SidecarFile['write']>): Promise<string> {
        const stamp = await super.write(...content);
        if (document.live.labels.length === 1) decide('two');
        return stamp;
      }
    }
    const document = new LabelDocument('a.txt', new SlowFile(root, sidecarOf(root, 'a.txt')));
    const decide = (id: string): void => {
      document.live.put(sampleOf(TEXT, 'London', { id }));
      document.markUnsaved();
    };
    decide('one');
    await document.save(async () => undefined);
    assert.equal(document.isUnsaved, true);
    await document.save(async () => undefined);
    assert.equal(document.isUnsaved, false);
  });

  it('stays in memory when its text is closed and it cannot be written, until it can', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    mkdirSync(workspace.sidecar(), { recursive: true });
    const refused = assert.rejects(store.apply('a.txt', 'Label', [add('Ada Lovelace')]), InputError);
    await assert.rejects(store.close('a.txt'), InputError);
    await refused;
    const again = await store.open('a.txt', TEXT);
    assert.deepEqual(
      again.live.labels.map(({ quote }) => quote),
      ['Ada Lovelace'],
    );
    await assert.rejects(store.close('a.txt'), InputError);
    rmdirSync(workspace.sidecar());
    await store.saveAll();
    assert.deepEqual(labelsIn(workspace, 'a.txt'), ['PER']);
    assert.equal(store.get('a.txt'), undefined);
  });

  it('is let go of when its text is closed before it is read', async (t) => {
    const workspace = new Workspace(t);
    const store = await prepared(workspace, ['a.txt']);
    const opening = store.open('a.txt', 'one text');
    await store.close('a.txt');
    const again = store.open('a.txt', TEXT);
    await opening;
    const document = await again;
    assert.equal(store.get('a.txt'), document);
    assert.equal(document.live.text, TEXT);
    await store.close('a.txt');
    assert.equal(store.get('a.txt'), undefined);
  });

  it('takes every change of closed texts that overlap in time', async (t) => {
    const workspace = new Workspace(t);
    const store = await prepared(workspace, ['a.txt', 'b.txt']);
    const ids = new Map<string, string>();
    for (const name of ['a.txt', 'b.txt']) ids.set(name, (await store.labelsOf(name))[0].id);
    const rename = (name: string, label: string): [string, LabelOperation[]] => [
      name,
      [{ kind: 'rename', id: ids.get(name) ?? '', label }],
    ];
    const unblock = await workspace.block();
    const note: LabelOperation = { kind: 'change', id: ids.get('a.txt') ?? '', change: { note: 'who?' } };
    const one = store.apply('a.txt', 'Note', [note]);
    while (!store.get('a.txt')?.isUnsaved) await new Promise(setImmediate);
    const all = store.applyAll('Rename', new Map([rename('a.txt', 'X'), rename('b.txt', 'X')]));
    await unblock();
    await Promise.all([one, all]);
    const again = store.applyAll('Rename', new Map([rename('a.txt', 'Y'), rename('b.txt', 'Y')]));
    await Promise.all([store.applyAll('Rename', new Map([rename('b.txt', 'Z')])), again]);
    assert.deepEqual(labelsIn(workspace, 'a.txt'), ['Y']);
    assert.match(workspace.labelLines('a.txt')[0], /"note":"who\?"/);
    assert.equal((await store.labelsOf('b.txt'))[0].label, labelsIn(workspace, 'b.txt')[0]);
    assert.equal(store.get('a.txt'), undefined);
  });

  it('belongs to the editor too when that opens a text that is being imported', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const unblock = await workspace.block();
    const file = path.join(workspace.root, 'a.txt');
    const imported = importTexts(store, [{ file, text: TEXT, labels: [labelled(TEXT, 'London')] }], 'x');
    while (!store.get('a.txt')?.isUnsaved) await new Promise(setImmediate);
    const document = await store.open('a.txt', TEXT);
    await unblock();
    await imported;
    assert.equal(store.get('a.txt'), document);
    await store.apply('a.txt', 'Label', [add('Ada Lovelace')]);
    assert.equal(workspace.lines().length, 2);
  });
});

describe('a document of labels whose text is moved', () => {
  it('takes along what is decided meanwhile, and nothing stays behind', async (t) => {
    const workspace = new Workspace(t);
    const store = await prepared(workspace, ['a.txt']);
    await store.open('a.txt', TEXT);
    const moved: string[] = [];
    store.moved.on(({ from, to }) => moved.push(from, to));
    const unblock = await workspace.block();
    const renamed = store.rename('a.txt', 'in/b.txt');
    const labelled = store.apply('a.txt', 'Label', [add('London', 'LOC')]);
    await unblock();
    await Promise.all([renamed, labelled]);
    assert.deepEqual(moved, ['a.txt', 'in/b.txt']);
    assert.deepEqual(await store.texts(), ['in/b.txt']);
    assert.deepEqual(labelsIn(workspace, 'in/b.txt'), ['PER', 'LOC']);
    assert.equal(store.get('in/b.txt')?.isOpen, true);
    assert.equal((await store.undo('in/b.txt'))?.skipped, 0);
    assert.deepEqual(labelsIn(workspace, 'in/b.txt'), ['PER']);
    await store.close('in/b.txt');
    assert.equal(store.get('in/b.txt'), undefined);
  });

  for (const isThere of [false, true])
    it(`takes along what could not be saved${isThere ? ', into the one of that name' : ''}`, async (t) => {
      const workspace = new Workspace(t);
      const store = workspace.store();
      if (isThere) await store.open('b.txt', TEXT);
      await store.open('a.txt', TEXT);
      mkdirSync(workspace.sidecar(), { recursive: true });
      await assert.rejects(store.apply('a.txt', 'Label', [add('London', 'LOC')]));
      await store.rename('a.txt', 'b.txt');
      rmdirSync(workspace.sidecar());
      await store.saveAll();
      assert.deepEqual(await store.texts(), ['b.txt']);
      assert.deepEqual(labelsIn(workspace, 'b.txt'), ['LOC']);
    });

  for (const isRead of [true, false])
    it(`becomes one with the one of that name, ${isRead ? 'read' : 'not read yet'}`, async (t) => {
      const workspace = new Workspace(t);
      const store = await prepared(workspace, ['a.txt']);
      await store.open('a.txt', TEXT);
      const unblock = await workspace.block();
      const decided = store.apply('a.txt', 'Label', [add('London', 'LOC')]);
      const closed = store.close('a.txt');
      if (isRead) await store.open('b.txt', TEXT);
      const renamed = store.rename('a.txt', 'b.txt');
      const opened = store.open('b.txt', TEXT);
      await unblock();
      await Promise.all([decided, closed, renamed]);
      const document = await opened;
      assert.equal(store.get('b.txt'), document);
      assert.deepEqual(
        document.live.labels.map(({ label }) => label),
        ['PER', 'LOC'],
      );
      await store.apply('b.txt', 'Label', [add('Charles Babbage')]);
      assert.deepEqual(labelsIn(workspace, 'b.txt'), ['PER', 'PER', 'LOC']);
      assert.deepEqual(await store.texts(), ['b.txt']);
      await store.close('b.txt');
      assert.equal(store.get('b.txt'), undefined);
    });

  it('keeps its name where it could not be moved, and the others have theirs', async (t) => {
    const workspace = new Workspace(t);
    const store = await prepared(workspace, ['old/a.txt', 'old/b.txt', 'new/b.txt']);
    writeFileSync(workspace.sidecar('new/b.txt'), '<<<<<<< HEAD\n');
    for (const name of ['old/a.txt', 'old/b.txt']) await store.open(name, TEXT);
    await assert.rejects(store.rename('old', 'new'), SidecarError);
    assert.deepEqual(await store.texts(), ['new/a.txt', 'new/b.txt', 'old/b.txt']);
    assert.equal(store.get('new/a.txt')?.isOpen, true);
    assert.equal(store.get('old/b.txt')?.isOpen, true);
    for (const name of ['new/a.txt', 'old/b.txt']) {
      await store.undo(name);
      assert.deepEqual(labelsIn(workspace, name), [], name);
    }
  });
});
