import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import * as path from 'node:path';
import { describe, it, mock, type TestContext } from 'node:test';
import type { Label } from '../../../models/annotations/label';
import { History, type Transaction } from '../../../server/labelStore/history';
import { Workspace } from './workspace';

const time = '2026-01-01T00:00:00.000Z';
const label: Label = {
  ...{
    id: 'aaaaaaaaaa',
    layer: 'ner',
    label: 'PER',
    start: 0,
    end: 3,
    quote: 'Ada',
    before: '',
    after: ' met',
  },
  ...{ state: 'confirmed', annotator: 'x', time },
};

function fileIn(t: TestContext): { root: string; file: string } {
  const { root } = new Workspace(t);
  mkdirSync(path.join(root, '.glossator/local'), { recursive: true });
  return { root, file: path.join(root, '.glossator/local/history.jsonl') };
}

const did = (id: string, ...names: string[]): Transaction => ({
  ...{ id, title: id, time },
  steps: names.map((path) => ({ path, after: label })),
});

const lineOf = ({ id, ...rest }: Transaction): string => `${JSON.stringify({ do: id, ...rest })}\n`;

async function loaded(root: string, sizes?: { most: number; kept: number }): Promise<History> {
  const history = new History(root, sizes);
  await history.load();
  return history;
}

/** What is undone one after the other. */
function undone(history: History): string[] {
  const ids: string[] = [];
  for (let next = history.nextUndo(); next !== undefined; next = history.nextUndo()) {
    ids.push(next.id);
    history.markUndone(next.id);
  }
  return ids;
}

