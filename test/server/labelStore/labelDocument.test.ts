import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { sidecarLimit } from '../../../models/data/sizeLimits';
import { InputError } from '../../../models/errors';
import { LabelDocument } from '../../../server/labelStore/labelDocument';
import { ChangedMeanwhile, SidecarFile } from '../../../server/labelStore/sidecarFile';
import { formatSidecar, HEADER } from '../../../server/labelStore/sidecarText';
import { sampleOf } from '../../models/annotations/sampleLabel';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';
const [ada, london] = ['Ada', 'London'].map((words) => sampleOf(TEXT, words, { id: words }));

describe('the labels of a text', () => {
  it('are written when the text is saved and they have moved, and else the file stays as it is', async (t) => {
    const workspace = new Workspace(t);
    workspace.write(workspace.sidecar(), formatSidecar([ada, london]));
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    const { ino } = statSync(workspace.sidecar());
    await store.textSaved('a.txt');
    assert.equal(statSync(workspace.sidecar()).ino, ino);
    store.edit('a.txt', [{ start: TEXT.length, end: TEXT.length, newText: 'It rained for days on end.' }]);
    store.edit('a.txt', [{ start: 0, end: 0, newText: 'Lady ' }]);
    await store.textSaved('a.txt');
    assert.deepEqual(
      workspace.lines().map(({ start }) => start),
      [5, 41],
    );
  });

  it('nothing is made for a text without any', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    await store.textSaved('a.txt');
    await store.close('a.txt');
    assert.deepEqual(readdirSync(workspace.root), []);
  });

  it('stay what they are when another program writes another version of one that has moved here', async (t) => {
    const workspace = new Workspace(t);
    workspace.write(workspace.sidecar(), formatSidecar([ada, london]));
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    store.edit('a.txt', [{ start: 0, end: 0, newText: 'Lady ' }]);
    const time = '2026-12-01T00:00:00.000Z';
    writeFileSync(workspace.sidecar(), formatSidecar([{ ...ada, label: 'ORG', time }, london]));
    await store.reload('a.txt');
    assert.deepEqual(
      live.labels.map(({ label, start, quote }) => [label, start, quote]),
      [
        ['ORG', 5, 'Ada'],
        ['PER', 41, 'London'],
      ],
    );
  });

  it('are looked for in the text where another program gave them another place', async (t) => {
    const workspace = new Workspace(t);
    workspace.write(workspace.sidecar(), formatSidecar([ada]));
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    const lady = `Lady ${TEXT}`;
    writeFileSync(workspace.sidecar(), formatSidecar([sampleOf(lady, 'Ada', { id: 'Ada' })]));
    await store.reload('a.txt');
    assert.deepEqual(
      live.labels.map(({ start, review }) => [start, review]),
      [[0, undefined]],
    );
  });

  it('keep what waits for review in a closed text, and lose it in an open one, when they are changed', async (t) => {
    const workspace = new Workspace(t);
    const waiting = sampleOf(TEXT, 'Ada Lovelace', { id: 'Ada', review: 'changed' });
    for (const isOpen of [false, true]) {
      workspace.write(workspace.sidecar(), formatSidecar([waiting]));
      const store = workspace.store();
      // Other words, so that they wait still.
      if (isOpen) await store.open('a.txt', TEXT.replace('Lovelace', 'Lovelady'));
      await store.apply('a.txt', 'Note', [{ kind: 'change', id: 'Ada', change: { note: '?' } }]);
      const { note, review } = JSON.parse(workspace.labelLines()[0]) as { note: string; review?: string };
      assert.deepEqual([note, review], ['?', isOpen ? undefined : 'changed']);
    }
  });

  it('are not known with their text any more once it is closed', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [{ kind: 'add', label: labelled(TEXT, 'Ada') }]);
    const lease = store.hold('a.txt');
    assert.equal(lease.document.live.text, TEXT);
    await store.close('a.txt');
    assert.deepEqual([lease.document.isOpen, lease.document.live.text], [false, '']);
    assert.equal(lease.document.live.labels.length, 1);
    lease.document.readText(TEXT);
    assert.equal(lease.document.live.text, TEXT, 'what its file says holds again');
    lease.release();
  });
});

