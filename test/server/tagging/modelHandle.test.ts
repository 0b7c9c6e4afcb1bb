import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelHandle } from '../../../server/tagging/modelHandle';
import { HeldTagger } from './heldTagger';

test('without a model there is nothing to lease', () => {
  const handle = new ModelHandle();
  assert.equal(handle.lease(), null);
  assert.equal(handle.modelId, null);
});

test('a model that was swapped out lives until its last lease', () => {
  const [old, next] = [new HeldTagger('old'), new HeldTagger('next')];
  const handle = new ModelHandle();
  handle.swap(old);
  const leases = [handle.lease(), handle.lease()];
  handle.swap(next);
  assert.equal(handle.modelId, 'next');
  assert.equal(handle.lease()?.tagger, next);
  leases[0]?.release();
  leases[0]?.release(); // a second release of one lease counts for nothing
  assert.equal(old.isDisposed, false);
  leases[1]?.release();
  assert.equal(old.isDisposed, true);
  assert.equal(next.isDisposed, false);
});

test('a model nobody uses is disposed at once', () => {
  const tagger = new HeldTagger();
  const handle = new ModelHandle();
  handle.swap(tagger);
  handle.swap(null);
  assert.equal(tagger.isDisposed, true);
});
