import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { frames, words } from './editorView';
import { skip, Workbench } from './workbench';

suite('Settings in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start();
    await workbench.openTagged('report.txt');
    await decorated();
  });
  after(() => workbench?.stop());

  const decorated = async (): Promise<unknown> =>
    workbench.until(async () => (await words(workbench.page)).length > 0 || undefined, 'decorated words');

  test('unsure predictions become hints: dots under the word, nothing in the Problems panel', async () => {
    await workbench.useSettings({
      'glossator.diagnostics.lowConfidence': 'hint',
      'glossator.diagnostics.threshold': 0.95,
    });
    await workbench.page.locator('.view-overlays .squiggly-hint').first().waitFor();
    assert.equal(
      await workbench.page.locator('[id="status.problems"]').getAttribute('aria-label'),
      'No Problems',
    );
  });

  test('or information in the Problems panel, which names word and tag', async () => {
    await workbench.useSettings({
      'glossator.diagnostics.lowConfidence': 'information',
      'glossator.diagnostics.threshold': 0.95,
    });
    await workbench.page.locator('.view-overlays .squiggly-info').first().waitFor();
    await workbench.run('Problems: Focus on Problems View');
    const row = workbench.page.locator('.markers-panel .monaco-list-row', { hasText: /\d ?%/ }).first();
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? '', /glossator/i);
    await workbench.screenshot('problems');
    await workbench.useSettings({});
    await workbench.page.locator('.squiggly-info').first().waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Control+j');
  });

  test('semantic tokens colour the words in place of decorations', async () => {
    const colors = async (): Promise<number> =>
      workbench.page.evaluate(() => {
        const spans = [...document.querySelectorAll('.view-lines .view-line > span > span')];
        return new Set(spans.map((span) => getComputedStyle(span).color)).size;
      });
    await workbench.useSettings({
      'glossator.partsOfSpeech.style': 'semanticTokens',
      'editor.semanticHighlighting.enabled': true,
    });
    await workbench.until(
      async () => ((await words(workbench.page)).length === 0 && (await colors()) >= 4) || undefined,
      'words without lines in colours of the theme',
    );
    await workbench.screenshot('semantic-tokens');
    await workbench.useSettings({});
    await decorated();
  });

  test('the line alone leaves the colour of the text', async () => {
    const colors = async (): Promise<Set<string>> =>
      new Set(
        await workbench.page
          .locator('.view-lines span[class*="ced-"]')
          .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color)),
      );
    assert.ok((await colors()).size >= 4);
    await workbench.useSettings({ 'glossator.partsOfSpeech.style': 'underline' });
    await workbench.until(async () => (await colors()).size === 1 || undefined, 'one colour');
    const looks = new Set((await words(workbench.page)).map(({ look }) => look));
    assert.ok(looks.size >= 4, 'classes differ by line');
    await workbench.screenshot('underline');
    await workbench.useSettings({});
  });

  test('a text longer than the limit is not tagged, and the status says why', async () => {
    await workbench.useSettings({ 'glossator.maxDocumentLength': 100 });
    const status = await workbench.status(/not tagged/);
    assert.match(status, /glossator\.maxDocumentLength/);
    await workbench.until(async () => (await frames(workbench.page)).length === 0 || undefined, 'no frames');
    await workbench.useSettings({});
    await workbench.status(/[1-9]\d* words?\. /);
    await decorated();
  });

  test('a model that is not there is one sentence for the user, and the old one stays', async () => {
    await workbench.useMachineSettings({ 'glossator.model': '/nowhere/at/all' });
    const toast = workbench.page.locator('.notifications-toasts .notification-list-item-message');
    await toast.filter({ hasText: '/nowhere/at/all' }).first().waitFor();
    await workbench.screenshot('failure');
    await workbench.useMachineSettings({});
    await workbench.status(/[1-9]\d* words?\. /);
    await decorated();
  });

  test('another language is tagged when it is asked for', async () => {
    await workbench.useSettings({ 'glossator.languages': [] });
    await workbench.until(
      async () =>
        (await words(workbench.page)).length + (await frames(workbench.page)).length === 0 || undefined,
      'no tags',
    );
    await workbench.useSettings({ 'glossator.languages': ['plaintext'] });
    await decorated();
  });
});
