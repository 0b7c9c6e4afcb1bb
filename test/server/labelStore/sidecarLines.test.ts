import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Label } from '../../../models/annotations/label';
import { formatLabelLine } from '../../../models/annotations/labelLine';
import type { LabelOperation } from '../../../server/labelStore/labelOperation';
import {
  formatSidecar,
  HEADER,
  parseSidecar,
  type SidecarFault,
} from '../../../server/labelStore/sidecarText';
import { sampleOf } from '../../models/annotations/sampleLabel';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';
const add = (words: string, label?: string): LabelOperation => ({
  kind: 'add',
  label: labelled(TEXT, words, label),
});

const [ada, charles, london] = [
  sampleOf(TEXT, 'Ada', { id: 'a' }),
  sampleOf(TEXT, 'Charles', { id: 'c' }),
  sampleOf(TEXT, 'London', { id: 'l' }),
];
const line = formatLabelLine;
const changed = (label: Label, change: object): string => JSON.stringify({ ...label, ...change });

/** Lines between the labels of Ada and of London that cost themselves alone. */
const BAD: readonly [string, SidecarFault, string][] = [
  ['half a line', 'line', line(charles).slice(0, 40)],
  ['no label', 'line', '{"id":"y","layer":"ner"}'],
  ['no object', 'line', '[1, 2]'],
  ['a quote that is empty', 'line', changed(charles, { quote: '' })],
  ['an end before its start', 'line', changed(charles, { end: 3 })],
  ['a start that is negative', 'line', changed(charles, { start: -1 })],
  ['a start that is a fraction', 'line', changed(charles, { start: 17.5 })],
  ['no start', 'line', changed(charles, { start: NaN })],
  ['a confidence above one', 'line', changed(charles, { confidence: 5 })],
  ['a state that there is not', 'line', changed(charles, { state: 'bogus' })],
  ['a key that there is not', 'line', changed(charles, { review: 'changed', foo: 1 })],
  ['the id of another label', 'duplicate', changed(charles, { id: 'a' })],
];

describe('a line of an annotation file that cannot be read', () => {
  for (const [what, fault, bad] of BAD)
    it(`costs that line alone, and is written back where it was: ${what}`, async (t) => {
      const workspace = new Workspace(t);
      workspace.write(workspace.sidecar(), `${[HEADER, line(ada), bad, line(london)].join('\n')}\n`);
      const store = workspace.store();
      const document = await store.open('a.txt', TEXT);
      assert.equal(document.problem, undefined);
      assert.deepEqual(
        document.lineProblems.map((problem) => [problem.fault, problem.place]),
        [[fault, { file: workspace.sidecar(), line: 3 }]],
      );
      assert.match(document.lineProblems[0].message, /^[A-Z].*\.$/);
      assert.deepEqual(
        document.live.labels.map(({ id }) => id),
        ['a', 'l'],
      );
      await store.apply('a.txt', 'Label', [
        { kind: 'add', label: labelled(TEXT, 'Ada', 'A', 'first') },
        { kind: 'change', id: 'l', change: { label: 'LOC' } },
      ]);
      assert.equal(workspace.labelLines()[2], bad);
      assert.equal(document.lineProblems[0].place.line, 4);
      await store.apply('a.txt', 'Remove', [{ kind: 'remove', id: 'a' }]);
      assert.equal(workspace.labelLines()[1], bad);
      if (fault === 'duplicate') return; // it is a label now
      const rest = document.live.labels.map(({ id }) => ({ kind: 'remove', id }) as const);
      await store.apply('a.txt', 'Remove', rest);
      assert.deepEqual(workspace.labelLines(), [bad]);
    });

  it('takes away no label that was read from it before', async (t) => {
    const workspace = new Workspace(t);
    workspace.write(workspace.sidecar(), formatSidecar([ada, charles, london]));
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    const damaged = changed(charles, { start: 'x' });
    writeFileSync(workspace.sidecar(), `${[HEADER, damaged, line(london)].join('\n')}\n`);
    await store.reload('a.txt');
    assert.deepEqual(
      live.labels.map(({ id }) => id),
      ['c', 'l'],
    );
    await store.apply('a.txt', 'Label', [add('Ada Lovelace')]);
    assert.deepEqual(
      workspace.labelLines().map((one) => (one === damaged ? 'damaged' : (JSON.parse(one) as Label).quote)),
      ['damaged', 'Ada Lovelace', 'Charles', 'London'],
    );
  });

  it('goes along when its text is moved onto another, and when two sides are merged', async (t) => {
    const workspace = new Workspace(t);
    const of = (label: Label, bad: string): string => `${[HEADER, line(label), bad].join('\n')}\n`;
    workspace.write(workspace.sidecar('a.txt'), of(ada, 'one'));
    workspace.write(workspace.sidecar('b.txt'), of(london, 'two'));
    const store = workspace.store();
    await store.rename('a.txt', 'b.txt');
    assert.deepEqual(workspace.labelLines('b.txt').sort(), [line(ada), line(london), 'one', 'two'].sort());
    const sides = ['<<<<<<< mine', line(ada), 'one', '=======', line(charles), 'two', '>>>>>>> theirs'];
    workspace.write(workspace.sidecar('c.txt'), `${[HEADER, ...sides].join('\n')}\n`);
    await store.resolveConflict('c.txt');
    assert.deepEqual(workspace.labelLines('c.txt'), [line(ada), 'one', line(charles), 'two']);
  });
});

