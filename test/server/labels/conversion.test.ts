import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { annotationFormats } from '../../../models/formats/formats';
import { convert, type ConvertParams, wireFormats } from '../../../server/protocol/conversion';
import { undoLabels } from '../../../server/protocol/labels';
import { Workspace } from '../labelStore/workspace';
import { LabelClient } from './labelClient';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

async function start(workspace: Workspace) {
  const client = await LabelClient.start(workspace.root);
  const at = (name: string): string => pathToFileURL(path.join(workspace.root, name)).href;
  const ask = (params: Partial<ConvertParams> & Pick<ConvertParams, 'files' | 'to' | 'out'>) =>
    client.client.connection.sendRequest(convert, {
      ...{ isFolder: false, choices: {}, lossy: false, replace: false },
      ...params,
    });
  return { client, at, ask };
}

test('a client knows every format', () => {
  assert.deepEqual(
    wireFormats.map(({ name, title, extensions }) => ({ name, title, extensions })),
    annotationFormats.map(({ name, title, extensions }) => ({ name, title, extensions })),
  );
  const texts = ['a', 'b'].map((name) => ({ name, text: 'Ada.', layers: [], labels: [] }));
  for (const { name, perText } of wireFormats) {
    const { files } = annotationFormats.find((format) => format.name === name)?.write(texts, 'both') ?? {};
    assert.equal((files?.length ?? 0) > 1, perText, name);
  }
});

test('a file that is named twice, or named beside its folder, is converted once; it has one format', async (t) => {
  const workspace = new Workspace(t);
  workspace.write(
    path.join(workspace.root, 'in', 'a.conllu'),
    '# text = Ada\n1\tAda\t_\tNOUN\t_\t_\t_\t_\t_\t_\n\n',
  );
  const { at, ask } = await start(workspace);
  const asked = { to: 'bilou', out: at('a.bilou'), lossy: true, choices: { layers: ['upos'] } };
  const file = at('in/a.conllu');
  for (const files of [[file], [file, file], [file, at('in')], [at('in'), file, at('in')]]) {
    const { texts, skipped } = await ask({ ...asked, files });
    assert.deepEqual([texts, skipped], [1, []], files.join());
  }
  const formats = ['conllu', 'bilou'].map((format) => ({ uri: file, format }));
  await assert.rejects(ask({ ...asked, files: [file], formats }), {
    code: -32602,
    message: /must name each file once/,
  });
});

test('what a format cannot hold is asked first, and written as it was answered', async (t) => {
  const workspace = new Workspace(t);
  workspace.write(path.join(workspace.root, 'a.txt'), TEXT);
  const { client, at, ask } = await start(workspace);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', { kind: 'add', layer: 'ner', label: 'PER', start: 4, end: 10 });
  await client.label('a.txt', { ...client.add('a.txt', 'London', 'LOC'), note: 'capital' });
  const asked = { files: [at('a.txt')], to: 'conllu', out: at('a.conllu') };
  const first = await ask(asked);
  assert.equal(first.isWritten, false);
  const [question] = first.questions;
  assert.deepEqual(
    first.questions.map(({ choice, count, values }) => ({ choice, count, values })),
    [{ choice: 'misaligned', count: 1, values: ['out', 'split', 'skip'] }],
  );
  assert.match(question.lines[0], /^a:1:5: .*"Lovela"$/);
  const second = await ask({ ...asked, choices: { misaligned: 'out' } });
  assert.equal(second.isWritten, false);
  assert.deepEqual(
    second.losses.filter(({ isContent }) => isContent),
    [{ what: 'notes', count: 1, isContent: true }],
  );
  assert.equal(existsSync(path.join(workspace.root, 'a.conllu')), false);
  const third = await ask({ ...asked, choices: { misaligned: 'out' }, lossy: true });
  assert.deepEqual([third.isWritten, third.texts, third.labels], [true, 1, 2]);
  const written = readFileSync(path.join(workspace.root, 'a.conllu'), 'utf8');
  assert.match(written, /Lovelace\t.*NER=B-PER/);
  // Another content is replaced only where that was confirmed.
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const again = await ask({ ...asked, choices: { misaligned: 'out' }, lossy: true });
  assert.deepEqual([again.isWritten, again.existing], [false, [at('a.conllu')]]);
  assert.equal(readFileSync(path.join(workspace.root, 'a.conllu'), 'utf8'), written);
  const replaced = await ask({ ...asked, choices: { misaligned: 'out' }, lossy: true, replace: true });
  assert.equal(replaced.isWritten, true);
});

