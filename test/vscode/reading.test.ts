import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { FRAMES, LINES, pieces, tagWithCommandLine } from './commandLine';
import type { ExpectedTags } from './commandLine';
import { badges, frames, merged, words } from './editorView';
import type { Piece } from './editorView';
import { skip, Workbench } from './workbench';

function expectedOf(workbench: Workbench, name: string): ExpectedTags {
  const file = path.join(workbench.folder, name);
  return tagWithCommandLine(file, readFileSync(file, 'utf8'));
}

suite('A text opened in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let letter: ExpectedTags;

  before(async () => {
    workbench = await Workbench.start();
    letter = expectedOf(workbench, 'letter.txt');
    await workbench.openTagged('letter.txt');
  });
  after(() => workbench?.stop());

  const shownFrames = async (): Promise<Piece[]> => merged(await frames(workbench.page));
  const shownWords = async (): Promise<Piece[]> => merged(await words(workbench.page));
  const shownBadges = (): Promise<string[]> => badges(workbench.page);

  test('frames every entity in the line of its label', async () => {
    const expected = merged(pieces(letter, letter.entities, FRAMES));
    assert.ok(expected.length >= 5, 'the sample has entities');
    await workbench.untilEqual(shownFrames, expected, 'a frame around each entity');
  });

  test('underlines every word in the line of its part of speech, but no punctuation', async () => {
    const expected = merged(pieces(letter, letter.words, LINES));
    await workbench.untilEqual(shownWords, expected, 'a line under each word');
  });

  test('writes the label after each entity', async () => {
    const labels = letter.entities.map(({ label }) => label);
    await workbench.untilEqual(shownBadges, labels, 'a badge for each entity');
    await workbench.screenshot('letter-light');
  });

  test('says in the language status what was tagged, by what and how fast', async () => {
    const status = await workbench.status(/words\. /);
    const number = letter.words.length.toLocaleString('en');
    assert.match(status, new RegExp(`Glossator: ${number} words\\. `));
    assert.match(status, /wasm · model \w{8} · [\d,]+ in [\d,]+ ms/);
    const { page } = workbench;
    await page.locator('[id="status.languageStatus"]').hover();
    await page.locator('.hover-language-status', { hasText: 'Glossator' }).waitFor();
    await workbench.screenshot('language-status');
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
  });

  test('explains the word under the pointer', async () => {
    const { page } = workbench;
    const entity = letter.entities.find(({ label }) => label === 'LOC') ?? letter.entities[0];
    const text = letter.source.slice(entity.start, entity.end).split(/\s/)[0];
    await page.locator('.view-lines span[class*="ced-"]', { hasText: text }).first().hover();
    const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Part of speech' });
    await hover.waitFor();
    const content = (await hover.innerText()).replace(/\s+/g, ' ');
    assert.match(content, /Part of speech: \w+ \([a-z ]+\) \d/);
    assert.match(content, new RegExp(`Named entity: ${entity.label} \\(\\w+\\) \\d`));
    await workbench.until(
      async () =>
        (await hover.evaluate((each) => getComputedStyle(each.closest('.monaco-hover') ?? each).opacity)) ===
          '1' || undefined,
      'a hover that has faded in',
    );
    await workbench.screenshot('hover');
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
  });

  test('leaves the markup of Markdown alone', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 1500 });
    const notes = expectedOf(workbench, 'fieldnotes.md');
    await workbench.openTagged('fieldnotes.md');
    const expected = merged(pieces(notes, notes.words, LINES));
    await workbench.untilEqual(shownWords, expected, 'the words of the Markdown text and no others');
    // Code, link targets, front matter and comments.
    const all = (await words(workbench.page)).map(({ text }) => text);
    for (const masked of ['dialects', '--device', 'wav', 'speed', 'example', 'window.jpg', 'unreadable']) {
      assert.ok(!all.includes(masked), masked);
    }
    const entities = merged(pieces(notes, notes.entities, FRAMES));
    await workbench.untilEqual(shownFrames, entities, 'a frame around each entity');
    const labels = notes.entities.map(({ label }) => label);
    await workbench.untilEqual(shownBadges, labels, 'a badge for each entity');
    await workbench.screenshot('markdown-light');
    await workbench.page.setViewportSize({ width: 1280, height: 720 });
  });

  test('frames entities also on lines with right-to-left script', async () => {
    const opening = expectedOf(workbench, 'opening.txt');
    await workbench.openTagged('opening.txt');
    const expected = merged(pieces(opening, opening.entities, FRAMES));
    await workbench.untilEqual(shownFrames, expected, 'a frame around each entity');
    await workbench.screenshot('right-to-left');
  });

  test('puts nothing into the Problems panel by default', async () => {
    const label = await workbench.page.locator('[id="status.problems"]').getAttribute('aria-label');
    assert.equal(label, 'No Problems');
  });
});
