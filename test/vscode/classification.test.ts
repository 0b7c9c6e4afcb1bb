import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { labelWithCommandLine, trainWithCommandLine, type LabelledSentence } from './commandLine';
import { badges, bars } from './editorView';
import { skip, Workbench } from './workbench';

suite('Labels of sentences in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let home: string;
  let sentences: LabelledSentence[];

  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'glossator-model-'));
    const model = path.join(home, 'feedback');
    trainWithCommandLine(model);
    workbench = await Workbench.start();
    sentences = labelWithCommandLine(path.join(workbench.folder, 'guestbook.txt'), model, 'feedback');
    await workbench.openTagged('guestbook.txt');
    await workbench.useMachineSettings({ 'glossator.model': model });
  });
  after(async () => {
    await workbench?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const labels = (): string[] => sentences.map(({ label }) => label);
  // While a line is being edited VS Code draws old and new hints together, and cuts them to “…” where they are many.
  const shown = (count: number): Promise<string[]> =>
    workbench.until(async () => {
      const found = await badges(workbench.page);
      return found.length === count && !found.includes('…') ? found : undefined;
    }, `${count} labels`);

  test('stand at the end of each sentence', async () => {
    assert.ok(new Set(labels()).size === 3, 'the sample has sentences of all three labels');
    assert.deepEqual(await shown(sentences.length), labels());
    // What follows the text of a sentence on screen is its label.
    const text = (await workbench.page.locator('.view-lines').first().innerText()).replace(/\s/g, '');
    for (const { text: sentence, label } of sentences.slice(1, 4)) {
      const end = sentence.replace(/\s/g, '').slice(-12);
      assert.ok(text.includes(end + label), `${end}${label} in ${text}`);
    }
    await workbench.screenshot('sentence-labels');
  });

  test('come after a bar, in one colour for each label', async () => {
    const colors = await bars(workbench.page);
    assert.equal(colors.length, sentences.length);
    const byLabel = new Map(labels().map((label, i) => [label, colors[i]]));
    assert.deepEqual(
      colors,
      labels().map((label) => byLabel.get(label)),
    );
    assert.equal(new Set(byLabel.values()).size, 3);
  });

  test('are in the hover over any word of the sentence, with probability and runner-up', async () => {
    const { page } = workbench;
    await workbench.goToStart();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents', {
      hasText: 'Sentence, feedback',
    });
    await hover.waitFor();
    const content = (await hover.innerText()).replace(/\s+/g, ' ');
    assert.match(
      content,
      new RegExp(`Sentence, feedback: ${labels()[0]} [\\d.>]+% Runner-up: \\w+ [\\d.<]+%`),
    );
    await workbench.screenshot('sentence-hover');
    await page.keyboard.press('Escape');
  });

  test('are in the legend with their number', async () => {
    await workbench.run('Glossator: Show All Tags of This Text');
    const questions = labels().filter((label) => label === 'question').length;
    const row = workbench.quickPicks.filter({ hasText: new RegExp(`question\\s*${questions}`) });
    await row.waitFor();
    await workbench.screenshot('sentence-legend');
    await workbench.page.keyboard.press('Escape');
  });

  test('follow the text as it is edited', async () => {
    await workbench.goToStart();
    await workbench.page.keyboard.insertText('Please bring the key back. ');
    const [first] = await shown(sentences.length + 1);
    assert.equal(first, 'request');
    await workbench.page.keyboard.press('Control+Shift+Home');
    await workbench.page.keyboard.press('Delete');
    // VS Code takes down the hint of the deleted text only with the answer for the new one.
    await workbench.untilEqual(() => badges(workbench.page), labels(), 'the labels of the text as it was');
  });

  test('go and come with a command', async () => {
    await workbench.run('Glossator: Toggle Sentence Labels');
    await shown(0);
    await workbench.until(async () => (await bars(workbench.page)).length === 0 || undefined, 'no bars');
    await workbench.run('Glossator: Toggle Sentence Labels');
    assert.deepEqual(await shown(sentences.length), labels());
  });

  test('can be read on a dark ground', async () => {
    await workbench.useSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
    await workbench.page.locator('.monaco-workbench.vs-dark').waitFor();
    assert.deepEqual(await shown(sentences.length), labels());
    await workbench.screenshot('sentence-labels-dark');
  });
});
