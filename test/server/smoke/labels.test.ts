import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { StdioClient } from '../../../cli/start/stdioClient';
import { didLabel, label, undoLabels, type DidLabelParams } from '../../../server/protocol/labels';
import { serverCommand, skipWithoutBuild } from './builtServer';

const TEXT = 'Ada Lovelace met Bob.\nBob saw London.';

test(
  'a label outlives a killed server, and can still be undone',
  { skip: skipWithoutBuild },
  async (context) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'glossator-killed-'));
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    const uri = pathToFileURL(path.join(folder, 'a.txt')).href;

    const start = async (): Promise<{ client: StdioClient; told: DidLabelParams }> => {
      const client = new StdioClient({ command: serverCommand });
      await client.initialize({
        workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'texts' }],
        initializationOptions: { model: path.join(folder, 'no-such-model') },
      });
      const told = new Promise<DidLabelParams>((resolve) =>
        client.connection.onNotification(didLabel, resolve),
      );
      await client.open(uri, TEXT);
      return { client, told: await told };
    };

    const first = await start();
    assert.deepEqual(first.told.put, []);
    const operation = { kind: 'add', layer: 'ner', label: 'PER', start: 17, end: 20 } as const;
    await first.client.connection.sendRequest(label, {
      ...{ uri, version: 1, title: 'Label Bob', operations: [operation] },
    });
    const killed = new Promise((resolve) => first.client.process.once('exit', resolve));
    first.client.process.kill('SIGKILL');
    await killed;

    const second = await start();
    assert.deepEqual(
      second.told.put.map(({ label: name, start, end, quote }) => ({ name, start, end, quote })),
      [{ name: 'PER', start: 17, end: 20, quote: 'Bob' }],
    );
    const undone = await second.client.connection.sendRequest(undoLabels, { uri });
    assert.equal(undone?.title, 'Label Bob');
    assert.equal(await second.client.stop(), 0);
  },
);
