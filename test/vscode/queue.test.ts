import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { LabelKeyboard } from './labelKeyboard';
import { skip, Workbench } from './workbench';

/** An item as the status bar tells of it: why, and where it stands in the queue. */
interface Led {
  readonly said: string;
  readonly number: number;
  readonly total: number;
}

const LED = /^(\d+) of (\d+): The model .*\.$/;

suite('The review queue in VS Code', { skip, timeout: 900_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;
  let rows: Locator;

  before(async () => {
    workbench = await Workbench.start();
    keyboard = new LabelKeyboard(workbench);
    rows = workbench.page.locator('.pane', { hasText: 'Review Queue' }).locator('.monaco-list-row');
    await workbench.openTagged('letter.txt');
  });
  after(() => workbench?.stop());

  /** Where the last step led: the status bar says it for a few seconds. */
  let at: Led;

  async function led(): Promise<Led> {
    return workbench.until(async () => {
      const items = await workbench.page.locator('.statusbar-item').allInnerTexts();
      const said = items.map((item) => item.replaceAll('\u00a0', ' ').trim()).find((item) => LED.test(item));
      const [, number, total] = LED.exec(said ?? '') ?? [];
      return said === undefined ? undefined : { said, number: Number(number), total: Number(total) };
    }, 'an item of the queue');
  }

  /** Waits until the status bar leads to another item than before. */
  async function ledOn(): Promise<Led> {
    const before = at.said;
    return workbench.until(async () => {
      const now = await led();
      return now.said === before ? undefined : (at = now);
    }, `another item than ${before}`);
  }

  /** What a screen reader says of the rows on screen. */
  const labels = (): Promise<string[]> =>
    rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));

  /** An item was decided on: it is no longer in the queue, which may have been filled up since. */
  async function hasLeft({ said }: Led): Promise<void> {
    const reason = said.replace(/^\d+ of \d+: /, '');
    await workbench.until(
      async () => (await labels()).every((one) => !one.startsWith(reason)) || undefined,
      `a queue without “${reason}”`,
    );
  }

  const sidecars = (): string => {
    const folder = path.join(workbench.folder, '.glossator', 'annotations');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');
  };

  test('it fills with sentences of texts that are open and closed, each with a reason', async () => {
    await keyboard.command('Explorer: Focus on Review Queue View');
    const said = await workbench.until(async () => {
      const all = await labels();
      return all.length >= 5 && all.every((one) => /The model /.test(one)) ? all : undefined;
    }, 'rows of the queue');
    const names = new Set(said.map((one) => /, in ([^,]*?\.(?:txt|md))/.exec(one)?.[1]));
    assert.ok(names.size > 1, [...names].join());
    await workbench.until(
      async () =>
        (await workbench.page.locator('.pane .message').allInnerTexts()).join() === '' ? true : undefined,
      'the model to have looked at all sentences',
    );
    await workbench.screenshot('queue-view');
  });

  test('Next leads from one to the next, and selects the words in question', async () => {
    await keyboard.chord('q');
    const one = (at = await led());
    assert.equal(one.number, 1);
    const quote = /for “(.*?)”/.exec(one.said)?.[1] ?? '';
    assert.ok(quote.length > 0, one.said);
    const selection = workbench.page.locator('[id="status.editor.selection"]');
    await selection.filter({ hasText: `(${quote.length} selected)` }).waitFor();
    await workbench.screenshot('queue-next');
    await keyboard.chord('q');
    const two = await ledOn();
    assert.equal(two.number, 2);
    assert.equal(two.total, one.total);
  });

  test('marking a sentence as reviewed moves on, and it has left the queue', async () => {
    const before = at;
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
    await keyboard.chord('k');
    await ledOn();
    await hasLeft(before);
    assert.match(sidecars(), /@reviewed/);
  });

  /** Decides on the suggestion at the words in question by a key; goes on to the next where there is none. @returns it */
  async function decide(key: string): Promise<Led> {
    for (;;) {
      const before = at;
      await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
      await keyboard.chord(key);
      const isDone = await workbench.until(async () => {
        const items = await workbench.page.locator('.statusbar-item').allInnerTexts();
        const said = items.map((item) => item.replaceAll('\u00a0', ' ').trim());
        if (said.some((item) => item.startsWith('The model suggests no '))) return false;
        return said.some((item) => LED.test(item) && item !== before.said) || undefined;
      }, 'an answer to the key');
      if (!isDone) await keyboard.chord('q');
      await ledOn();
      if (isDone) return before;
    }
  }

  for (const [key, state] of [
    ['a', 'confirmed'],
    ['x', 'rejected'],
  ] as const)
    test(`a suggestion that is ${state} by a key moves on`, async () => {
      const count = (): number =>
        sidecars()
          .split('\n')
          .filter((line) => line.includes('"layer":"ner"') && line.includes(`"state":"${state}"`)).length;
      const known = count();
      await hasLeft(await decide(key));
      assert.equal(count(), known + 1, sidecars());
      await workbench.screenshot(`queue-${state}`);
    });

  test('labelling the words in question moves on, too', async () => {
    const before = at;
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
    await keyboard.chord('l');
    // The words are a part of speech, too: the doubt is about their entity.
    await keyboard.answer(/Choose a label/, 'PER');
    await ledOn();
    await hasLeft(before);
    assert.match(sidecars(), /"layer":"ner"/);
    await workbench.screenshot('queue-labelled');
  });

  test('it can be read in a dark theme and in high contrast', async () => {
    for (const [name, theme] of [
      ['dark', 'Default Dark Modern'],
      ['high-contrast', 'Default High Contrast'],
    ]) {
      await workbench.useSettings({ 'workbench.colorTheme': theme });
      await keyboard.chord('q');
      await ledOn();
      await workbench.screenshot(`queue-${name}`);
    }
  });
});