describe('an annotation file', () => {
  it('may lack its header, which is written again', async (t) => {
    const workspace = new Workspace(t);
    for (const header of [
      undefined,
      '{"format":"glossator-annotations"}',
      '{"format":"glossator-annotations","version":"1"}',
    ]) {
      const lines = [...(header === undefined ? [] : [header]), line(ada)];
      workspace.write(workspace.sidecar(), `${lines.join('\n')}\n`);
      const store = workspace.store();
      const document = await store.open('a.txt', TEXT);
      assert.deepEqual(
        document.lineProblems.map(({ fault, place }) => [fault, place.line]),
        [['header', 1]],
      );
      await store.apply('a.txt', 'Label', [add('London')]);
      assert.equal(readFileSync(workspace.sidecar(), 'utf8').split('\n')[0], HEADER);
      assert.equal(workspace.labelLines().length, 2);
      assert.deepEqual(document.lineProblems, []);
    }
  });

  it('may hold a line twice', () => {
    const twice = [HEADER, line(ada), line(london), line(ada)].join('\n');
    const { labels, unread, problems } = parseSidecar(twice, 'a.jsonl');
    assert.deepEqual({ labels, unread, problems }, { labels: [ada, london], unread: [], problems: [] });
  });

  it('is the same after any number of readings and writings, whatever its lines', () => {
    const anyLine = fc.oneof(
      fc.nat(30).map((start) => line(sampleOf(TEXT, TEXT.slice(start, start + 5), { id: String(start) }))),
      fc.nat(5).map((id) => changed(ada, { id: String(id), note: 'other' })),
      fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !/[\r\n]/.test(text)),
      fc.constantFrom('{', '{"id":"1"}', 'null', '{"format":"other"}'),
    );
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (lines) => {
        const read = parseSidecar([HEADER, ...lines].join('\n'), 'a.jsonl');
        const kept = new Set([...read.labels.map(line), ...read.unread.map(({ text }) => text)]);
        assert.deepEqual(kept, new Set(lines));
        const once = formatSidecar(read.labels, line, read.unread);
        const again = parseSidecar(once, 'a.jsonl');
        assert.deepEqual(new Set(again.labels), new Set(read.labels));
        assert.equal(formatSidecar(again.labels, line, again.unread), once);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('is not written with a label that could not be read again: what was written of it before stays', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const document = await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [add('Ada Lovelace'), add('London')]);
    const [first] = document.live.labels;
    document.live.put({ ...first, end: first.start, quote: '' });
    await store.apply('a.txt', 'Label', [add('Charles Babbage')]);
    assert.deepEqual(
      workspace.labelLines().map((one) => (JSON.parse(one) as Label).quote),
      ['Ada Lovelace', 'Charles Babbage', 'London'],
    );
    assert.match(document.refusal?.message ?? '', /cannot be saved/);
    assert.ok(document.isUnsaved);
    await store.apply('a.txt', 'Remove', [{ kind: 'remove', id: first.id }]);
    assert.equal(document.refusal, undefined);
    assert.equal(workspace.labelLines().length, 2);
  });
});
