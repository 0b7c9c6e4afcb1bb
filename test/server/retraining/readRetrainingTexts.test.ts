import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readRetrainingTexts } from '../../../server/retraining/readRetrainingTexts';

test('of texts without labels the beginning is read, up to the end of a paragraph', async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'glossator-texts-'));
  t.after(() => rmSync(root, { recursive: true }));
  const paragraph = 'The bell rang. It was old.\n\n';
  writeFileSync(path.join(root, 'long.txt'), paragraph.repeat(20_000));
  writeFileSync(path.join(root, 'lines.txt'), 'The bell rang twice today.\n'.repeat(20_000));
  writeFileSync(path.join(root, 'short.txt'), 'The bell rang.');
  writeFileSync(path.join(root, 'word.txt'), 'a'.repeat(50_000));
  const { texts } = await readRetrainingTexts(root);
  const lengths = Object.fromEntries(texts.map(({ name, text }) => [name, text.length]));
  assert.deepEqual(Object.keys(lengths), ['lines.txt', 'long.txt', 'short.txt', 'word.txt']);
  assert.equal(lengths['short.txt'], 14);
  for (const name of ['lines.txt', 'long.txt', 'word.txt']) assert.ok(lengths[name] <= 10_000, name);
  const long = texts.find(({ name }) => name === 'long.txt')?.text ?? '';
  assert.ok(long.length > 9900 && long.endsWith('old.'));
});
