import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { Random } from '../../../models/random';
import * as protocol from '../../../server/protocol/labels';
import { Workspace } from '../labelStore/workspace';
import { randomEdit } from '../documents/randomEdit';
import { first } from '../features/memoryClient';
import { LabelClient } from './labelClient';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

const brief = (labels: readonly protocol.WireLabel[]) =>
  labels.map(({ layer, label, start, end, state }) => ({ layer, label, start, end, state }));

test('a label shows, is on disk when the request is answered, and is there again', async (t) => {
  const workspace = new Workspace(t);
  const client = await LabelClient.start(workspace.root);
  const opened = await client.open('a.txt', TEXT);
  assert.deepEqual(opened.put, []);
  await client.label('a.txt', { ...client.add('a.txt', 'Bob', 'PER'), note: 'who?' });
  const [label] = client.labels('a.txt');
  assert.deepEqual(brief([label]), [{ layer: 'ner', label: 'PER', start: 17, end: 20, state: 'confirmed' }]);
  assert.equal(label.quote, 'Bob');
  assert.equal(label.note, 'who?');
  assert.deepEqual(
    workspace.lines().map(({ id }) => id),
    [label.id],
  );
  await client.close('a.txt');
  const again = await client.open('a.txt', `x ${TEXT}`);
  assert.deepEqual(brief(again.put), [
    { layer: 'ner', label: 'PER', start: 19, end: 22, state: 'confirmed' },
  ]);
  assert.equal(again.unsaved, false);
});

test('labels are told as unsaved until they are on disk', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  const told: boolean[] = [];
  client.didLabel.on(({ unsaved }) => told.push(unsaved));
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  assert.deepEqual(told, [true, false]);
});

test('the same words are not labelled twice, and an unknown label is refused', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  await client.label('a.txt', client.add('a.txt', 'Bob', 'ORG'));
  assert.deepEqual(
    client.labels('a.txt').map(({ label }) => label),
    ['ORG'],
  );
  await assert.rejects(
    client.label('a.txt', client.add('a.txt', 'Bob', 'DOG')),
    /The layer ner has no label “DOG”\. Add the label to the project first\./,
  );
});

test('in a layer that allows overlap the same words may have two labels, each once', async (t) => {
  const workspace = new Workspace(t);
  const layer = (name: string, overlap: boolean) => ({
    ...{ name, kind: 'span', overlap },
    labels: [{ name: 'joy' }, { name: 'fear' }],
  });
  const layers = [layer('mood', true), layer('tone', false)];
  workspace.write(path.join(workspace.root, '.glossator', 'project.json'), JSON.stringify({ layers }));
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  for (const name of ['mood', 'tone'])
    for (const label of ['joy', 'fear', 'fear'])
      await client.label('a.txt', client.add('a.txt', 'Bob', label, name));
  const told = (): string[] =>
    client
      .labels('a.txt')
      .map(({ layer, label, state }) => `${layer} ${label} ${state}`)
      .sort();
  assert.deepEqual(told(), ['mood fear confirmed', 'mood joy confirmed', 'tone fear confirmed']);
  await client.label('a.txt', { ...client.add('a.txt', 'Bob', 'joy', 'mood'), state: 'rejected' });
  assert.deepEqual(told(), ['mood fear confirmed', 'mood joy rejected', 'tone fear confirmed']);
});

test('undo, redo, and two undos at once', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  await client.label('a.txt', client.add('a.txt', 'London', 'LOC'));
  const params = { uri: client.uri('a.txt') };
  const { connection } = client.client;
  const undone = await Promise.all([1, 2, 3].map(() => connection.sendRequest(protocol.undoLabels, params)));
  assert.deepEqual(undone, [{ title: 'Label', skipped: 0 }, { title: 'Label', skipped: 0 }, null]);
  assert.deepEqual(client.labels('a.txt'), []);
  await connection.sendRequest(protocol.redoLabels, params);
  assert.deepEqual(
    client.labels('a.txt').map(({ label }) => label),
    ['PER'],
  );
});

test('a stale version, an untitled text, a second name of a file and one outside of the folder are refused', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  const { connection } = client.client;
  const ask = (uri: string, version = 1) =>
    connection.sendRequest(protocol.label, { uri, version, title: '', operations: [] });
  await assert.rejects(ask(client.uri('a.txt'), 7), { code: -32801, message: /was changed in the meantime/ });
  await assert.rejects(ask('untitled:Untitled-1'), { code: -32803, message: /Save it first\.$/ });
  const second = client.uri('a.txt').replace(/a\.txt$/, '%61.txt');
  await client.client.open(second, TEXT);
  await assert.rejects(ask(second), { code: -32803, message: /^The same file is open under another name\..*Label it there\.$/ }); // prettier-ignore
  await assert.rejects(ask('file:///elsewhere/b.txt'), { code: -32803, message: /outside the workspace/ });
});

