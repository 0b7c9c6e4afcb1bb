import { AssertionError } from 'node:assert';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import type * as rigModule from '../../scripts/vscodeRig.mjs' with { 'resolution-mode': 'import' };

type Rig = typeof rigModule;
type Settings = Readonly<Record<string, unknown>>;

/** The folder of the repository; this file runs from out/test/vscode. */
export const root = path.resolve(__dirname, '..', '..', '..');
/** Where pictures for people to look at go. */
export const screenshots = path.join(root, 'test', 'vscode', 'screenshots');

/** The packed extension to test; set by `npm run test:vscode`. */
export const vsix = process.env.GLOSSATOR_VSIX;
/** For `suite` and `test`: why they cannot run here, or false. */
export const skip = vsix === undefined && 'GLOSSATOR_VSIX names no packed extension; use npm run test:vscode';

async function loadRig(): Promise<Rig> {
  const file = pathToFileURL(path.join(root, 'scripts', 'vscodeRig.mjs')).href;
  return (await import(file)) as Rig;
}

/** How long anything on screen may take; far longer than it does. */
const LIMIT_MS = 120_000;
/** How long VS Code may take to do what a key told it, before it is pressed again. */
export const ANSWER_MS = 3000;

/** What is common to all suites: lines that fit the window, and all that can be shown. */
const base: Settings = {
  'editor.wordWrap': 'on',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.editor.useModal': 'off',
  'glossator.partsOfSpeech.enabled': true,
};

