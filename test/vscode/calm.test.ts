import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tagWithCommandLine } from './commandLine';
import { badges, frames, words } from './editorView';
import { skip, Workbench } from './workbench';

const NAMES = ['Ada Lovelace', 'Charles Babbage', 'Mary Somerville', 'Grace Hopper', 'Alan Turing'];
/** One paragraph of names, longer than what VS Code allows the hints of a line by default. */
const PARAGRAPH = `${Array.from({ length: 20 }, (_, i) => `${NAMES[i % 5]} wrote to ${NAMES[(i + 2) % 5]}`).join(', and ')}.\n`;

const CHAPTER =
  'Ada Lovelace walked slowly to London. She really liked Charles, who spoke very quietly.\nThey often met in Paris.\n';

suite('What is shown before anybody asked, in VS Code', { skip, timeout: 900_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({ 'glossator.partsOfSpeech.enabled': false }, (folder) => {
      writeFileSync(path.join(folder, 'names.txt'), PARAGRAPH);
      writeFileSync(path.join(folder, 'chapter.txt'), CHAPTER);
    });
  });
  after(() => workbench?.stop());

  test('names, and no parts of speech', async () => {
    await workbench.openTagged('chapter.txt');
    await workbench.until(async () => (await frames(workbench.page)).length >= 4 || undefined, 'names');
    assert.deepEqual(await words(workbench.page), []);
    await workbench.screenshot('calm');
  });

  test('adverbs alone after one command, and nothing after another', async () => {
    const { words: tagged, source } = tagWithCommandLine(path.join(workbench.folder, 'chapter.txt'), CHAPTER);
    const adverbs = tagged
      .filter(({ label }) => label === 'ADV')
      .map(({ start, end }) => source.slice(start, end));
    assert.ok(adverbs.length > 3);
    await workbench.run('Glossator: Highlight Adverbs');
    await workbench.untilEqual(
      async () => (await words(workbench.page)).map(({ text }) => text),
      adverbs,
      'the adverbs alone',
    );
    assert.deepEqual(await frames(workbench.page), []);
    await workbench.screenshot('calm-adverbs');
    await workbench.run('Glossator: Highlight Nothing');
    await workbench.untilEqual(async () => (await words(workbench.page)).length, 0, 'no words');
    await workbench.run('Glossator: Highlight Names');
    await workbench.until(async () => (await frames(workbench.page)).length >= 4 || undefined, 'names again');
  });

  test('every badge of a long paragraph', async () => {
    await workbench.openTagged('names.txt');
    const { entities } = tagWithCommandLine(path.join(workbench.folder, 'names.txt'), PARAGRAPH);
    assert.ok(entities.length >= 35);
    await workbench.untilEqual(
      async () => (await badges(workbench.page)).length,
      entities.length,
      'a badge for each name',
    );
    await workbench.screenshot('calm-badges');
  });

  test('headings alone in the outline of Markdown', async () => {
    const { page } = workbench;
    await workbench.openTagged('fieldnotes.md');
    await workbench.run('Explorer: Focus on Outline View');
    const rows = page.locator('.outline-pane .monaco-list-row');
    await rows.first().waitFor();
    await workbench.screenshot('calm-outline');
    const shown = (await rows.allInnerTexts()).map((text) => text.trim());
    assert.ok(
      shown.length > 0 && shown.every((text) => !/PER|LOC|ORG|Glossator/.test(text)),
      shown.join('; '),
    );
  });
});