test('an import shows in texts that are open, is one step of undo, and stays in the workspace', async (t) => {
  const workspace = new Workspace(t);
  for (const name of ['a', 'b']) {
    workspace.write(path.join(workspace.root, `${name}.txt`), TEXT);
    workspace.write(path.join(workspace.root, 'in', `${name}.txt`), TEXT);
    workspace.write(
      path.join(workspace.root, 'in', `${name}.ann`),
      'T1\tPER 17 20\tBob\nT2\tLOC 30 36\tLondon\n',
    );
  }
  const { client, at, ask } = await start(workspace);
  await client.open('a.txt', TEXT);
  const asked = { files: [at('in/a.ann'), at('in/b.ann')], to: 'glossator', out: at(''), isFolder: true };
  const answer = await ask({ ...asked, lossy: true });
  assert.deepEqual([answer.isWritten, answer.texts, answer.labels], [true, 2, 4]);
  const told = client.labels('a.txt').map(({ label, start, annotator }) => ({ label, start, annotator }));
  assert.deepEqual(told, [
    { label: 'PER', start: 17, annotator: 'import' },
    { label: 'LOC', start: 30, annotator: 'import' },
  ]);
  assert.equal(workspace.lines('b.txt').length, 2);
  const undone = await client.client.connection.sendRequest(undoLabels, { uri: at('a.txt') });
  assert.deepEqual(undone, { title: 'Import 4 labels', skipped: 0 });
  assert.deepEqual(client.labels('a.txt'), []);
  assert.deepEqual(workspace.labelLines('b.txt'), []);
  await client.edit('a.txt', { start: 0, end: 0, newText: 'x' });
  await assert.rejects(ask({ ...asked, lossy: true }), /open with unsaved changes\. Save it first\./);
  await assert.rejects(ask({ ...asked, out: at('..'), lossy: true }), /Choose a folder of the workspace\./);
});

test('a file of no known format is asked about, and a text that would be replaced is refused', async (t) => {
  const workspace = new Workspace(t);
  workspace.write(path.join(workspace.root, 'in', 'a.xyz'), 'Ada\n');
  workspace.write(path.join(workspace.root, 'in', 'a.ann'), 'T1\tPER 0 3\tAda\n');
  workspace.write(path.join(workspace.root, 'in', 'a.txt'), 'Ada\n');
  workspace.write(path.join(workspace.root, 'a.txt'), 'Eve\n');
  const { at, ask } = await start(workspace);
  const asked = { to: 'glossator', out: at(''), isFolder: true, lossy: true };
  assert.deepEqual((await ask({ ...asked, files: [at('in/a.xyz')] })).unclear, [
    { uri: at('in/a.xyz'), candidates: [] },
  ]);
  await assert.rejects(ask({ ...asked, files: [at('in/a.ann')] }), /another text.*Name another folder\./);
  assert.equal(readFileSync(path.join(workspace.root, 'a.txt'), 'utf8'), 'Eve\n');
});