describe('an annotation file that another program writes while labels are saved', () => {
  const save = (document: LabelDocument) => document.save(async () => undefined);

  /** A document with the label `ada`, unsaved, whose file gets another note on `london` before each write. */
  function contested(t: TestContext, times: number): { workspace: Workspace; document: LabelDocument } {
    const workspace = new Workspace(t);
    let turn = 0;
    class Contested extends SidecarFile {
      override async write(...content: Parameters<SidecarFile['write']>): Promise<string> {
        if (turn < times) {
          const time = new Date(Date.UTC(2026, 11, 1) + ++turn).toISOString();
          workspace.write(this.file, formatSidecar([{ ...london, time, note: `${turn}` }]));
        }
        return super.write(...content);
      }
    }
    const document = new LabelDocument('a.txt', new Contested(workspace.root, workspace.sidecar()));
    document.live.put(ada);
    document.markUnsaved();
    return { workspace, document };
  }
  const notes = (workspace: Workspace): unknown[] =>
    workspace.labelLines().map((line) => {
      const { id, note } = JSON.parse(line) as { id: string; note?: string };
      return [id, note];
    });

  for (const times of [0, 1, 5, 19])
    it(`holds the labels of both after it was written ${times} times`, async (t) => {
      const { workspace, document } = contested(t, times);
      assert.deepEqual(await save(document), []);
      const theirs = times === 0 ? [] : [['London', `${times}`]];
      assert.deepEqual(notes(workspace), [['Ada', undefined], ...theirs]);
      assert.equal(document.isUnsaved, false);
    });

  it('is left to it where that has no end, and the labels stay in memory', async (t) => {
    const { workspace, document } = contested(t, Infinity);
    await assert.rejects(save(document), ChangedMeanwhile);
    assert.deepEqual(notes(workspace), [['London', '20']]);
    assert.deepEqual([document.isUnsaved, document.live.get('Ada')], [true, ada]);
  });

  it('is not made larger than what is read', async (t) => {
    const workspace = new Workspace(t);
    const document = new LabelDocument('a.txt', new SidecarFile(workspace.root, workspace.sidecar()));
    const note = 'ü'.repeat(100_000);
    const count = Math.ceil(sidecarLimit.bytes / (2 * note.length));
    for (let i = 0; i < count; i++) document.live.put({ ...ada, id: `${i}`, note });
    document.markUnsaved();
    await assert.rejects(save(document), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^The annotation file would be larger than \d+ MB\.$/);
      assert.equal(error.place.file, workspace.sidecar());
      return true;
    });
    assert.deepEqual(workspace.labelLines(), []);
    assert.equal(document.isUnsaved, true);
    for (let i = 0; i < 10; i++) document.live.remove(`${i}`);
    await save(document);
    assert.equal(workspace.labelLines().length, count - 10);
  });

  it('is read again only where it was written since, or could not be read', async (t) => {
    const workspace = new Workspace(t);
    let reads = 0;
    class Watched extends SidecarFile {
      override async read(): ReturnType<SidecarFile['read']> {
        reads++;
        return super.read();
      }
    }
    const document = new LabelDocument('a.txt', new Watched(workspace.root, workspace.sidecar()));
    for (const [content, then] of [
      [formatSidecar([ada]), 1],
      [undefined, 1],
      [formatSidecar([ada, london]), 2],
      ['<<<<<<< HEAD\n', 3],
      [undefined, 4],
      [formatSidecar([london]), 5],
      [undefined, 5],
    ] as const) {
      if (content !== undefined) workspace.write(workspace.sidecar(), content);
      await document.reload().catch(() => undefined);
      assert.equal(reads, then, content);
      assert.equal(document.problem?.fault, then === 3 || then === 4 ? 'conflict' : undefined);
    }
    assert.deepEqual(document.live.labels, [london]);
  });
});

