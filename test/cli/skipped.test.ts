import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RunRecord } from '../../models/retraining/runRecord';
import { labelled, Workspace } from '../server/labelStore/workspace';
import { type Outcome, runGlossator } from './runGlossator';
import { makeTinyModelFolder } from './tinyModel';

const TEXT = 'Ada Lovelace met Ben in London.\n';

/** Six texts with two labels each. One is in Latin-1 now, one was moved, the annotations of one are in conflict. */
async function letters(t: { after: (work: () => void) => void }): Promise<Workspace> {
  const workspace = new Workspace(t);
  const store = workspace.store();
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const [name, text] = [`letters/${number}.txt`, `Letter ${number}. ${TEXT}`];
    workspace.write(path.join(workspace.root, name), text);
    await store.open(name, text);
    const add = (words: string, label: string) => ({
      kind: 'add' as const,
      label: labelled(text, words, label),
    });
    await store.apply(name, 'Label', [add('Ada Lovelace', 'PER'), add('London', 'LOC')]);
    await store.close(name);
  }
  const at = (name: string): string => path.join(workspace.root, 'letters', name);
  writeFileSync(at('2.txt'), Buffer.from(`Letter 2. ${TEXT}Zürich\n`, 'latin1'));
  renameSync(at('4.txt'), at('moved.txt'));
  writeFileSync(workspace.sidecar('letters/5.txt'), '<<<<<<< HEAD\n');
  return workspace;
}

const named = ({ stderr }: Outcome): void => {
  assert.match(stderr, /letters\/2\.txt:2: The line is not valid UTF-8\. Save it as UTF-8 text\./);
  assert.match(stderr, /letters\/4\.txt: The text is gone; 2 labels wait for it\./);
  assert.match(stderr, /letters\/5\.txt\.jsonl:1: The annotations have an unresolved git merge conflict\./);
  assert.doesNotMatch(stderr, /delete/i);
};

describe('texts that cannot be read', () => {
  it('are named by check, which looks at the others', async (t) => {
    const workspace = await letters(t);
    const clean = await runGlossator(['check', '--no-model', workspace.root]);
    named(clean);
    assert.match(clean.stderr, /0 findings for 6 labels in 3 texts, 3 texts skipped\./);
    assert.equal(clean.status, 0);
    const [header, line] = readFileSync(workspace.sidecar('letters/6.txt'), 'utf8').split('\n');
    writeFileSync(workspace.sidecar('letters/6.txt'), `${header}\n${line.replace('"PER"', '"XYZ"')}\n`);
    const found = await runGlossator(['check', '--no-model', workspace.root]);
    named(found);
    assert.match(found.stdout, /letters\/6\.txt:1:11: The layer ner has no label "XYZ"/);
    assert.equal(found.status, 1);
  });

  it('are named by convert, which writes the others', async (t) => {
    const workspace = await letters(t);
    const texts = [1, 2, 3, 5, 6].map((number) => path.join(workspace.root, 'letters', `${number}.txt`));
    const out = path.join(workspace.root, 'all.conll');
    const done = await runGlossator(['convert', ...texts, '--from', 'glossator', '--to', 'conll2003', '--lossy', '--out', out]);
    assert.match(done.stderr, /letters\/2\.txt:2: The line is not valid UTF-8\./);
    assert.match(done.stderr, /letters\/5\.txt\.jsonl:1: The annotations have an unresolved git merge conflict\./);
    assert.match(done.stderr, /3 texts with 6 labels converted/);
    assert.equal(readFileSync(out, 'utf8').match(/B-PER/g)?.length, 3);
    assert.equal(done.status, 1, 'not all that was named is done');
  }); // prettier-ignore

  it('are attached again where they have gone', async (t) => {
    const workspace = await letters(t);
    const at = (name: string): string => path.join(workspace.root, 'letters', name);
    const refused = await runGlossator(['move', at('1.txt'), at('moved.txt')]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /1\.txt: The text is still in its place/);
    const moved = await runGlossator(['move', at('4.txt'), at('moved.txt')]);
    assert.deepEqual([moved.status, moved.stderr], [0, 'The labels of 1 text are attached to letters/moved.txt.\n']);
    assert.deepEqual(
      workspace.lines('letters/moved.txt').map(({ label }) => label),
      ['PER', 'LOC'],
    );
    assert.ok(!existsSync(workspace.sidecar('letters/4.txt')));
    mkdirSync(path.join(workspace.root, 'archive'));
    renameSync(path.join(workspace.root, 'letters'), path.join(workspace.root, 'archive', 'letters'));
    const folder = await runGlossator(['move', path.join(workspace.root, 'letters'), path.join(workspace.root, 'archive', 'letters')]);
    assert.match(folder.stderr, /The labels of 6 texts are attached to archive\/letters\./);
    assert.equal(workspace.lines('archive/letters/1.txt').length, 2);
  }); // prettier-ignore
});

describe('retraining beside texts that cannot be read', () => {
  let tiny: Awaited<ReturnType<typeof makeTinyModelFolder>>;
  before(async () => {
    tiny = await makeTinyModelFolder();
  });
  after(() => rmSync(tiny.folder, { recursive: true, force: true }));

  it('names them and learns from the others', async (t) => {
    const workspace = await letters(t);
    const settings = path.join(tiny.folder, 'few.json');
    writeFileSync(settings, JSON.stringify({ epochs: 1, newEpochs: 1, foldsFrom: 10 }));
    const done = await runGlossator(['retrain', workspace.root, '--base', tiny.model, '--settings', settings, '--json']);
    named(done);
    assert.equal(done.status, 0, done.stderr);
    const { layers } = JSON.parse(done.stdout) as RunRecord;
    assert.deepEqual(layers.find(({ layer }) => layer.name === 'ner')?.examples, { PER: 3, LOC: 3 });
  }); // prettier-ignore
});