function quietSettings(): Settings {
  const file = path.join(root, 'scripts', 'vscode', 'quietSettings.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Settings;
}

/** A real VS Code in a real browser with the packed extension, opened on a copy of samples/. */
export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly #home: string;
  readonly #browser: Browser;
  readonly #stopServer: () => Promise<void>;

  private constructor(
    home: string,
    folder: string,
    browser: Browser,
    page: Page,
    stopServer: () => Promise<void>,
  ) {
    this.#home = home;
    this.folder = folder;
    this.#browser = browser;
    this.page = page;
    this.#stopServer = stopServer;
  }

  /** Starts VS Code on a fresh profile. `prepare` may put further files into the folder. */
  static async start(settings: Settings = {}, prepare?: (folder: string) => void): Promise<Workbench> {
    const rig = await loadRig();
    const home = mkdtempSync(path.join(tmpdir(), 'glossator-vscode-'));
    const folder = path.join(home, 'texts');
    cpSync(path.join(root, 'samples'), folder, { recursive: true });
    prepare?.(folder);
    const profile = path.join(home, 'profile');
    const server = await rig.startCodeServer({ profile, folder, vsix, settings: { ...base, ...settings } });
    const browser = await rig.launchChromium();
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(LIMIT_MS);
    await page.goto(server.url, { waitUntil: 'domcontentloaded' });
    return new Workbench(home, folder, browser, page, () => server.stop());
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#stopServer();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Replaces the user settings, as people do: in the editor of their file. */
  async useSettings(settings: Settings): Promise<void> {
    await this.#editSettings('User', { ...quietSettings(), ...base, ...settings });
  }

  /** Replaces the settings of the machine where the extension runs: paths are read from there. */
  async useMachineSettings(settings: Settings): Promise<void> {
    await this.#editSettings('Remote', settings);
  }

  async #editSettings(which: 'User' | 'Remote', settings: Settings): Promise<void> {
    const { page } = this;
    await this.run(`Preferences: Open ${which} Settings (JSON)`);
    await page.locator('.tab.active', { hasText: 'settings.json' }).waitFor();
    const editor = page.locator('.editor-instance .monaco-editor[data-uri*="settings.json"]');
    await editor.locator('.view-lines').click();
    await page.locator('.editor-instance .monaco-editor.focused[data-uri*="settings.json"]').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(JSON.stringify(settings));
    await page.keyboard.press('Control+s');
    await page.locator('.tab.active:not(.dirty)', { hasText: 'settings.json' }).waitFor();
    await this.run('View: Close Editor');
    await page.locator('.tab', { hasText: 'settings.json' }).waitFor({ state: 'detached' });
  }

  /** Opens a file from the explorer. */
  async open(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Opens a file and waits until the language status says that all of it is tagged. */
  async openTagged(name: string): Promise<string> {
    await this.open(name);
    return this.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
  }

  /** Waits until the language status, as a screen reader reads it, matches, and returns it. */
  async status(expected: RegExp): Promise<string> {
    const item = this.page.locator('[id="status.languageStatus"]');
    return this.until(
      async () => {
        const label = (await item.count()) === 0 ? '' : ((await item.getAttribute('aria-label')) ?? '');
        return expected.test(label) ? label : undefined;
      },
      `a language status like ${String(expected)}`,
    );
  }

  /** Asks again at every frame of the browser until there is an answer. */
  async until<T>(ask: () => Promise<T | undefined>, what: string | (() => string)): Promise<T> {
    const deadline = Date.now() + LIMIT_MS;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > deadline) {
        await this.screenshot('timeout');
        const wanted = typeof what === 'string' ? what : what();
        const words = await this.#glance();
        throw new Error(
          `Waited in vain (see timeout.png among the screenshots) for ${wanted}. On screen: ${words}`,
        );
      }
      await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }

  /** What VS Code says around the text: tabs, status bar, notifications, quick input. */
  async #glance(): Promise<string> {
    const places = ['.tab', '.statusbar-item', '.notification-list-item', '.quick-input-widget'];
    const words = await Promise.all(
      places.map((place) => this.page.locator(place).filter({ visible: true }).allInnerTexts()),
    );
    const said = words.flat().map((text) => text.replace(/\s+/g, ' ').trim());
    return said.filter((text) => text !== '').join(' | ');
  }

  /**
   * Waits until what is on screen is what is expected; when it never is, fails with the difference that was seen
   * last. VS Code draws frames, text and hints one after another, so that a single look may fall between them.
   */
  async untilEqual<T>(ask: () => Promise<T>, expected: T, what: string): Promise<void> {
    let seen: T | undefined;
    await this.until(
      async () => {
        seen = await ask();
        return isDeepStrictEqual(seen, expected) || undefined;
      },
      () => `${what}. ${new AssertionError({ actual: seen, expected, operator: 'deepStrictEqual' }).message}`,
    );
  }

  /** Opens the palette or the list of files; the key is pressed again where VS Code, still starting, took no notice. */
  async openQuickInput(key: 'F1' | 'Control+p'): Promise<void> {
    await this.until(async () => {
      await this.page.keyboard.press(key);
      return this.quickInput.waitFor({ timeout: ANSWER_MS }).then(
        () => true,
        () => undefined,
      );
    }, `what ${key} opens`);
  }

  /** Runs a command by its title in the palette. What ran before must have taken the focus already. */
  async run(title: string): Promise<void> {
    await this.openQuickInput('F1');
    await this.quickInput.fill(`>${title}`);
    await this.quickPicks.filter({ hasText: title }).first().click();
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** What the quick input asks: its prompt or the words in its empty box; nothing while it is not there. */
  async question(): Promise<string> {
    return this.page.evaluate(() => {
      const widget = document.querySelector<HTMLElement>('.quick-input-widget');
      if (widget === null || widget.style.display === 'none') return '';
      const box = widget.querySelector<HTMLInputElement>('.quick-input-box input');
      const prompt = widget.querySelector<HTMLElement>('.quick-input-message');
      return `${box?.placeholder ?? ''} ${prompt?.textContent ?? ''}`.trim();
    });
  }

  get quickPicks(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  }

  /** Puts the cursor before the first character of the text, by keys: where to click depends on how far it is scrolled. */
  async goToStart(): Promise<void> {
    await this.page.keyboard.press('Control+1');
    await this.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    await this.page.keyboard.press('Control+Home');
  }

  /** Leaves a picture for people to look at. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }
}
