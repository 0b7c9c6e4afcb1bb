import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { words } from './editorView';
import { skip, Workbench } from './workbench';

const SENTENCES = 850;
const WORDS_PER_SENTENCE = 12;

/** About 10,000 words in sentences of which no two are equal, so that none comes from the cache. */
function longText(folder: string): string {
  const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const vocabulary = texts
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split(/[^A-Za-z]+/))
    .filter((word) => word.length > 1);
  const sentences = Array.from({ length: SENTENCES }, (_, i) => {
    const chosen = Array.from(
      { length: WORDS_PER_SENTENCE },
      (_, j) => vocabulary[(i * 7 + j * (1 + (i % 5))) % vocabulary.length],
    );
    return `Then ${chosen.join(' ')}.`;
  });
  return sentences.map((sentence, i) => (i % 5 === 4 ? `${sentence}\n\n` : `${sentence} `)).join('');
}

suite('A text of 10,000 words in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({}, (folder) =>
      writeFileSync(path.join(folder, 'long.txt'), longText(folder)),
    );
    // The model is loaded before the clock starts.
    await workbench.openTagged('posts.txt');
  });
  after(() => workbench?.stop());

  const decorated = async (): Promise<number> => (await words(workbench.page)).length;

  test('is tagged first where it is looked at', async (t) => {
    const opened = performance.now();
    await workbench.open('long.txt');
    await workbench.until(async () => (await decorated()) > 200 || undefined, 'tags at the beginning');
    t.diagnostic(`tags on screen ${Math.round(performance.now() - opened)} ms after opening`);
    await workbench.goToStart();
    await workbench.page.keyboard.press('Control+End');
    const scrolled = performance.now();
    await workbench.until(async () => (await decorated()) > 200 || undefined, 'tags at the end');
    t.diagnostic(`tags on screen ${Math.round(performance.now() - scrolled)} ms after going to the end`);
    const status = await workbench.status(/Glossator/);
    assert.match(status, /sentences to go/, 'the middle still waits');
    await workbench.screenshot('long-text');
  });

  test('takes edits while the rest is being tagged', async (t) => {
    const typed = performance.now();
    await workbench.page.keyboard.insertText('Zebras sleep.');
    await workbench.until(
      async () => (await words(workbench.page)).some(({ text }) => text === 'Zebras') || undefined,
      'tags of the new sentence',
    );
    t.diagnostic(`new tags on screen ${Math.round(performance.now() - typed)} ms after the edit`);
  });

  test('is tagged to the last word, and the window does not freeze meanwhile', async (t) => {
    const longest = workbench.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let last = performance.now();
          let longestGap = 0;
          const frame = (now: number): void => {
            longestGap = Math.max(longestGap, now - last);
            last = now;
            const item = document.getElementById('status.languageStatus');
            const isDone = !(item?.getAttribute('aria-label') ?? 'to go').includes('to go');
            if (isDone) resolve(longestGap);
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }),
    );
    for (let i = 0; i < 30; i++) await workbench.page.keyboard.press('PageUp');
    const gap = await longest;
    t.diagnostic(`longest time between two pictures while tagging and scrolling: ${Math.round(gap)} ms`);
    assert.ok(gap < 2000, `${gap} ms`);
    const status = await workbench.status(/words\. /);
    const tagged = Number(/([\d,]+) words\. /.exec(status)?.[1].replaceAll(',', ''));
    assert.ok(tagged > SENTENCES * WORDS_PER_SENTENCE, status);
  });
});