describe('the history of labels', () => {
  const elsewhere = [
    '../b',
    'a/../../b',
    '/etc/b',
    '..',
    '.',
    '',
    'a//b',
    './b',
    'a/.',
    '.glossator/local/x',
  ];
  for (const name of [...elsewhere, '.Glossator/x', 'a\0b'])
    it(`takes no step in ${JSON.stringify(name)}`, async (t) => {
      const { root, file } = fileIn(t);
      const rename = JSON.stringify({ rename: { from: 'a.txt', to: name } });
      writeFileSync(file, `${lineOf(did('1', 'a.txt'))}${lineOf(did('2', 'a.txt', name))}${rename}\n`);
      const history = await loaded(root);
      assert.equal(history.nextUndo()?.steps[0].path, 'a.txt');
      assert.deepEqual(undone(history), ['1']);
    });

  for (const name of ['..foo.txt', '...', 'a/..b', '.hidden/a.txt', 'a b/ü😀.md'])
    it(`takes steps in ${name}`, async (t) => {
      const { root, file } = fileIn(t);
      writeFileSync(file, lineOf(did('1', name)));
      assert.deepEqual(undone(await loaded(root)), ['1']);
    });

  it('begins a new line after one that was written in part', async (t) => {
    const { root, file } = fileIn(t);
    const history = await loaded(root);
    mkdirSync(file); // what is done cannot be written now
    history.add(did('1', 'a.txt'));
    await assert.rejects(history.write());
    rmSync(file, { recursive: true });
    writeFileSync(file, lineOf(did('0', 'a.txt')).slice(0, 20));
    await history.write();
    history.add(did('2', 'a.txt'));
    await history.write();
    assert.deepEqual(undone(await loaded(root)), ['2', '1']);
  });

  it('reads all lines but those that are broken, also where the first is empty and the last has no end', async (t) => {
    const { root, file } = fileIn(t);
    const [one, two] = [lineOf(did('1', 'a.txt')), lineOf(did('2', 'a.txt'))];
    for (const [content, ids] of [
      ['', []],
      ['\n', []],
      [`\n${one}`, ['1']],
      [`${one}${two.trimEnd()}`, ['2', '1']],
      [`${one}${two.slice(0, 30)}`, ['1']],
      [`${one}{"do":"3"}\nnull\n${two}`, ['2', '1']],
    ] as const) {
      writeFileSync(file, content);
      assert.deepEqual(undone(await loaded(root)), ids, content);
    }
  });

  it('reads the newest part of a file beyond all measure, and whole lines of it', async (t) => {
    const { root, file } = fileIn(t);
    const lines = Array.from({ length: 100 }, (_, i) => lineOf(did(`${i}`, 'a.txt')));
    writeFileSync(file, lines.join(''));
    const size = statSync(file).size;
    for (const [most, count] of [
      [size, 100],
      [size - 1, 99],
      [Math.round(3.5 * lines[99].length), 3],
      [10, 0],
    ])
      assert.equal(undone(await loaded(root, { most, kept: 10 })).length, count, `${most} of ${size}`);
  });

  it('cuts down a file that has grown long, keeping what others wrote and what is undone', async (t) => {
    const { root, file } = fileIn(t);
    const size = lineOf(did('10', 'a.txt')).length;
    const sizes = { most: 10 * size, kept: 4 * size };
    const [mine, theirs] = [await loaded(root, sizes), await loaded(root, sizes)];
    for (let i = 0; i < 5; i++) {
      mine.add(did(`mine ${i}`, 'a.txt'));
      await mine.write();
      theirs.add(did(`theirs ${i}`, 'b.txt'));
      await theirs.write();
    }
    mine.markUndone('mine 4');
    await mine.write();
    assert.ok(statSync(file).size <= sizes.kept, `${statSync(file).size}`);
    const after = await loaded(root, sizes);
    assert.equal(after.nextUndo()?.id, 'theirs 4');
    assert.equal(after.nextRedo()?.id, 'mine 4');
  });

  it('goes on where it cannot be cut down', async (t) => {
    const { root, file } = fileIn(t);
    const size = lineOf(did('1', 'a.txt')).length;
    const history = await loaded(root, { most: size - 1, kept: size });
    const full = mock.method(promises, 'rename', async () => {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    });
    try {
      for (const id of ['1', '2', '3']) {
        history.add(did(id, 'a.txt'));
        await history.write();
      }
    } finally {
      full.mock.restore();
    }
    assert.equal(full.mock.callCount(), 2, 'it is tried again when as much as is kept has come');
    assert.equal(readFileSync(file, 'utf8'), ['1', '2', '3'].map((id) => lineOf(did(id, 'a.txt'))).join(''));
  });

  it('is not cut down by who has lost the lock', async (t) => {
    const { root, file } = fileIn(t);
    const history = await loaded(root, { most: 100, kept: 50 });
    history.add(did('1', 'a.txt'));
    let asked = 0;
    await history.write(async () => {
      if (++asked > 1) throw new Error('no longer mine');
    });
    assert.ok(asked > 1);
    assert.equal(readFileSync(file, 'utf8'), lineOf(did('1', 'a.txt')));
  });

  it('does again what was undone in other texts than the one changed since', async (t) => {
    const { root } = fileIn(t);
    const history = await loaded(root);
    for (const [id, name] of [
      ['1', 'a.txt'],
      ['2', 'b.txt'],
    ]) {
      history.add(did(id, name));
      history.markUndone(id);
    }
    assert.equal(history.nextRedo('a.txt')?.id, '1');
    history.add(did('3', 'a.txt'));
    assert.deepEqual([history.nextRedo('a.txt'), history.nextRedo('b.txt')?.id], [undefined, '2']);
  });

  it('takes no note of a new name for a text that nothing was done to', async (t) => {
    const { root, file } = fileIn(t);
    const history = await loaded(root);
    history.add(did('1', 'a/b.txt'));
    history.rename('c', 'd');
    history.rename('a/b', 'd');
    await history.write();
    assert.equal(readFileSync(file, 'utf8'), lineOf(did('1', 'a/b.txt')));
    history.rename('a', 'd');
    assert.equal(history.nextUndo('d/b.txt')?.id, '1');
  });
});
