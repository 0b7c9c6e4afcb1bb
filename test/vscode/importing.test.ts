import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { badges } from './editorView';
import { LabelKeyboard } from './labelKeyboard';
import { skip, Workbench } from './workbench';

const COLUMNS = `-DOCSTART- -X- O O

Mira NNP B-NP B-PER
Olsen NNP I-NP I-PER
left VBD B-VP O
Oslo NNP B-NP B-LOC
. . O O

The DT B-NP O
harbour NN I-NP O
froze VBD B-VP O
. . O O
`;

suite('Import of annotations in VS Code', { skip, timeout: 600_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;

  before(async () => {
    workbench = await Workbench.start({}, (folder) => {
      mkdirSync(path.join(folder, 'corpus'));
      writeFileSync(path.join(folder, 'corpus', 'train.conll'), COLUMNS);
    });
    keyboard = new LabelKeyboard(workbench);
  });
  after(() => workbench?.stop());

  test('a file of data is not tagged, and its status offers the import', async () => {
    await keyboard.open('train.conll');
    assert.match(await workbench.status(/not tagged/), /it holds data, not prose/);
  });

  test('CoNLL-2003 comes in as gold in three key presses, and nothing else does', async () => {
    const { page } = workbench;
    await keyboard.chord('i');
    await workbench.until(
      async () => /CoNLL-2003, IOB2 · 1 text · 2 labels/.test(await workbench.question()) || undefined,
      'what the import will do',
    );
    await workbench.screenshot('import-plan');
    await page.keyboard.press('Enter');
    await keyboard.said(/1 text with 2 labels imported/);
    await page.locator('.tab.active', { hasText: 'train.txt' }).waitFor();
    assert.equal(
      readFileSync(path.join(workbench.folder, 'corpus', 'train.txt'), 'utf8'),
      'Mira Olsen left Oslo .\nThe harbour froze .\n',
    );
    assert.deepEqual(keyboard.told('corpus/train.txt').sort(), [
      'LOC Oslo',
      'PER Mira Olsen',
      'ner Mira Olsen left Oslo .',
      'ner The harbour froze .',
    ]);
    await workbench.untilEqual(
      async () => (await badges(page)).filter((badge) => /PER|LOC|NN|VB/.test(badge)),
      ['PER\u00a0✓', 'LOC\u00a0✓'],
      'the labels of ner alone',
    );
    assert.equal(await page.locator('.notification-list-item').count(), 0, 'no message in the way');
    await workbench.screenshot('import-gold');
  });
});
