import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MemoryClient } from './memoryClient';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('documents that come, change and go leave nothing behind', async () => {
  const client = await MemoryClient.start();
  const text = 'Ada met Bob. Bob saw London.\n\n'.repeat(50);
  const cycle = async (i: number): Promise<void> => {
    const uri = `file:///${i}.txt`;
    await client.open(uri, text);
    await client.replace(uri, 2, `Bob saw Ada. ${text}`);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  };
  for (let i = 0; i < 30; i++) await cycle(i);
  const before = heapInUse();
  for (let i = 30; i < 230; i++) await cycle(i);
  const growth = heapInUse() - before;
  // One such document with its tags takes about 0.2 MB: 200 that stayed would be 40 MB.
  assert.ok(growth < 4e6, `grew by ${growth} bytes`);
});
