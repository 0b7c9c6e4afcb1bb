import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import { ShowMessageRequest, type ShowMessageRequestParams } from 'vscode-languageserver/node';
import { attachAnnotations, movedAnnotations } from '../../../server/protocol/annotationFiles';
import { annotationCounts } from '../../../server/protocol/labels';
import { labelled, Workspace } from '../labelStore/workspace';
import { LabelClient } from './labelClient';

const TEXT = 'Ada Lovelace met Ben in London, where it rained all day.\n';
const OTHER = 'Ben went home. Ada Lovelace stayed, and London was quiet.\n';

/** A text with two labels that was moved without them, and one without labels that has the same words elsewhere. */
async function moved(t: TestContext, to: string, text = TEXT): Promise<Workspace> {
  const workspace = new Workspace(t);
  const store = workspace.store();
  await store.open('letter.txt', TEXT);
  const add = (words: string, label: string) => ({
    kind: 'add' as const,
    label: labelled(TEXT, words, label),
  });
  await store.apply('letter.txt', 'Label', [add('Ada Lovelace', 'PER'), add('London', 'LOC')]);
  await store.close('letter.txt');
  workspace.write(path.join(workspace.root, 'diary.txt'), OTHER);
  workspace.write(path.join(workspace.root, to), text);
  return workspace;
}

for (const [what, to, text, found] of [
  ['of the same name', 'archive/letter.txt', TEXT, 'archive/letter.txt'],
  ['of another name', 'archive/1843.txt', TEXT, 'archive/1843.txt'],
  ['that was edited, too', 'archive/1843.txt', `A note.\n\n${TEXT}`, 'archive/1843.txt'],
  ['of the same name with other words', 'archive/letter.txt', OTHER, undefined],
] as const)
  test(`the text ${what} is found`, async (t) => {
    const workspace = await moved(t, to, text);
    const client = await LabelClient.start(workspace.root);
    const [one, ...rest] = await client.client.connection.sendRequest(movedAnnotations);
    assert.deepEqual([rest, one.name, one.labels, one.found?.name], [[], 'letter.txt', 2, found]);
    const { texts } = await client.client.connection.sendRequest(annotationCounts);
    assert.match(texts[0].problem ?? '', /^The text is gone/);
  });

test('who opens the text is asked, and its labels come', async (t) => {
  const workspace = await moved(t, 'archive/1843.txt');
  const client = await LabelClient.start(workspace.root);
  const asked = new Promise<ShowMessageRequestParams>((resolve) =>
    client.client.connection.onRequest(ShowMessageRequest.type, (params) => {
      resolve(params);
      return params.actions?.[0] ?? null;
    }),
  );
  await client.open('archive/1843.txt', TEXT);
  assert.equal(
    (await asked).message,
    'The 2 labels of letter.txt seem to belong to archive/1843.txt: the text was moved without them.',
  );
  const come = new Promise<void>((resolve) => {
    client.didLabel.on(() => {
      if (client.labels('archive/1843.txt').length === 2) resolve();
    });
  });
  await come;
  assert.deepEqual(
    client.labels('archive/1843.txt').map(({ label, review }) => [label, review]),
    [
      ['PER', undefined],
      ['LOC', undefined],
    ],
  );
});

test('labels are attached by request, not to a text that is not there, nor away from one that is', async (t) => {
  const workspace = await moved(t, 'archive/1843.txt');
  const client = await LabelClient.start(workspace.root);
  const attach = (from: string, to: string) =>
    client.client.connection.sendRequest(attachAnnotations, { from: client.uri(from), to: client.uri(to) });
  await assert.rejects(attach('letter.txt', 'nowhere.txt'), /There is no such text/);
  await assert.rejects(attach('diary.txt', 'archive/1843.txt'), /still in its place/);
  await attach('letter.txt', 'archive/1843.txt');
  assert.equal(workspace.lines('archive/1843.txt').length, 2);
});

test('a move of a folder that was killed half-way is ended by the next program', async (t) => {
  const workspace = new Workspace(t);
  const store = workspace.store();
  for (const number of [1, 2, 3, 4]) {
    const name = `old/${number}.txt`;
    workspace.write(path.join(workspace.root, name), TEXT);
    await store.open(name, TEXT);
    await store.apply(name, 'Label', [{ kind: 'add', label: labelled(TEXT, 'London', 'LOC') }]);
    await store.close(name);
  }
  // The folder and two annotation files have moved; the note of the move is still there.
  renameSync(path.join(workspace.root, 'old'), path.join(workspace.root, 'new'));
  const folder = path.join(workspace.root, '.glossator', 'annotations');
  mkdirSync(path.join(folder, 'new'));
  for (const name of ['1.txt.jsonl', '2.txt.jsonl'])
    renameSync(path.join(folder, 'old', name), path.join(folder, 'new', name));
  const note = path.join(workspace.root, '.glossator', 'local', 'move.json');
  writeFileSync(note, JSON.stringify({ from: 'old', to: 'new' }));
  const client = await LabelClient.start(workspace.root);
  await client.open('new/4.txt', TEXT);
  assert.deepEqual(readdirSync(path.join(folder, 'new')).sort(), [1, 2, 3, 4].map((n) => `${n}.txt.jsonl`)); // prettier-ignore
  assert.equal(client.labels('new/4.txt').length, 1);
  assert.deepEqual(readdirSync(path.dirname(note)).includes('move.json'), false);
});
