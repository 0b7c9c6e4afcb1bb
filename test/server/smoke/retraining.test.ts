import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Random } from '../../../models/random';
import { BenchDocument } from '../../../cli/bench/benchDocument';
import { StdioClient } from '../../../cli/start/stdioClient';
import { Event } from '../../../server/event';
import { label } from '../../../server/protocol/labels';
import {
  didChangeReviewQueue,
  type DidChangeReviewQueueParams,
  reviewQueue,
} from '../../../server/protocol/queue';
import { retrain } from '../../../server/protocol/retraining';
import { first } from '../features/memoryClient';
import { labelledFolder } from '../retraining/labelledFolder';
import { serverCommand, skipWithoutModel } from './builtServer';

test(
  'while a model is retrained the queue answers, labels are taken and edits tagged; then open texts follow',
  { skip: skipWithoutModel },
  async (context) => {
    const folder = labelledFolder();
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    const client = new StdioClient({ command: serverCommand });
    context.after(() => client.process.kill('SIGKILL'));
    const queue = new Event<DidChangeReviewQueueParams>();
    client.connection.onNotification(didChangeReviewQueue, (params) => queue.fire(params));
    await client.initialize({
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'texts' }],
      initializationOptions: { trusted: true },
    });
    const uri = pathToFileURL(path.join(folder, 'more.txt')).href;
    const text = readFileSync(path.join(folder, 'more.txt'), 'utf8');
    const document = new BenchDocument(client, uri, text);
    await document.open();
    const { modelId: before } = await client.nextStatus(({ state }) => state === 'idle');

    let isTraining = true;
    const training = client.connection.sendRequest(retrain).finally(() => (isTraining = false));
    await client.nextStatus((status) => status.training !== undefined);

    const whole = first(queue, ({ items, waiting }) => items.length === 2 && waiting === 0);
    await client.connection.sendRequest(reviewQueue, {});
    const [item] = (await whole).items;
    assert.equal(isTraining, true, 'the queue did not wait for the end');

    const moved = first(queue, ({ decided }) => decided.includes(item.id));
    const { layer, focus } = item;
    await client.connection.sendRequest(label, {
      ...{ uri, version: 1, title: 'Label' },
      operations: [{ kind: 'add', layer, label: 'PER', start: focus.start, end: focus.end }],
    });
    assert.equal((await moved).items.length, 1);
    assert.equal(isTraining, true, 'nor did the label');

    await document.edit(new Random(1), false);
    assert.equal(isTraining, true, 'nor did the edit');

    const followed = client.nextTags((params) => params.modelId !== before && params.pending === 0);
    const { outcome, run } = await training;
    assert.deepEqual([outcome, run !== null], ['used', true]);
    await followed;
    const layers = document.sentences().map(({ wire }) => Object.keys(wire.layers ?? {}).sort());
    assert.deepEqual([...new Set(layers.map(String))], ['gene,ner,pos']);
    assert.equal(await client.stop(), 0);
  },
);
