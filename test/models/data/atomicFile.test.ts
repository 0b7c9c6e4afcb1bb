import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { writeFileAtomically } from '../../../models/data/atomicFile';

it('writeFileAtomically replaces files whole and leaves nothing else behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'glossator-'));
  try {
    const path = join(folder, 'a.txt');
    await writeFileAtomically(path, 'one');
    await writeFileAtomically(path, new TextEncoder().encode('two'));
    assert.equal(await readFile(path, 'utf8'), 'two');
    await assert.rejects(writeFileAtomically(join(folder, 'none', 'b.txt'), 'x'));
    await assert.rejects(writeFileAtomically(folder, 'x'));
    assert.deepEqual(await readdir(folder), ['a.txt']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