test('choices: the model first, the span of the caret its entity', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  const ask = (start: number, end: number, layer?: string) =>
    client.client.connection.sendRequest(protocol.labelChoices, {
      ...{ uri: client.uri('a.txt'), version: 1, start, end },
      ...(layer === undefined ? {} : { layer }),
    });
  const caret = await ask(6, 6);
  assert.deepEqual([caret?.start, caret?.end, caret?.text], [0, 12, 'Ada Lovelace']);
  assert.deepEqual(
    caret?.choices.map(({ label }) => label),
    ['PER', 'ORG', 'LOC', 'MISC'],
  );
  assert.equal(caret?.choices[0].probability, 0.85);
  const part = await ask(1, 9);
  assert.equal(part?.text, 'Ada Lovelace');
  const word = await ask(13, 16);
  assert.deepEqual(
    word?.choices.slice(0, 2).map(({ layer, label, probability }) => [layer, label, probability]),
    [['pos', 'VERB', 0.9], ['ner', 'PER', undefined]],
  ); // prettier-ignore
  assert.equal((await ask(5, 5, 'pos'))?.text, 'Lovelace');
  assert.equal(await ask(21, 22), null);
});

test('who asks before the text is tagged, or its labels are read, is answered: a label, the sentence at a place', async (t) => {
  const noTagger = () => new Promise<never>(() => undefined);
  const client = await LabelClient.start(new Workspace(t).root, {}, {}, noTagger);
  const text = '\n\nAda came. Bob left.\n\n';
  const sentenceAt = async (offset: number): Promise<string | null> => {
    const { connection } = client.client;
    const params = { uri: client.uri('a.txt'), version: client.version('a.txt'), offset };
    const span = await connection.sendRequest(protocol.sentence, params);
    return span && client.text('a.txt').slice(span.start, span.end);
  };
  void client.open('a.txt', text); // which waits for tags
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  assert.equal(client.labels('a.txt')[0].quote, 'Bob');
  assert.equal(await sentenceAt(0), null);
  assert.equal(await sentenceAt(2), 'Ada came.');
  assert.equal(await sentenceAt(text.indexOf('Bob')), 'Bob left.');
  assert.equal(await sentenceAt(text.length), 'Bob left.');
  const end = text.indexOf('came') + 'came'.length;
  await client.edit('a.txt', { start: end, end, newText: ' home' });
  assert.equal(await sentenceAt(3), 'Ada came home.');
});

test('accepting takes the probable open suggestions once, as one step of undo', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', { ...client.add('a.txt', 'London', 'LOC'), state: 'rejected' });
  const accept = (threshold: number) =>
    client.client.connection.sendRequest(protocol.accept, {
      ...{ uri: client.uri('a.txt'), version: 1, start: 0, end: TEXT.length, threshold },
    });
  assert.deepEqual(await accept(0.9), { accepted: 0 });
  assert.deepEqual(await accept(0.8), { accepted: 1 });
  assert.deepEqual(await accept(0.8), { accepted: 0 });
  const [ada, london] = client.labels('a.txt');
  assert.deepEqual([ada.quote, ada.confidence, ada.state], ['Ada Lovelace', 0.85, 'confirmed']);
  assert.equal(london.state, 'rejected');
});

test('a client that follows the rule holds what the server holds: 10,000 edits, undo among them', async (t) => {
  const client = await LabelClient.start(new Workspace(t).root);
  const random = new Random(11);
  const words = 'Ada Lovelace met Bob in London. '.repeat(12);
  await client.open('a.txt', words);
  const operations = Array.from({ length: 40 }, () => {
    const start = random.below(words.length - 12);
    return { kind: 'add' as const, layer: 'pos', label: 'X', start, end: start + 1 + random.below(11) };
  });
  await client.label('a.txt', ...operations);
  const undo: { start: number; end: number; newText: string }[] = [];
  let standing = 0;
  for (let n = 1; n <= 10_000; n++) {
    const text = client.text('a.txt');
    let change = undo.length > 0 && random.below(3) === 0 ? undo.pop() : undefined;
    if (change === undefined) {
      const { start, end, text: newText } = randomEdit(text.length, random);
      const whole = safe(text, start, end);
      change = { ...whole, newText: text.length > 600 ? '' : newText || 'xy' };
      undo.push({
        start: whole.start,
        end: whole.start + change.newText.length,
        newText: text.slice(whole.start, whole.end),
      });
    }
    await client.edit('a.txt', change);
    if (n % 500 !== 0) continue;
    // The answer comes after all messages before it: what the client then holds it has from those.
    const { connection } = client.client;
    await connection.sendRequest(protocol.labelChoices, {
      ...{ uri: client.uri('a.txt'), version: client.version('a.txt'), start: 0, end: 0 },
    });
    const held = client.labels('a.txt');
    assert.deepEqual(held, await client.all('a.txt'), `after ${n} edits`);
    standing += held.filter(({ review }) => review === undefined).length;
  }
  assert.ok(standing > 0, 'some labels still stand');
});

