import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ANSWER_MS, type Workbench } from './workbench';

/** A line of an annotation file. */
export interface LabelLine {
  readonly layer: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly state: string;
}

/** What a person does who labels without the mouse, and what they then find on screen and on disk. */
export class LabelKeyboard {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Opens a text by its name; again where VS Code found more files just before Enter, which then takes another. */
  async open(name: string): Promise<void> {
    const { page, quickInput } = this.#workbench;
    // Not its annotation file, whose name begins in the same way.
    const words = new RegExp(`${name.replaceAll('.', '\\.')}(?!\\.)`);
    const tab = page.locator('.tab.active', { hasText: words });
    await this.#workbench.until(async () => {
      await this.#workbench.openQuickInput('Control+p');
      await quickInput.fill(name);
      await this.#goTo(words);
      await page.keyboard.press('Enter');
      return tab.waitFor({ timeout: ANSWER_MS }).then(
        () => true,
        () => undefined,
      );
    }, `the text ${name}`);
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Goes down the list to the row that says this, which Enter then takes: the list is not filtered at once. */
  async #goTo(words: string | RegExp): Promise<void> {
    const { page, quickPicks } = this.#workbench;
    const active = page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: words });
    await this.#workbench.until(
      async () => {
        if ((await active.count()) > 0) return true;
        if ((await quickPicks.filter({ hasText: words }).count()) > 0) await page.keyboard.press('ArrowDown');
        return undefined;
      },
      `a row with ${String(words)}`,
    );
  }

  /** Ctrl+Alt+G and a key: where the commands about labels are. */
  async chord(key: string): Promise<void> {
    const { page } = this.#workbench;
    await page.keyboard.press('Control+Alt+g');
    await page.locator('.statusbar-item', { hasText: 'Waiting for second key' }).waitFor();
    await page.keyboard.press(key);
  }

  /** A command by its title. */
  async command(title: string): Promise<void> {
    const { page, quickInput } = this.#workbench;
    await this.#workbench.openQuickInput('F1');
    await quickInput.fill(`>${title}`);
    await this.#goTo(title);
    await page.keyboard.press('Enter');
  }

  /** Answers in the quick input when it asks this: one that was answered stays on screen until the next comes. */
  async answer(question: RegExp, value?: string): Promise<void> {
    const workbench = this.#workbench;
    await workbench.until(
      async () => question.test(await workbench.question()) || undefined,
      `the question ${String(question)}`,
    );
    if (value !== undefined) {
      await workbench.quickInput.fill(value);
      // What is typed into a box without a list is the answer.
      if ((await workbench.quickPicks.filter({ visible: true }).count()) > 0) await this.#goTo(value);
    }
    await workbench.page.keyboard.press('Enter');
  }

  /** Ticks one of several where it is asked for, and answers. */
  async tick(question: RegExp, value: string): Promise<void> {
    const workbench = this.#workbench;
    await workbench.until(
      async () => question.test(await workbench.question()) || undefined,
      `the question ${String(question)}`,
    );
    await workbench.quickInput.fill(value);
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Space');
    await workbench.quickPicks
      .filter({ has: workbench.page.locator('[aria-checked="true"]') })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Enter');
  }

  /** Answers VS Code's own dialog for files of this title with a path, or with the one it proposes, which ends so. */
  async accept(title: string, place: string): Promise<void> {
    const { page } = this.#workbench;
    const widget = page.locator('.quick-input-widget:visible');
    const dialog = widget.filter({ has: page.locator('.quick-input-title', { hasText: title }) });
    const box = dialog.locator('.quick-input-box input');
    const isProposed = !path.isAbsolute(place);
    let wanted = place;
    await box.waitFor();
    await this.#workbench.until(async () => {
      const value = await box.inputValue();
      if (isProposed) wanted = value;
      return (isProposed ? value.endsWith(place) : path.isAbsolute(value)) || undefined;
    }, `a dialog that proposes ${place}`);
    // While the dialog reads a folder it changes its box, and Enter goes to the row that is active then: up a folder,
    // say.
    const limit = { timeout: ANSWER_MS };
    const settled = (): Promise<void> =>
      dialog.locator('.monaco-progress-container.active').waitFor({ state: 'detached', ...limit });
    const answered = async (): Promise<void> => {
      await settled();
      if ((await box.inputValue(limit)) !== wanted) {
        await box.fill(wanted, limit);
        await settled();
        if ((await box.inputValue(limit)) !== wanted) throw new Error('the dialog has changed its box');
      }
      await box.press('Enter', limit);
      // What comes next has another title, or, where it has the same, an empty box: the dialog's never is.
      await page.waitForFunction(
        (asked) => {
          const widget = document.querySelector<HTMLElement>('.quick-input-widget');
          if (widget === null || widget.style.display === 'none') return true;
          const now = widget.querySelector('.quick-input-title')?.textContent ?? '';
          const box = widget.querySelector<HTMLInputElement>('.quick-input-box input');
          return !now.includes(asked) || box?.value === '';
        },
        title,
        limit,
      );
    };
    await this.#workbench.until(async () => {
      if ((await dialog.count()) === 0) return true;
      return answered().then(
        () => true,
        () => undefined,
      );
    }, `the dialog “${title}” to take ${place}`);
  }

  /** Answers a dialog that says this with its first button. */
  async confirm(message: string): Promise<void> {
    const { page } = this.#workbench;
    const dialog = page.locator('.monaco-dialog-box', { hasText: message });
    await dialog.waitFor();
    await dialog.locator('.monaco-button:focus').waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  }

  /** Waits until the status bar says something. */
  async said(words: RegExp): Promise<void> {
    const workbench = this.#workbench;
    await workbench.until(
      async () => {
        const items = await workbench.page.locator('.statusbar-item').allInnerTexts();
        return items.some((item) => words.test(item.replaceAll('\u00a0', ' '))) || undefined;
      },
      `“${String(words)}” in the status bar`,
    );
  }

  /** The labels of a text on disk; none where it has no annotation file. */
  lines(name: string): LabelLine[] {
    const sidecar = path.join(this.#workbench.folder, '.glossator', 'annotations', `${name}.jsonl`);
    if (!existsSync(sidecar)) return [];
    const [, ...labels] = readFileSync(sidecar, 'utf8').trim().split('\n');
    return labels.map((line) => JSON.parse(line) as LabelLine);
  }

  /** The same, as `PER Ada`, in the order of the text. */
  told(name: string): string[] {
    return this.lines(name).map(({ label, quote }) => `${label} ${quote}`);
  }

  /** Waits until just these labels are on disk, as `told` gives them. */
  async saved(name: string, labels: readonly string[]): Promise<void> {
    await this.#workbench.untilEqual(async () => this.told(name), labels, `these labels of ${name} on disk`);
  }
}
