import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { tagWithCommandLine } from './commandLine';
import { badges } from './editorView';
import { LabelKeyboard } from './labelKeyboard';
import { screenshots, skip, Workbench } from './workbench';

/** What the test reads of `run.json`. */
interface RunRecord {
  readonly seconds: number;
  readonly layers: readonly {
    readonly layer: { readonly name: string };
    readonly change: string;
    readonly examples: Readonly<Record<string, number>>;
  }[];
}

/** Genes of the first text and of another one, with how often they stand in all texts of samples/genes. */
const GENES = [
  { text: 'wing-veins.txt', names: { velA: 10, krs3: 9, Nub2: 7, Hobl1: 5 } },
  { text: 'frost.txt', names: { tolC: 6 } },
  { text: 'night-fish.txt', names: { pacR: 6 } },
] as const;

const TEXTS = ['wing-veins', 'frost', 'night-fish', 'new-abstract'];

/** Seconds that a retraining on these labels may take. */
const LIMIT = 60;

suite('Retraining in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;

  before(async () => {
    workbench = await Workbench.start();
    keyboard = new LabelKeyboard(workbench);
    await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'genes' }).waitFor();
    await keyboard.open('wing-veins.txt');
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
  });
  after(() => workbench?.stop());

  const page = () => workbench.page;
  const models = (): string => path.join(workbench.folder, '.glossator', 'models');
  const runs = (): string[] => readdirSync(models()).filter((name) => /^\d{4}-/.test(name));
  const record = (): RunRecord =>
    JSON.parse(readFileSync(path.join(models(), runs()[0], 'run.json'), 'utf8')) as RunRecord;

  const notification = (text: string) => workbench.page.locator('.notification-list-item', { hasText: text });

  const inStatusBar = (text: string) => workbench.page.locator('.statusbar-item', { hasText: text });

  const suggestedGenes = async (): Promise<number> =>
    (await badges(workbench.page)).filter((badge) => badge === 'GENE').length;

  /** Waits until so many genes are suggested in the text on screen. */
  async function genesAre(isRight: (count: number) => boolean, what: string): Promise<void> {
    await workbench.until(async () => isRight(await suggestedGenes()) || undefined, what);
  }

  /** The page inside the webview. */
  const report = (): FrameLocator =>
    workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

  /** Selects the first place of some words by the editor's own search. */
  async function find(words: string): Promise<void> {
    const { page } = workbench;
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+f');
    const input = page.locator('.find-widget.visible .find-part textarea').first();
    await input.fill(words);
    await page.locator('.find-widget.visible .matchesCount', { hasText: /^1 of/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Opens the history and takes a line of it. */
  async function chooseModel(line: string, act?: string): Promise<void> {
    await workbench.run('Glossator: Model History');
    const row = workbench.quickPicks.filter({ hasText: line }).first();
    await row.waitFor();
    await workbench.screenshot('retraining-history');
    await row.click();
    if (act !== undefined) await workbench.quickPicks.filter({ hasText: act }).first().click();
  }

  test('a layer for genes is added, and 43 of them are labelled by their words', async () => {
    await keyboard.command('Glossator: Add Layer');
    await keyboard.answer(/Name of the layer/, 'gene');
    await keyboard.answer(/What is labelled/, 'span');
    await keyboard.answer(/share words/, 'May not overlap');
    await keyboard.answer(/labels, with commas/, 'GENE');
    await keyboard.said(/The layer gene is added/);
    const onDisk = (): number =>
      TEXTS.reduce((sum, text) => sum + keyboard.lines(`genes/${text}.txt`).length, 0);
    let labelled = 0;
    for (const { text, names } of GENES) {
      await keyboard.open(text);
      for (const [name, count] of Object.entries(names)) {
        await find(name);
        await keyboard.command('Glossator: Label All Matches in All Texts');
        await keyboard.answer(/Choose a label/, 'GENE');
        await keyboard.answer(/Tick the places/);
        labelled += count;
        await workbench.until(async () => onDisk() === labelled || undefined, `${labelled} labels on disk`);
      }
    }
    const labels = TEXTS.map((text) => keyboard.lines(`genes/${text}.txt`).length);
    assert.deepEqual(labels, [24, 8, 11, 0]);
  });

  test('retraining takes less than a minute, and suggestions stay meanwhile', async (t) => {
    await keyboard.open('new-abstract.txt');
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
    const file = path.join(workbench.folder, 'genes', 'new-abstract.txt');
    const shown = tagWithCommandLine(file, readFileSync(file, 'utf8')).entities.map(({ label }) => label);
    assert.ok(shown.length > 1, 'the sample has entities');
    await workbench.untilEqual(() => badges(workbench.page), shown, 'suggestions');
    assert.equal(await suggestedGenes(), 0);
    const begun = performance.now();
    await keyboard.command('Glossator: Retrain');
    await workbench.status(/retraining/);
    assert.deepEqual(await badges(workbench.page), shown, 'nothing vanishes');
    await notification(' left').first().waitFor();
    assert.equal(await notification('Glossator: retraining').count(), 1);
    assert.equal(await inStatusBar('Glossator: retraining').count(), 0, 'it is told once');
    await workbench.screenshot('retraining-progress');
    assert.deepEqual(await badges(workbench.page), shown, 'nothing vanishes');
    await notification('Now using the new model').waitFor();
    const seconds = (performance.now() - begun) / 1000;
    t.diagnostic(
      `${seconds.toFixed(1)} s from the command to the new model, ${record().seconds.toFixed(1)} s of them training`,
    );
    assert.ok(seconds < LIMIT, `${seconds.toFixed(1)} s`);
  });

  test('the text without labels has suggestions of the new layer', async () => {
    await genesAre((count) => count >= 5, 'suggested genes');
    await workbench.screenshot('retraining-suggestions');
    assert.equal(runs().length, 1);
    assert.deepEqual(
      record()
        .layers.filter(({ change }) => change !== 'kept')
        .map(({ layer, change, examples }) => [layer.name, change, examples]),
      [['gene', 'new', { GENE: 43 }]],
    );
  });

  test('the report opens, and its examples lead to their words', async () => {
    const { page } = workbench;
    await notification('Now using the new model').getByRole('button', { name: 'Open Report' }).click();
    await report().getByRole('heading', { level: 1, name: 'Training report' }).waitFor();
    await report().getByRole('link', { name: 'gene' }).first().click();
    await workbench.screenshot('retraining-report');
    const svgs = report().locator('figure svg');
    assert.ok((await svgs.count()) >= 1);
    await report().locator('#confusion-gene').scrollIntoViewIfNeeded();
    await workbench.screenshot('retraining-report-confusions');
    const example = report().locator('button.place').last();
    await example.scrollIntoViewIfNeeded();
    await workbench.screenshot('retraining-report-flips');
    const words = ((await example.textContent()) ?? '').replace(/[“”]/g, '').trim();
    await example.focus();
    await page.keyboard.press('Enter');
    await page.locator('[id="status.editor.selection"]', { hasText: `(${words.length} selected)` }).waitFor();
    await keyboard.command('View: Close All Editors');
    await page.locator('.tab').first().waitFor({ state: 'detached' });
  });

  test('pictures and numbers of the report are saved', async () => {
    await keyboard.command('Glossator: Open Training Report');
    await report().getByRole('heading', { level: 1, name: 'Training report' }).waitFor();
    const saved = (name: string): Buffer => readFileSync(path.join(workbench.folder, name));
    const buttons = report().locator('button[data-export]');
    const kinds = await buttons.evaluateAll((all) =>
      all.map(({ dataset: { export: kind = '', of = '' } }) => ({ kind, name: `${of}.${kind}` })),
    );
    assert.deepEqual([...new Set(kinds.map(({ kind }) => kind))].sort(), ['json', 'png', 'svg']);
    for (const kind of ['svg', 'png', 'json']) {
      const { name } = kinds.find((one) => one.kind === kind) ?? { name: '' };
      const button = report().locator(`button[data-export="${kind}"]`).first();
      await button.scrollIntoViewIfNeeded();
      await button.focus();
      await page().keyboard.press('Enter');
      await keyboard.accept(`Save ${name}`, name);
      await keyboard.said(new RegExp(`Saved ${name}`));
      if (kind === 'png') assert.equal(saved(name).subarray(1, 4).toString('latin1'), 'PNG');
      if (kind === 'json') assert.ok(JSON.parse(saved(name).toString('utf8')) !== null);
      if (kind !== 'svg') continue;
      assert.match(saved(name).toString('utf8'), /^<svg .*<\/svg>$/s);
      assert.doesNotMatch(saved(name).toString('utf8'), /currentColor|var\(/, 'its colours are plain ones');
    }
    const png = kinds.find(({ kind }) => kind === 'png');
    copyFileSync(path.join(workbench.folder, png!.name), path.join(screenshots, 'retraining-saved.png'));
    await keyboard.command('View: Close All Editors');
    await page().locator('.tab').first().waitFor({ state: 'detached' });
  });

  test('the model is rolled back and forward, and open texts follow', async () => {
    await keyboard.open('new-abstract.txt');
    await genesAre((count) => count >= 5, 'suggested genes');
    await chooseModel('Original model');
    await genesAre((count) => count === 0, 'no suggested genes');
    await workbench.screenshot('retraining-back');
    await chooseModel('gene recall', 'Use This Model');
    await genesAre((count) => count >= 5, 'suggested genes again');
  });

  test('with the setting, a label and a pause, it is retrained unasked and told in the status bar alone', async () => {
    await workbench.useSettings({ 'glossator.retrainOnSave': true });
    await keyboard.open('new-abstract.txt');
    await genesAre((count) => count >= 5, 'suggested genes');
    await keyboard.chord('n');
    await keyboard.chord('a');
    const labels = (): unknown[] => keyboard.lines('genes/new-abstract.txt');
    await workbench.until(async () => labels().length === 1 || undefined, 'a label on disk');
    await keyboard.said(/Glossator: retraining/);
    await workbench.screenshot('retraining-unasked');
    assert.equal(await notification('Glossator: retraining').count(), 0);
    await workbench.until(async () => runs().length === 2 || undefined, 'a second model');
    await inStatusBar('Glossator: retraining').waitFor({ state: 'detached' });
    await workbench.useSettings({});
  });

  test('the report follows a dark theme and high contrast', async () => {
    for (const [name, theme] of [
      ['dark', 'Default Dark Modern'],
      ['high-contrast', 'Default High Contrast'],
    ]) {
      await workbench.useSettings({ 'workbench.colorTheme': theme });
      await keyboard.command('Glossator: Open Training Report');
      await report().getByRole('heading', { level: 1, name: 'Training report' }).waitFor();
      await report().locator('#confusion-gene').scrollIntoViewIfNeeded();
      await workbench.screenshot(`retraining-report-${name}`);
      await keyboard.command('View: Close Editor');
    }
  });
});
