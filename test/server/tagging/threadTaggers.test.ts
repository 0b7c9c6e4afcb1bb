import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { InferenceThread } from '../../../server/tagging/inferenceThread';
import { threadTaggers } from '../../../server/tagging/threadTaggers';

const folder = mkdtempSync(path.join(tmpdir(), 'glossator-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A thread that runs `code`, which has `parentPort`. */
function threadOf(code: string): InferenceThread {
  const script = path.join(folder, `${Math.abs(hash(code))}.js`);
  writeFileSync(script, `const { parentPort } = require('node:worker_threads');\n${code}`);
  return new InferenceThread(script);
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
}

/** Answers every load but that of `endless`; tags a sentence with its model and its words; ends at `exit`, throws at `throw`. */
const ECHO = `
  let modelId = '';
  parentPort.on('message', (request) => {
    const { type, id } = request;
    if (type === 'close') parentPort.close();
    else if (type === 'load' && request.directory === 'bad')
      parentPort.postMessage({ type: 'failed', id, message: 'bad: no model.' });
    else if (type === 'load' && request.directory !== 'endless') {
      modelId = request.directory;
      parentPort.postMessage({ type: 'loaded', id, model: { modelId, layers: [], backend: 'wasm', notice: '' } });
    } else if (type === 'tag') {
      const [[first]] = request.sentences;
      if (first === 'exit') process.exit(3);
      if (first === 'throw') throw new Error('out of paper');
      parentPort.postMessage({ type: 'tagged', id, predictions: request.sentences.map((forms) => ({ from: modelId, forms })) });
    }
  });`;

const source = { backend: 'wasm', directory: 'a' } as const;

test('every model has a thread of its own, and answers find their calls', async () => {
  let threads = 0;
  const start = threadTaggers(() => {
    threads++;
    return threadOf(ECHO);
  });
  const a = await start(source);
  const b = await start({ ...source, directory: 'b' });
  assert.deepEqual([a.modelId, b.modelId, threads], ['a', 'b', 2]);
  const answers = await Promise.all([a.tag([['x']]), b.tag([['y']]), a.tag([['z']])]);
  const shape = answers.map(([prediction]) => JSON.stringify(prediction));
  assert.deepEqual(shape, [
    '{"from":"a","forms":["x"]}',
    '{"from":"b","forms":["y"]}',
    '{"from":"a","forms":["z"]}',
  ]);
});

test('the model before tags while the next one is loaded, and a third waits for that', async () => {
  const threads: InferenceThread[] = [];
  const start = threadTaggers(() => {
    threads.push(threadOf(ECHO));
    return threads[threads.length - 1];
  });
  const a = await start(source);
  const loading = assert.rejects(start({ ...source, directory: 'endless' }));
  const third = start({ ...source, directory: 'c' });
  assert.equal((await a.tag([['x']])).length, 1);
  assert.equal((await a.tag([['y']])).length, 1);
  assert.equal(threads.length, 2);
  threads[1].stop();
  await loading;
  assert.equal((await third).modelId, 'c');
});

test('a model that does not load ends its thread, and the next one loads', async () => {
  const threads: InferenceThread[] = [];
  const start = threadTaggers(() => {
    threads.push(threadOf(ECHO));
    return threads[threads.length - 1];
  });
  await assert.rejects(start({ ...source, directory: 'bad' }), {
    name: 'InputError',
    message: 'bad: no model.',
  });
  assert.equal(threads[0].isAlive, false);
  assert.equal((await start(source)).modelId, 'a');
});

const ENDS = [
  { word: 'exit', message: 'The tagger stopped: its thread ended with code 3.' },
  { word: 'throw', message: 'The tagger stopped: out of paper.' },
];

for (const { word, message } of ENDS) {
  test(`the end of a thread (${word}) rejects what waits, and the next start gets a new one`, async () => {
    const start = threadTaggers(() => threadOf(ECHO));
    const tagger = await start(source);
    await assert.rejects(tagger.tag([[word]]), { message });
    assert.equal((await tagger.ended).message, message);
    await assert.rejects(tagger.tag([['x']]), { message });
    const next = await start(source);
    assert.equal((await next.tag([['x']])).length, 1);
  });
}

test('a thread ends with its model, and says nothing of it', async () => {
  const thread = threadOf(ECHO);
  const tagger = await threadTaggers(() => thread)(source);
  const waiting = assert.rejects(tagger.tag([['x']]), { message: 'The tagger stopped: it was asked to.' });
  tagger.dispose();
  tagger.dispose(); // once more counts for nothing
  assert.equal(thread.isAlive, false);
  await waiting;
  const soon = new Promise((resolve) => setImmediate(resolve, 'nothing'));
  assert.equal(await Promise.race([tagger.ended, soon]), 'nothing');
});

test('an aborted call never reaches the thread', async () => {
  const tagger = await threadTaggers(() => threadOf(ECHO))(source);
  const aborted = AbortSignal.abort(new Error('no more'));
  await assert.rejects(tagger.tag([['exit']], { signal: aborted }), { message: 'no more' });
});

test('a script that is not there is an end like others', async () => {
  const thread = new InferenceThread(path.join(folder, 'missing.js'));
  await assert.rejects(threadTaggers(() => thread)(source), /The tagger stopped: Cannot find module/);
});