test('an import asks for a format that is not clear, and before it takes texts without labels', async (t) => {
  const workspace = new Workspace(t);
  const lines = '{"text":"Ada left.","label":[[0,3,"PER"]]}\n';
  for (const [name, text] of [
    ['in/export.txt', lines],
    ['in/other.txt', lines],
    ['in/bare.conll', 'Ada O\nleft O\n'],
  ])
    workspace.write(path.join(workspace.root, name), text);
  const { at, ask } = await start(workspace);
  const asked = { to: 'glossator', out: at('texts'), isFolder: true };
  const formats = ['in/export.txt', 'in/other.txt'].map((name) => ({ uri: at(name), format: 'doccano' }));
  const files = formats.map(({ uri }) => uri);
  const first = await ask({ ...asked, files });
  assert.equal(first.isWritten, false);
  const second = await ask({ ...asked, files, formats: formats.slice(0, 1) });
  assert.deepEqual(second.unclear, [{ uri: at('in/other.txt'), candidates: ['glossator', 'doccano'] }]);
  const third = await ask({ ...asked, files, formats });
  assert.deepEqual([third.isWritten, third.labels, third.unclear], [true, 2, []]);
  const bare = { ...asked, files: [at('in/bare.conll')] };
  assert.deepEqual([(await ask(bare)).isWritten, (await ask(bare)).labels], [false, 0]);
  assert.equal(existsSync(path.join(workspace.root, 'texts', 'bare.txt')), false);
  assert.equal((await ask({ ...bare, textOnly: true })).isWritten, true);
});

test('an import says what it will do, writes nothing then, and takes gold', async (t) => {
  const workspace = new Workspace(t);
  const columns =
    'Mira NNP B-NP B-PER\nleft VBD B-VP O\nOslo NNP B-NP B-LOC\n. . O O\n\nIt PRP B-NP O\nrained VBD B-VP O\n';
  workspace.write(path.join(workspace.root, 'train.conll'), columns);
  const { at, ask } = await start(workspace);
  const asked = { files: [at('train.conll')], to: 'glossator', out: at('.'), isFolder: true };
  const { isWritten, plan, labels } = await ask({ ...asked, planOnly: true, lossy: true });
  assert.equal(isWritten, false);
  assert.equal(existsSync(path.join(workspace.root, 'train.txt')), false);
  assert.equal(labels, 2);
  assert.deepEqual(plan?.formats, ['conll2003']);
  assert.deepEqual(plan.layers, [
    {
      ...{ layer: 'ner', isNew: false },
      labels: [
        { name: 'PER', count: 1 },
        { name: 'LOC', count: 1 },
      ],
    },
  ]);
  assert.deepEqual([plan.offered, plan.hasColumns, plan.unit], [['pos', 'chunk'], true, undefined]);
  assert.match(
    plan.lines.join('\n'),
    /train\.conll: CoNLL-2003.*recognized.*\n.*column 1 \(Mira, left, Oslo\): the words/,
  );
  const done = await ask({ ...asked, gold: true, lossy: true });
  assert.equal(done.isWritten, true);
  const sidecar = readFileSync(
    path.join(workspace.root, '.glossator', 'annotations', 'train.txt.jsonl'),
    'utf8',
  );
  const lines = sidecar
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as { layer: string; label: string; quote: string });
  assert.deepEqual(lines.map(({ layer, label, quote }) => `${layer} ${label} ${quote}`).sort(), [
    '@reviewed ner It rained',
    '@reviewed ner Mira left Oslo .',
    'ner LOC Oslo',
    'ner PER Mira',
  ]);
});

test('an import asks what offsets count where words do not tell', async (t) => {
  const workspace = new Workspace(t);
  const record = { text: 'Hi 😀 abcd.', label: [[7, 9, 'PER']] };
  workspace.write(path.join(workspace.root, 'a.jsonl'), `${JSON.stringify(record)}\n`);
  const { at, ask } = await start(workspace);
  const asked = { files: [at('a.jsonl')], to: 'glossator', out: at('.'), isFolder: true, lossy: true };
  const first = await ask(asked);
  assert.equal(first.isWritten, false);
  assert.deepEqual(first.unclearUnit?.uri, at('a.jsonl'));
  assert.deepEqual(first.unclearUnit.fits.map(({ unit, example }) => `${unit} ${example}`).sort(), [
    'codepoints cd',
    'utf16 bc',
  ]);
  const second = await ask({ ...asked, unit: 'utf16' });
  assert.equal(second.isWritten, true);
});
