import assert from 'node:assert/strict';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import { layerKnowledge } from '../../../models/retraining/layerKnowledge';
import { segment } from '../../../models/text/segmenter';
import { SidecarFile } from '../../../server/labelStore/sidecarFile';
import * as protocol from '../../../server/protocol/labels';
import { Workspace } from '../labelStore/workspace';
import { LabelClient } from './labelClient';

const TEXT = 'Ada met Bob. The brig sailed. London saw her.';
const SHIPS = { name: 'ships', kind: 'span', labels: [{ name: 'SHIP' }] };
const NER = { name: 'ner', kind: 'span', labels: [{ name: 'PER' }, { name: 'LOC' }] };

/** A client with `TEXT` open; the model suggests Ada and London in `ner`, and a part of speech for every word. */
async function open(t: TestContext, { layers = [NER, SHIPS] as unknown[], text = TEXT } = {}) {
  const workspace = new Workspace(t);
  const project = { format: 'glossator-project', version: 1, layers };
  workspace.write(path.join(workspace.root, '.glossator', 'project.json'), JSON.stringify(project));
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', text);
  const review = (words: string, about: Pick<protocol.ReviewSentenceParams, 'layers' | 'asked'> = {}) =>
    client.client.connection.sendRequest(protocol.reviewSentence, {
      ...{ uri: client.uri('a.txt'), version: client.version('a.txt') },
      ...{ offset: text.indexOf(words), ...about },
    });
  const marks = (): string[] =>
    client
      .labels('a.txt')
      .filter(({ layer }) => layer === '@reviewed')
      .map(({ label, start, end }) => `${label}: ${text.slice(start, end)}`)
      .sort();
  return { workspace, client, review, marks };
}

test('the layer that is being annotated is reviewed, and no other', async (t) => {
  const { workspace, review, marks } = await open(t);
  const done = await review('Ada', { layers: ['ships'] });
  assert.deepEqual(done, { start: 0, end: 12, state: 'reviewed', layers: ['ships'] });
  await review('London', { layers: ['ships'] });
  assert.deepEqual(marks(), ['ships: Ada met Bob.', 'ships: London saw her.']);
  // What retraining reads: nobody has said that Ada is no name.
  const { labels } = await new SidecarFile(workspace.root, workspace.sidecar()).read();
  const texts = [{ labels, sentences: segment(TEXT, 'plain'), placeOf: () => '' }];
  const known = (layer: string) =>
    layerKnowledge(texts as never, { name: layer, kind: 'span', labels: ['PER', 'LOC', 'SHIP'] }).known;
  assert.deepEqual(known('ner'), []);
  assert.equal(known('ships').filter(({ reviewed }) => reviewed).length, 2);
});

test('elsewhere the layers that the sentence shows are reviewed', async (t) => {
  const { client, review, marks } = await open(t);
  assert.deepEqual((await review('Ada'))?.layers, ['ner'], 'a suggestion');
  await client.label('a.txt', client.add('a.txt', 'brig', 'SHIP', 'ships'));
  assert.deepEqual((await review('brig'))?.layers, ['ships'], 'a label');
  await client.label('a.txt', client.add('a.txt', 'her', 'SHIP', 'ships'));
  assert.deepEqual((await review('London'))?.layers, ['ner', 'ships'], 'both');
  assert.deepEqual(marks(), [
    'ner: Ada met Bob.',
    'ner: London saw her.',
    'ships: London saw her.',
    'ships: The brig sailed.',
  ]);
});

test('a layer that the person was asked about counts as well', async (t) => {
  const { review } = await open(t);
  assert.deepEqual((await review('Ada', { asked: 'ships' }))?.layers, ['ner', 'ships']);
});

test('where the sentence shows nothing, the one layer that the text shows is meant', async (t) => {
  const { client, review } = await open(t);
  assert.deepEqual((await review('brig'))?.layers, ['ner']);
  await client.label('a.txt', client.add('a.txt', 'her', 'SHIP', 'ships'));
  const asked = await review('brig', {});
  assert.equal(asked?.state, 'unmarked', 'the mark itself tells');
});

test('where several layers may be meant, nothing is done and the person is asked', async (t) => {
  const { client, review, marks } = await open(t);
  await client.label('a.txt', client.add('a.txt', 'her', 'SHIP', 'ships'));
  const asked = await review('brig');
  assert.deepEqual([asked?.state, asked?.layers], ['undecided', ['ner', 'ships']]);
  assert.deepEqual(marks(), []);
});

test('review is taken back from the same layers; a mark for all layers stays for the others', async (t) => {
  const { client, review, marks } = await open(t);
  await review('Ada', { layers: ['ships'] });
  assert.equal((await review('Ada', { layers: ['ships'] }))?.state, 'unmarked');
  assert.deepEqual(marks(), []);
  await client.label('a.txt', { kind: 'add', layer: '@reviewed', label: '*', start: 0, end: 12 });
  assert.equal((await review('Ada', { layers: ['ships'] }))?.state, 'unmarked');
  assert.deepEqual(marks(), ['ner: Ada met Bob.']);
  // One step of undo brings the mark back.
  await client.client.connection.sendRequest(protocol.undoLabels, { uri: client.uri('a.txt') });
  assert.deepEqual(marks(), ['*: Ada met Bob.']);
});

test('marks of two layers stand side by side, also by single operations', async (t) => {
  const { client, marks } = await open(t);
  const mark = { kind: 'add' as const, layer: '@reviewed', start: 0, end: 12 };
  await client.label('a.txt', { ...mark, label: 'ner' }, { ...mark, label: 'ships' });
  await client.label('a.txt', { ...mark, label: 'ships' });
  assert.deepEqual(marks(), ['ner: Ada met Bob.', 'ships: Ada met Bob.']);
});

test('a layer that the project does not have is refused', async (t) => {
  const { review, marks } = await open(t);
  await assert.rejects(review('Ada', { layers: ['boats'] }), /no layer “boats”/);
  assert.deepEqual(marks(), []);
});
