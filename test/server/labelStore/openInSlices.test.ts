import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { quoteAt } from '../../../models/annotations/quoteLabel';
import { formatSidecar } from '../../../server/labelStore/sidecarText';
import { Workspace } from './workspace';

const LABELS = 3000;
const TEXT = Array.from({ length: LABELS }, (_, i) => `Number ${i} rang. `).join('');

function labels(): Parameters<typeof formatSidecar>[0] {
  return Array.from({ length: LABELS }, (_, i) => {
    const start = TEXT.indexOf(`Number ${i} `) + 7;
    const end = start + String(i).length;
    const decided = { annotator: 'Ada', time: '2026-01-01T00:00:00.000Z', state: 'confirmed' as const };
    return { id: `l${i}`, layer: 'ner', label: 'NUM', start, end, ...quoteAt(TEXT, start, end), ...decided };
  });
}

for (const editAt of [1, 10, 40, 100]) {
  test(`a text that is edited in turn ${editAt} while its labels are read and found has them in their places`, async (t) => {
    const workspace = new Workspace(t);
    workspace.write(workspace.sidecar(), formatSidecar(labels()));
    const store = workspace.store();
    let text = `Before.\n${TEXT}`;
    let [turns, isOpen] = [0, false];
    const opening = store.open('a.txt', () => text).finally(() => (isOpen = true));
    for (; !isOpen; await nextTurn()) if (++turns === editAt) text = `More ${text}`;
    const { live } = await opening;
    if (live.text !== text) live.edit([{ start: 0, end: 0, newText: 'More ' }]); // opened before
    assert.equal(live.labels.length, LABELS);
    for (const { start, end, quote, review } of live.labels)
      assert.deepEqual([text.slice(start, end), review], [quote, undefined]);
    assert.ok(turns > 30, `other messages had ${turns} turns`);
  });
}
