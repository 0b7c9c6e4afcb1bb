import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../../../server/protocol/messages';
import { lexiconTagger } from './lexiconTagger';
import { MemoryClient } from './memoryClient';

test('the server tells what its model is made of', async () => {
  const client = await MemoryClient.start();
  await client.state('idle');
  const { details } = lexiconTagger();
  assert.deepEqual(await client.connection.sendRequest(model), {
    modelId: 'lexicon',
    directory: 'models/pretrained',
    backend: 'wasm',
    ...details,
  });
});

test('where no model serves, the answer is null', async () => {
  const client = await MemoryClient.start({ startTagger: () => Promise.reject(new Error('No model.')) });
  await client.state('failed');
  assert.equal(await client.connection.sendRequest(model), null);
});
