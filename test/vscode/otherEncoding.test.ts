import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { LabelKeyboard } from './labelKeyboard';
import { skip, Workbench } from './workbench';

/** Six labelled letters, the third of them in Latin-1. */
function sixLetters(folder: string): void {
  const annotations = path.join(folder, '.glossator', 'annotations', 'letters');
  mkdirSync(annotations, { recursive: true });
  mkdirSync(path.join(folder, 'letters'));
  for (let number = 1; number <= 6; number++) {
    const text = `Émile ${number} wrote from Bergen.\n`;
    const start = text.indexOf('Bergen');
    const label = {
      ...{ id: `letter000${number}`, layer: 'ner', label: 'LOC', start, end: start + 'Bergen'.length },
      ...{ quote: 'Bergen', before: text.slice(0, start), after: '.\n', state: 'confirmed' },
      ...{ annotator: 'Ada', time: '2026-01-01T00:00:00.000Z' },
    };
    writeFileSync(path.join(folder, 'letters', `${number}.txt`), text, number === 3 ? 'latin1' : 'utf8');
    const lines = ['{"format":"glossator-annotations","version":1}', JSON.stringify(label)];
    writeFileSync(path.join(annotations, `${number}.txt.jsonl`), `${lines.join('\n')}\n`);
  }
}

suite('A text in another encoding, in VS Code', { skip, timeout: 600_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;

  before(async () => {
    workbench = await Workbench.start({}, sixLetters);
    keyboard = new LabelKeyboard(workbench);
  });
  after(() => workbench?.stop());

  test('a text in Latin-1 is named and left out of an export, and the others are in it', async () => {
    await keyboard.open('1.txt');
    await keyboard.command('Glossator: Export Annotations');
    await keyboard.answer(/What\?/, 'All texts that have labels');
    await keyboard.answer(/Which format/, 'Label Studio');
    await keyboard.accept('Export Annotations', 'labels.json');
    await keyboard.confirm('Export Annotations?');
    await keyboard.said(/5 texts with 5 labels exported/);
    await workbench.page
      .locator('.notification-list-item', { hasText: /letters\/3\.txt:1 was skipped: .*UTF-8/ })
      .waitFor();
    await workbench.screenshot('trust-latin1');
    const exported = readFileSync(path.join(workbench.folder, 'letters', 'labels.json'), 'utf8');
    for (const number of [1, 2, 4, 5, 6])
      assert.ok(exported.includes(`Émile ${number} wrote`), `letter ${number} is exported`);
    assert.ok(!exported.includes('3 wrote'));
  });
});
