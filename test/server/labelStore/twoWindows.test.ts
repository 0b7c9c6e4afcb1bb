import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { LabelConflict } from '../../../models/annotations/mergeLabels';
import type { LabelOperation } from '../../../server/labelStore/labelOperation';
import { resolveConflict } from '../../../server/labelStore/resolveConflict';
import {
  formatSidecar,
  HEADER,
  type SidecarFault,
  SidecarError,
} from '../../../server/labelStore/sidecarText';
import { sampleOf } from '../../models/annotations/sampleLabel';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';
const add = (words: string, label?: string): LabelOperation => ({
  kind: 'add',
  label: labelled(TEXT, words, label),
});

describe('an annotation file that two programs write', () => {
  it('keeps the labels of both', async (t) => {
    const workspace = new Workspace(t);
    const [ada, grace] = [workspace.store('Ada'), workspace.store('Grace')];
    const [mine, theirs] = [await ada.open('a.txt', TEXT), await grace.open('a.txt', TEXT)];
    const words = TEXT.match(/\w+/g) ?? [];
    await Promise.all(
      words.flatMap((word, i) => [
        ada.apply('a.txt', 'Label', [add(word, `A${i}`)]),
        grace.apply('a.txt', 'Label', [add(word, `G${i}`)]),
      ]),
    );
    assert.equal(workspace.lines().length, 2 * words.length);
    await ada.reload('a.txt');
    await grace.reload('a.txt');
    assert.deepEqual(mine.live.labels, theirs.live.labels);
    assert.equal(mine.live.labels.length, 2 * words.length);
  });

  it('keeps both versions of a label that both changed, and reports it', async (t) => {
    const workspace = new Workspace(t);
    const [ada, grace] = [workspace.store('Ada'), workspace.store('Grace')];
    const { live } = await ada.open('a.txt', TEXT);
    await ada.apply('a.txt', 'Label', [add('London')]);
    await grace.open('a.txt', TEXT);
    const { id } = live.labels[0];
    const conflicts: LabelConflict[] = [];
    ada.conflicted.on((one) => conflicts.push(...one.conflicts));
    await grace.apply('a.txt', 'Relabel', [{ kind: 'change', id, change: { label: 'LOC' } }]);
    await ada.apply('a.txt', 'Relabel', [{ kind: 'change', id, change: { label: 'ORG' } }]);
    assert.deepEqual(
      conflicts.map(({ mine, theirs }) => [mine?.label, theirs?.label]),
      [['ORG', 'LOC']],
    );
    assert.deepEqual(live.labels.map(({ label }) => label).sort(), ['LOC', 'ORG']);
    const rival = live.labels.find(({ rivalOf }) => rivalOf === id);
    assert.equal(rival?.label, 'LOC');
    await grace.reload('a.txt');
    assert.deepEqual(grace.get('a.txt')?.live.labels, live.labels);
  });

  it('takes over another branch, and comes back', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('London', 'LOC')]);
    const main = readFileSync(workspace.sidecar(), 'utf8');
    rmSync(workspace.sidecar());
    await store.reload('a.txt');
    assert.deepEqual(live.labels, []);
    writeFileSync(workspace.sidecar(), main);
    await store.reload('a.txt');
    assert.deepEqual(
      live.labels.map(({ label }) => label),
      ['LOC'],
    );
  });

  const label = sampleOf(TEXT, 'London', { id: 'x' });
  const whole = formatSidecar([label]);
  const faults: [SidecarFault, string, number][] = [
    ['conflict', whole.replace('\n', '\n<<<<<<< HEAD\n'), 2],
    ['version', whole.replace('"version":1', '"version":2'), 1],
    ['header', '{"format":"other"}\nno label\n', 1],
  ];
  for (const [fault, content, line] of faults) {
    it(`is never written over where it cannot be read: ${fault}`, async (t) => {
      const workspace = new Workspace(t);
      workspace.write(workspace.sidecar(), content);
      const store = workspace.store();
      const document = await store.open('a.txt', TEXT);
      assert.deepEqual([document.problem?.fault, document.problem?.place.line], [fault, line]);
      assert.match(document.problem?.message ?? '', /^[A-Z].*\.$/);
      await assert.rejects(store.apply('a.txt', 'Label', [add('London')]), SidecarError);
      await store.textSaved('a.txt');
      assert.equal(readFileSync(workspace.sidecar(), 'utf8'), content);
      writeFileSync(workspace.sidecar(), whole);
      await store.reload('a.txt');
      assert.equal(document.problem, undefined);
      await store.apply('a.txt', 'Label', [add('Ada Lovelace')]);
      assert.equal(workspace.lines().length, 2);
    });
  }

  it('is not written over where it became unreadable since, and no label is lost', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('London')]);
    writeFileSync(workspace.sidecar(), '<<<<<<< HEAD\n');
    await assert.rejects(store.apply('a.txt', 'Label', [add('Ada Lovelace')]), SidecarError);
    assert.equal(readFileSync(workspace.sidecar(), 'utf8'), '<<<<<<< HEAD\n');
    assert.equal(live.labels.length, 2);
    rmSync(workspace.sidecar());
    await store.saveAll();
    assert.ok(existsSync(workspace.sidecar()));
    assert.deepEqual(
      workspace.lines().map(({ start }) => start),
      [0],
    ); // the other was deleted with the file
  });

  it('is merged by id where git could not', () => {
    const [a, b, c] = ['Ada', 'Charles', 'London'].map((words) => sampleOf(TEXT, words, { id: words }));
    const lines = (...labels: (typeof a)[]): string => formatSidecar(labels).slice(HEADER.length + 1);
    const mine = { ...a, label: 'ORG', time: '2026-11-22T15:00:00.000Z' };
    const content = `${HEADER}\n<<<<<<< HEAD\n${lines(mine, b)}||||||| base\n${lines(a, b)}=======\n${lines(a)}>>>>>>> other\n${lines(c)}`;
    const { labels, conflicts } = resolveConflict(content, 'a.jsonl');
    assert.deepEqual(
      labels.map((one) => `${one.id} ${one.label}`),
      ['Ada ORG', 'London PER'],
    );
    assert.deepEqual(conflicts, []);
    const two = `${HEADER}\n<<<<<<< HEAD\n${lines(mine, b)}=======\n${lines(a)}>>>>>>> other\n${lines(c)}`;
    assert.equal(resolveConflict(two, 'a.jsonl').labels.length, 4);
    assert.equal(resolveConflict(two, 'a.jsonl').conflicts.length, 1);
  });
});
