import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { FRAMES, counts, pieces, tagWithCommandLine } from './commandLine';
import type { ExpectedTags } from './commandLine';
import { badges, frames, merged, words } from './editorView';
import { skip, Workbench } from './workbench';

suite('Commands in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let story: ExpectedTags;

  before(async () => {
    workbench = await Workbench.start();
    const file = path.join(workbench.folder, 'story.txt');
    story = tagWithCommandLine(file, readFileSync(file, 'utf8'));
    await workbench.openTagged('story.txt');
    await framed((shown) => shown === allFrames());
  });
  after(() => workbench?.stop());

  const allFrames = (): number => pieces(story, story.entities, FRAMES).length;

  /** Waits until the frames on screen are as wanted; a frame that a line breaks counts once for each line. */
  async function framed(isWanted: (number: number) => boolean): Promise<void> {
    await workbench.until(
      async () => isWanted(Math.min((await frames(workbench.page)).length, allFrames())) || undefined,
      'the wanted frames',
    );
  }

  test('stand in the palette under one name', async () => {
    const { page } = workbench;
    await workbench.openQuickInput('F1');
    for (const title of ['Toggle Entities', 'Go to Next Entity', 'Tag This Text Again', 'Label…']) {
      await workbench.quickInput.fill(`>Glossator: ${title}`);
      await workbench.quickPicks
        .filter({ hasText: `Glossator: ${title}` })
        .first()
        .waitFor();
    }
    await workbench.quickInput.fill('>Glossator: ');
    await workbench.screenshot('palette');
    await page.keyboard.press('Escape');
  });

  test('hide the entities, with their labels, and show them again', async () => {
    await workbench.run('Glossator: Toggle Entities');
    await framed((shown) => shown === 0);
    await workbench.until(async () => (await badges(workbench.page)).length === 0 || undefined, 'no badges');
    assert.ok((await words(workbench.page)).length > 0, 'parts of speech stay');
    await workbench.run('Glossator: Toggle Entities');
    await framed((shown) => shown === allFrames());
  });

  test('hide the parts of speech and show them again', async () => {
    await workbench.run('Glossator: Toggle Parts of Speech');
    const hasWords = async (): Promise<boolean> => (await words(workbench.page)).length > 0;
    await workbench.until(async () => !(await hasWords()) || undefined, 'no decorated words');
    assert.ok((await frames(workbench.page)).length > 0, 'entities stay');
    await workbench.screenshot('entities-alone');
    await workbench.run('Glossator: Toggle Parts of Speech');
    await workbench.until(async () => (await hasWords()) || undefined, 'decorated words');
  });

  test('show the tags that were chosen', async () => {
    const label = story.entities[0].label;
    await workbench.run('Glossator: Choose Tags to Show');
    const row = workbench.quickPicks.filter({ hasText: new RegExp(`^\\s*${label}`) }).first();
    await row.waitFor();
    await workbench.screenshot('choose-tags');
    await row.click();
    await workbench.page.keyboard.press('Enter');
    const rest = pieces(
      story,
      story.entities.filter((entity) => entity.label !== label),
      FRAMES,
    );
    await workbench.untilEqual(
      async () => merged(await frames(workbench.page)),
      merged(rest),
      `frames around all but ${label}`,
    );
    await workbench.run('Glossator: Choose Tags to Show');
    await row.waitFor();
    await row.click();
    await workbench.page.keyboard.press('Enter');
    await framed((shown) => shown === allFrames());
  });

  test('list all tags with their numbers, and go to the one chosen', async () => {
    const { page } = workbench;
    await workbench.goToStart();
    await workbench.run('Glossator: Show All Tags of This Text');
    await workbench.quickPicks.first().waitFor();
    const rows = (await workbench.quickPicks.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    const entities = counts(story.entities);
    for (const [label, number] of entities) {
      assert.ok(
        rows.some((row) => row.startsWith(label) && row.includes(`· ${number}`)),
        `${label} ${number} in ${rows.join('; ')}`,
      );
    }
    await workbench.screenshot('legend');
    await workbench.quickInput.fill('PROPN');
    await page.keyboard.press('Enter');
    const first = story.words.find(({ label, start }) => label === 'PROPN' && start > 0);
    assert.ok(first);
    await selected(first.end - first.start);
  });

  test('go from entity to entity by keyboard and say where one is', async () => {
    const { page } = workbench;
    const message = page.locator('.statusbar-item', { hasText: /\d+ of \d+ entities/ });
    await workbench.goToStart();
    const [first, second] = story.entities.filter(({ start }) => start > 0);
    await page.keyboard.press('Alt+F11');
    await selected(first.end - first.start);
    assert.ok(
      (await message.innerText()).includes(story.source.slice(first.start, first.end).split('\n')[0]),
    );
    await page.keyboard.press('Alt+F11');
    await selected(second.end - second.start);
    await page.keyboard.press('Shift+Alt+F11');
    await selected(first.end - first.start);
    await workbench.screenshot('next-entity');
  });

  async function selected(length: number): Promise<void> {
    await workbench.page
      .locator('[id="status.editor.selection"]', { hasText: `(${length} selected)` })
      .waitFor();
  }

  test('show the tags of the word at the cursor', async () => {
    await workbench.run('Glossator: Show Tags of the Word at the Cursor');
    const hover = workbench.page.locator('.monaco-hover:not(.hidden) .hover-contents');
    await hover.filter({ hasText: 'Named entity' }).first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  test('tag the text again', async () => {
    const wordsSoFar = async (): Promise<number> => {
      const status = await workbench.status(/words\. .* in [\d,]+ ms/);
      return Number(/([\d,]+) in [\d,]+ ms/.exec(status)?.[1].replaceAll(',', ''));
    };
    const before = await wordsSoFar();
    await workbench.run('Glossator: Tag This Text Again');
    await workbench.until(
      async () => (await wordsSoFar()) >= before + story.words.length || undefined,
      'all words tagged anew',
    );
    await framed((shown) => shown === allFrames());
  });

  test('show what the model is made of, in a document that nobody can change', async () => {
    const { page } = workbench;
    await workbench.run('Glossator: Show Model Details');
    await page.locator('.tab.active', { hasText: 'Glossator Model.md' }).waitFor();
    const lines = page.locator('.editor-instance .monaco-editor[data-uri^="glossator:"] .view-lines');
    await lines.filter({ hasText: /Model\s\w{12}/ }).waitFor();
    await lines.filter({ hasText: /layer\sweights:.*word\salone\s\d+\s%/ }).waitFor();
    await workbench.screenshot('model-details');
    await lines.click();
    await page.keyboard.type('x');
    assert.equal(await page.locator('.tab.active.dirty').count(), 0);
    await page.keyboard.press('Escape');
    await workbench.run('View: Close Editor');
    await page.locator('.tab', { hasText: 'Glossator Model.md' }).waitFor({ state: 'detached' });
  });

  test('show the output of the server', async () => {
    await workbench.run('Glossator: Show Output');
    const lines = workbench.page.locator('.output-view .view-lines');
    await lines.filter({ hasText: /Model\s\w{8}/ }).waitFor();
    await workbench.screenshot('output');
    await workbench.page.keyboard.press('Control+j');
    await lines.waitFor({ state: 'hidden' });
  });

  test('restart the server', async () => {
    await workbench.run('Glossator: Restart the Language Server');
    await workbench.status(/starting|loading/);
    await workbench.status(/[1-9]\d* words?\. /);
    await framed((shown) => shown === allFrames());
  });
});
