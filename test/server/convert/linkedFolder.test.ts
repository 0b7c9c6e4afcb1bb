import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, it } from 'node:test';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import { openInput } from '../../../server/convert/openInput';
import { HEADER } from '../../../server/labelStore/sidecarText';

const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-linked-'));
after(() => rmSync(scratch, { recursive: true }));

it('finds the labels of a text in a folder that is reached by a link, where the editor keeps them', async () => {
  const [workspace, data] = [path.join(scratch, 'workspace'), path.join(scratch, 'data')];
  const annotations = path.join(workspace, '.glossator', 'annotations', 'texts');
  for (const folder of [annotations, data]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(data, 'a.txt'), 'Ada met Bob.');
  symlinkSync(data, path.join(workspace, 'texts'));
  const label = { layer: 'ner', label: 'PER', start: 0, end: 3 };
  const more = { quote: 'Ada', before: '', after: ' met Bob.', state: 'confirmed', annotator: 'Ben' };
  const line = JSON.stringify({ id: 'aaaaaaaaaa', ...label, ...more, time: '2026-01-01T00:00:00.000Z' });
  writeFileSync(path.join(annotations, 'a.txt.jsonl'), `${HEADER}\n${line}\n`);
  const { documents } = await openInput(path.join(workspace, 'texts', 'a.txt'), {});
  const found: AnnotatedText[] = [];
  for await (const { document } of documents()) found.push(document);
  const [document] = found;
  assert.deepEqual(
    document.labels.map(({ label: name, start, end }) => [name, start, end]),
    [['PER', 0, 3]],
  );
});
