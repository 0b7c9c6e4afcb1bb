import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import type { LabelOperation } from '../../../server/labelStore/labelOperation';
import { LabelStore } from '../../../server/labelStore/labelStore';
import { labelled } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';
const add = (words: string): LabelOperation => ({ kind: 'add', label: labelled(TEXT, words) });

describe('a full disk', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossator-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', folder]).status === 0;
  after(() => {
    if (mounted) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'gives one clear sentence, keeps the labels in memory and the file whole, and saves when there is space',
    { skip: mounted ? false : 'needs the right to mount a small disk' },
    async () => {
      const store = new LabelStore(folder, { annotator: () => 'Ada' });
      const { live } = await store.open('a.txt', TEXT);
      await store.apply('a.txt', 'Label', [add('London')]);
      const sidecar = path.join(folder, '.glossator', 'annotations', 'a.txt.jsonl');
      const before = readFileSync(sidecar, 'utf8');
      const filler = path.join(folder, 'filler');
      assert.throws(() => writeFileSync(filler, Buffer.alloc(1 << 20)), { code: 'ENOSPC' });
      for (const words of ['Ada Lovelace', 'Charles Babbage'])
        await assert.rejects(store.apply('a.txt', 'Label', [add(words)]), (error) => {
          assert.ok(error instanceof InputError);
          assert.equal(error.message, 'The disk is full, so the labels could not be saved.');
          return true;
        });
      assert.equal(live.labels.length, 3);
      assert.equal(readFileSync(sidecar, 'utf8'), before);
      assert.deepEqual(readdirSync(path.dirname(sidecar)), ['a.txt.jsonl']);
      rmSync(filler);
      await store.saveAll();
      assert.equal(readFileSync(sidecar, 'utf8').trimEnd().split('\n').length, 4);
      await store.undo('a.txt');
      assert.equal(live.labels.length, 2);
      assert.ok(existsSync(path.join(folder, '.glossator', 'local', 'history.jsonl')));
    },
  );
});