test('labels that could not be saved are kept, the reason is told, and another try saves them', async (t) => {
  const workspace = new Workspace(t);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  const folder = path.join(workspace.root, '.glossator');
  writeFileSync(folder, 'in the way');
  const told: protocol.DidLabelParams[] = [];
  client.didLabel.on((params) => told.push(params));
  await assert.rejects(client.label('a.txt', client.add('a.txt', 'Bob', 'PER')), {
    code: -32803,
    message: /^The labels could not be saved: .* Your labels are kept in memory/,
  });
  assert.equal(told.at(-1)?.unsaved, true);
  assert.match(told.at(-1)?.problem ?? '', /could not be saved/);
  assert.equal(client.labels('a.txt').length, 1);
  const { connection } = client.client;
  await assert.rejects(connection.sendRequest(protocol.saveLabels), /could not be saved/);
  rmSync(folder);
  await connection.sendRequest(protocol.saveLabels);
  assert.deepEqual([told.at(-1)?.unsaved, told.at(-1)?.problem], [false, undefined]);
  assert.equal(workspace.lines().length, 1);
});

/** A change that cuts no line break in two, which a position cannot say. */
function safe(text: string, start: number, end: number): { start: number; end: number } {
  const cuts = (at: number): boolean => text[at - 1] === '\r' && text[at] === '\n';
  return { start: cuts(start) ? start - 1 : start, end: cuts(end) ? end + 1 : end };
}

test('the project: told at the start, edited with its labels, undone, and read again when it changes', async (t) => {
  const workspace = new Workspace(t);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  assert.deepEqual(
    client.project?.layers.map(({ name }) => name),
    ['pos', 'ner'],
  );
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const { connection } = client.client;
  const edit = { kind: 'renameLabel', layer: 'ner', from: 'PER', to: 'PERSON' } as const;
  assert.deepEqual(await connection.sendRequest(protocol.editProject, edit), { labels: 1 });
  assert.deepEqual(
    client.labels('a.txt').map(({ label }) => label),
    ['PERSON'],
  );
  assert.equal(client.project.layers[1].labels[0].name, 'PERSON');
  await assert.rejects(
    connection.sendRequest(protocol.editProject, edit),
    /The layer ner has no label PER\./,
  );
  const undone = await connection.sendRequest(protocol.undoLabels, { uri: client.uri('a.txt') });
  assert.equal(undone?.title, 'Rename PER to PERSON');
  assert.equal(client.project.layers[1].labels[0].name, 'PER');
  assert.equal(existsSync(path.join(workspace.root, '.glossator', 'project.json')), false);

  workspace.write(path.join(workspace.root, '.glossator', 'project.json'), '{ "layers": [] }');
  const told = first(client.projectChanged);
  const uri = client.uri('.glossator/project.json');
  await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
  assert.deepEqual((await told).layers, []);
  writeFileSync(path.join(workspace.root, '.glossator', 'project.json'), '{');
  const broken = first(client.projectChanged);
  await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  assert.match((await broken).problem ?? '', /The project file is not JSON/);
});

test('saving the text writes the places of its labels', async (t) => {
  const workspace = new Workspace(t);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'Bob', 'PER'));
  const before = readFileSync(workspace.sidecar(), 'utf8');
  await client.edit('a.txt', { start: 0, end: 0, newText: 'So ' });
  await client.save('a.txt');
  await client.label('a.txt', client.add('a.txt', 'London', 'LOC')); // after what came before it
  assert.notEqual(readFileSync(workspace.sidecar(), 'utf8'), before);
  assert.deepEqual(
    workspace.lines().map(({ start }) => start),
    [20, 33],
  );
});

test('a text that is opened twice has the labels of the second opening, and follows it', async (t) => {
  const workspace = new Workspace(t);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  await client.label('a.txt', client.add('a.txt', 'London', 'LOC'));
  await client.open('a.txt', `Once upon a time ${TEXT}`);
  const [{ start, end }] = client.labels('a.txt');
  assert.equal(client.text('a.txt').slice(start, end), 'London');
  await client.edit('a.txt', { start: 0, end: 0, newText: 'So: ' });
  await client.label('a.txt', client.add('a.txt', 'Ada Lovelace', 'PER'));
  assert.deepEqual(
    workspace.lines().map(({ start, end }) => client.text('a.txt').slice(start, end)),
    ['Ada Lovelace', 'London'],
  );
  await client.close('a.txt');
  await assert.rejects(client.label('a.txt', client.add('a.txt', 'So', 'PER')), /not open in the editor/);
});

test('a text that is closed and opened again before its label is on disk keeps being followed', async (t) => {
  const workspace = new Workspace(t);
  const client = await LabelClient.start(workspace.root);
  await client.open('a.txt', TEXT);
  const unblock = await workspace.block();
  const shown = first(client.didLabel, ({ put }) => put.length > 0);
  const saved = client.label('a.txt', client.add('a.txt', 'London', 'LOC'));
  await shown;
  await client.close('a.txt');
  const again = await client.open('a.txt', `So: ${TEXT}`);
  assert.equal(again.put.length, 1);
  await unblock();
  await saved;
  await client.edit('a.txt', { start: 0, end: 0, newText: 'Well. ' });
  await client.label('a.txt', client.add('a.txt', 'Ada Lovelace', 'PER'));
  assert.deepEqual(
    workspace.lines().map(({ start, end }) => client.text('a.txt').slice(start, end)),
    ['Ada Lovelace', 'London'],
  );
});
