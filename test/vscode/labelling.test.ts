import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tagWithCommandLine } from './commandLine';
import type { ExpectedTags } from './commandLine';
import { badges, frames } from './editorView';
import { LabelKeyboard, type LabelLine } from './labelKeyboard';
import { root, skip, Workbench } from './workbench';

/** Our own words, about people and places that the model knows for names. */
const TEXT = `Clara Winter took the night train from Lisbon to Madrid.

On Tuesday she met Mr. Pereira in Geneva, and they talked about clocks until the café closed.

Her brother Daniel stayed in London with the dog.
`;

const ADDED = 'Dear all,\nhere is the news. ☕\n\n';

/** The contributed colour of places in a kind of theme, as a browser writes it. */
function locationColor(kind: string): string {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    contributes: { colors: { id: string; defaults: Record<string, string> }[] };
  };
  const color = contributes.colors.find(({ id }) => id === 'glossator.entity.locationBorder')?.defaults[kind];
  return `rgb(${[1, 3, 5].map((i) => Number.parseInt((color ?? '').slice(i, i + 2), 16)).join(', ')})`;
}

suite('Labelling with the keyboard in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;
  let expected: ExpectedTags;
  let text: string;
  let sidecar: string;

  before(async () => {
    workbench = await Workbench.start({}, (folder) => {
      writeFileSync(path.join(folder, 'journey.txt'), TEXT);
      const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
      git('init', '--quiet');
      git('config', 'user.name', 'Ada');
      git('config', 'user.email', 'ada@example.org');
    });
    keyboard = new LabelKeyboard(workbench);
    text = path.join(workbench.folder, 'journey.txt');
    sidecar = path.join(workbench.folder, '.glossator', 'annotations', 'journey.txt.jsonl');
    expected = tagWithCommandLine(text, TEXT);
    assert.ok(expected.entities.length >= 5, 'the model suggests enough');
    await openFromKeyboard();
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
  });
  after(() => workbench?.stop());

  const openFromKeyboard = (): Promise<void> => keyboard.open('journey.txt');
  const chord = (key: string): Promise<void> => keyboard.chord(key);
  const command = (title: string): Promise<void> => keyboard.command(title);
  const said = (words: RegExp): Promise<void> => keyboard.said(words);
  const answer = (question: RegExp, value: string): Promise<void> => keyboard.answer(question, value);
  const lines = (): LabelLine[] => keyboard.lines('journey.txt');

  /** From the start of the text to the entity of this number. */
  async function walkTo(number: number): Promise<void> {
    await workbench.page.keyboard.press('Control+Home');
    for (let i = 1; i <= number; i++) {
      await workbench.page.keyboard.press('Alt+F11');
      await said(new RegExp(`\\(${i} of \\d+ entities\\)`));
    }
  }

  const words = (i: number): string => {
    const { start, end } = expected.entities[i];
    return TEXT.slice(start, end);
  };

  const told = (): string[] =>
    lines().map(({ layer, label, quote, state }) => `${layer}/${label} ${quote} ${state}`);

  async function saved(number: number): Promise<void> {
    await workbench.until(async () => lines().length === number || undefined, `${number} labels on disk`);
  }

  let decided: string[];

  test('a new layer is added', async () => {
    await command('Glossator: Add Layer');
    await answer(/Name of the layer/, 'theme');
    await answer(/What is labelled/, 'span');
    await answer(/share words/, 'May overlap');
    await answer(/Its labels/, 'journey, time');
    await said(/The layer theme is added/);
    const project = JSON.parse(
      readFileSync(path.join(workbench.folder, '.glossator', 'project.json'), 'utf8'),
    ) as {
      layers: { name: string }[];
    };
    assert.deepEqual(
      project.layers.map(({ name }) => name),
      ['pos', 'ner', 'theme'],
    );
  });

  test('two suggestions are accepted, one rejected, one corrected, by one key each', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+Home');
    await chord('g');
    await said(/Annotating: ner/);
    await page.keyboard.press('Tab');
    await said(new RegExp(`“${words(0)}”.*1 of`));
    await page.keyboard.press('Enter');
    await saved(1);
    await said(new RegExp(`“${words(1)}” .* of`));
    await page.keyboard.press('Enter');
    await saved(2);
    await said(new RegExp(`“${words(2)}” .* of`));
    await page.keyboard.press('Delete');
    await saved(3);
    await said(new RegExp(`“${words(3)}” .* of`));
    await page.keyboard.press('F2');
    await workbench.quickPicks.first().waitFor();
    await workbench.screenshot('labelling-relabel');
    await answer(/Choose a label/, 'MISC');
    await saved(4);
    await workbench.screenshot('labelling-mode');
  });

  test('keys without a label write nothing into the text', async () => {
    const { page } = workbench;
    await page.keyboard.press('q');
    await said(/No label of ner has the key q/);
    await page.keyboard.press('Shift+Digit5');
    await said(/has the key %/);
    assert.equal(await page.locator('.tab.active.dirty').count(), 0);
  });

  test('a new span is labelled in the new layer', async () => {
    const { page } = workbench;
    await chord('y');
    await answer(/Choose the layer/, 'theme');
    await said(/Annotating: theme/);
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 6; i++) await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press('1');
    await saved(5);
    const { quote } = lines().find(({ layer }) => layer === 'theme') ?? { quote: '' };
    assert.ok(quote.startsWith('Clara Winter took the night train'), quote);
    decided = told();
    assert.deepEqual(
      [...decided].sort(),
      [
        ...expected.entities.slice(0, 2).map(({ label }, i) => `ner/${label} ${words(i)} confirmed`),
        `ner/${expected.entities[2].label} ${words(2)} rejected`,
        `ner/MISC ${words(3)} confirmed`,
        `theme/journey ${quote} confirmed`,
      ].sort(),
    );
  });

  test('all five are undone and done again', async () => {
    const { page } = workbench;
    const whole = readFileSync(sidecar, 'utf8');
    for (let left = 4; left >= 0; left--) {
      await page.keyboard.press('Control+z');
      await saved(left);
    }
    for (let done = 1; done <= 5; done++) {
      await page.keyboard.press('Control+y');
      await saved(done);
    }
    assert.equal(readFileSync(sidecar, 'utf8'), whole);
    assert.equal(readFileSync(text, 'utf8'), TEXT, 'the text is as it was');
  });

  test('labels move with the text above them, and stand there after closing and opening', async () => {
    const { page } = workbench;
    await page.keyboard.press('Escape');
    await workbench.page.locator('.statusbar-item', { hasText: 'Annotating' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText(ADDED);
    await page.keyboard.press('Control+s');
    await workbench.until(
      async () => lines().every(({ start }) => start >= ADDED.length) || undefined,
      'the new places on disk',
    );
    const now = readFileSync(text, 'utf8');
    assert.ok(now.startsWith(ADDED));
    for (const { start, end, quote } of lines()) assert.equal(now.slice(start, end), quote);
    assert.deepEqual(told(), decided);
    await command('View: Close Editor');
    await page.locator('.tab', { hasText: 'journey.txt' }).waitFor({ state: 'detached' });
    await openFromKeyboard();
    const isDrawn = async (): Promise<true | undefined> => {
      const shown = await frames(page);
      const solid = shown.filter(({ look }) => look.startsWith('solid'));
      const framed = solid.map((piece) => piece.text);
      return (
        [words(0), words(1), words(3)].every((name) => framed.includes(name.replace(/\s/g, ''))) || undefined
      );
    };
    await workbench.until(isDrawn, 'solid frames around confirmed labels');
    const rejected = words(2).replace(/\s/g, '');
    assert.ok(!(await frames(page)).some((piece) => piece.text === rejected), 'the rejected one is hidden');
    await workbench.until(
      async () => (await badges(page)).filter((badge) => badge.endsWith('✓')).length === 4 || undefined,
      'a mark on each confirmed label',
    );
  });

  test('one decision changes one line', async () => {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: workbench.folder, encoding: 'utf8' });
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Labels');
    assert.equal(git('status', '--short'), '', 'history and locks stay out of git');
    await walkTo(3);
    await chord('c');
    await answer(/takes the note away/, 'Capital of Portugal');
    await workbench.until(
      async () => readFileSync(sidecar, 'utf8').includes('Capital') || undefined,
      'the note',
    );
    assert.match(git('diff', '--numstat', '--', '.glossator/annotations'), /^1\t1\t/);
  });

  test('a sentence is reviewed, and a label whose words change needs review', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+End');
    await page.keyboard.press('ArrowUp');
    await chord('k');
    await workbench.until(
      async () => lines().some(({ layer }) => layer === '@reviewed') || undefined,
      'the mark of the review',
    );
    await walkTo(4);
    await page.keyboard.insertText('Barcelona');
    await workbench.until(
      async () => (await badges(page)).some((badge) => badge.endsWith('?')) || undefined,
      'the mark of a label that needs review',
    );
    const dotted = async (): Promise<string[]> =>
      (await frames(page)).filter(({ look }) => look.startsWith('dotted')).map(({ text }) => text);
    await workbench.untilEqual(dotted, ['Barcelona'], 'a dotted frame around it');
  });

  test('the view of annotations counts and leads to labels', async () => {
    const { page } = workbench;
    await command('Explorer: Focus on Annotations View');
    const rows = page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
    await rows.filter({ hasText: 'Needs review' }).click();
    await page.keyboard.press('End');
    await rows.filter({ hasText: 'Reviewed sentences' }).waitFor();
    await workbench.screenshot('labelling-view');
    await page.keyboard.press('Home');
    // The click has folded the row.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[id="status.editor.selection"]', { hasText: '(9 selected)' }).waitFor();
  });

  for (const [kind, theme] of Object.entries({
    light: 'Default Light Modern',
    dark: 'Default Dark Modern',
    highContrast: 'Default High Contrast',
    highContrastLight: 'Default High Contrast Light',
  })) {
    test(`confirmed, suggested and changed labels differ by their frames: ${theme}`, async () => {
      await workbench.useSettings({ 'workbench.colorTheme': theme });
      // The frame around Lisbon has the colour of the new theme.
      await workbench.until(async () => {
        const colors = await workbench.page.evaluate(() =>
          [...document.querySelectorAll('.view-overlays .cdr[class*="ced-"]')].map(
            (frame) => getComputedStyle(frame).borderTopColor,
          ),
        );
        return colors.includes(locationColor(kind)) || undefined;
      }, `the colours of ${theme}`);
      const looks = async (): Promise<string[]> => {
        const shown = await frames(workbench.page);
        return [...new Set(shown.map(({ look }) => look.split(' ')[0]))].sort();
      };
      await workbench.untilEqual(looks, ['dashed', 'dotted', 'solid'], 'frames of three kinds');
      await workbench.screenshot(`labelling-${kind}`);
    });
  }
});
