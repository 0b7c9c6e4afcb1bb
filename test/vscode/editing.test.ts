import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { FRAMES, LINES, pieces, tagWithCommandLine } from './commandLine';
import type { ExpectedTags } from './commandLine';
import { frames, merged, words } from './editorView';
import { skip, Workbench } from './workbench';

const ORIGINAL = 'The bridge was closed.\n\nNobody in Geneva knew why.\n';

suite('Tags in VS Code follow edits', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({ 'editor.autoClosingQuotes': 'never' }, (folder) =>
      writeFileSync(path.join(folder, 'bridge.txt'), ORIGINAL),
    );
    await workbench.openTagged('bridge.txt');
  });
  after(() => workbench?.stop());

  function expectedOf(text: string): ExpectedTags {
    const file = path.join(workbench.folder, '..', 'expected.txt');
    writeFileSync(file, text);
    return tagWithCommandLine(file, text);
  }

  /** Waits until the editor shows the tags that a fresh run gives the text. */
  async function shows(text: string): Promise<void> {
    const tags = expectedOf(text);
    await workbench.untilEqual(
      async () => ({
        words: merged(await words(workbench.page)),
        frames: merged(await frames(workbench.page)),
      }),
      {
        words: merged(pieces(tags, tags.words, LINES)),
        frames: merged(pieces(tags, tags.entities, FRAMES)),
      },
      `the tags of ${JSON.stringify(text)}`,
    );
  }

  test('the text as it was opened', () => shows(ORIGINAL));

  test('typing a sentence at the beginning', async () => {
    await workbench.goToStart();
    await workbench.page.keyboard.type('Anna Keller called from Berlin. ');
    await shows(`Anna Keller called from Berlin. ${ORIGINAL}`);
    await workbench.screenshot('after-typing');
  });

  test('typing at every pace, so that tags arrive between keys', async () => {
    const before = `Anna Keller called from Berlin. ${ORIGINAL}`;
    for (const delay of [5, 20, 35, 50, 65, 80, 110, 150]) {
      await workbench.goToStart();
      await workbench.page.keyboard.type('Then he ran. ', { delay });
      await shows(`Then he ran. ${before}`);
      await workbench.page.keyboard.press('Control+a');
      await workbench.page.keyboard.insertText(before);
      await shows(before);
    }
  });

  test('blank lines, which change no sentence', async () => {
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('\n\n  ');
    await shows(`Anna Keller called from Berlin. ${ORIGINAL}\n\n  `);
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('x');
    await shows(`xAnna Keller called from Berlin. ${ORIGINAL}\n\n  `);
  });

  test('deleting a line', async () => {
    await workbench.page.keyboard.press('Control+Shift+k');
    await shows(`\nNobody in Geneva knew why.\n\n\n  `);
  });

  test('deleting everything and bringing it back', async () => {
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.press('Delete');
    await workbench.until(
      async () =>
        (await words(workbench.page)).length + (await frames(workbench.page)).length === 0 || undefined,
      'an empty text without tags',
    );
    await workbench.page.keyboard.press('Control+z');
    await shows(`\nNobody in Geneva knew why.\n\n\n  `);
  });
});