describe('a text that is opened while other messages are answered', () => {
  /** A document with a label that has to be looked for in the text that is opened. */
  function unopened(t: TestContext): LabelDocument {
    const workspace = new Workspace(t);
    const document = new LabelDocument('a.txt', new SidecarFile(workspace.root, workspace.sidecar()));
    document.live.put(london);
    return document;
  }
  const text = (times: number): string => `${'Then '.repeat(times)}${TEXT}`;
  const placesIn = ({ live }: LabelDocument): unknown[] =>
    live.labels.map(({ start, end, review }) => [live.text.slice(start, end), review]);

  for (const edits of [0, 1, 3, 5, Infinity])
    it(`has its labels where their words stand after ${edits === Infinity ? 'any number of' : edits} edits meanwhile`, async (t) => {
      const document = unopened(t);
      let done = 0;
      const isStale = (): boolean => {
        if (done < edits) done++; // an edit comes each time others are answered
        return false;
      };
      await document.openingText(() => text(1 + done), isStale);
      assert.deepEqual([document.isOpen, document.live.text], [true, text(1 + done)]);
      assert.deepEqual(placesIn(document), [['London', undefined]]);
    });

  for (const asked of [1, 2, 3, 4, 5, 6])
    it(`has its labels where their words stand after an edit before question ${asked}, whether it is wanted`, async (t) => {
      const document = unopened(t);
      let [questions, done] = [0, 0];
      const isStale = (): boolean => {
        if (++questions === asked) done++;
        return false;
      };
      const now = (): string => text(1 + done);
      await document.openingText(now, isStale);
      if (questions >= asked) assert.equal(document.live.text, now());
      assert.deepEqual(placesIn(document), [['London', undefined]]);
    });

  it('keeps a label that is given meanwhile', async (t) => {
    const document = unopened(t);
    const isStale = (): boolean => {
      if (document.live.get(ada.id) === undefined) document.live.put(ada);
      return false;
    };
    await document.openingText(() => text(1), isStale);
    assert.deepEqual(placesIn(document), [
      ['Ada', undefined],
      ['London', undefined],
    ]);
  });

  it('is what the editor has of it, whatever its file says', (t) => {
    const document = unopened(t);
    document.readText(text(1));
    assert.deepEqual([document.isOpen, placesIn(document)], [false, [['London', undefined]]]);
    document.openText(text(2));
    document.readText('Nothing of the sort.');
    assert.deepEqual([document.isOpen, document.live.text], [true, text(2)]);
    assert.deepEqual(placesIn(document), [['London', undefined]]);
  });

  it('is not opened where it was closed meanwhile', async (t) => {
    for (const closedAt of [1, 2]) {
      const document = unopened(t);
      let asked = 0;
      await document.openingText(
        () => text(1),
        () => ++asked >= closedAt,
      );
      assert.deepEqual([document.isOpen, document.live.text], [false, '']);
    }
  });
});

describe('temporary files of killed programs', () => {
  it('are removed beside the file that is written, and no others', async (t) => {
    const workspace = new Workspace(t);
    const folder = path.dirname(workspace.sidecar());
    mkdirSync(folder, { recursive: true });
    const name = path.basename(workspace.sidecar());
    const [left, others] = [
      [`.${name}.0123456789ab.tmp`, `.${name}.x.tmp`],
      ['.0', '.b.txt.jsonl.0123456789ab.tmp', `${name}.tmp`, `.${name}.tmp`, `.${name}.x.tmp2`, 'mine.tmp'],
    ];
    for (const one of [...left, ...others]) writeFileSync(path.join(folder, one), '');
    const store = workspace.store();
    await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [{ kind: 'add', label: labelled(TEXT, 'Ada') }]);
    assert.deepEqual(readdirSync(folder).sort(), [...others, name].sort());
    assert.ok(readFileSync(workspace.sidecar(), 'utf8').startsWith(HEADER));
  });
});
