import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { words } from './editorView';
import { root, skip, Workbench } from './workbench';

type Defaults = Readonly<Record<'light' | 'dark' | 'highContrast' | 'highContrastLight', string>>;

interface Manifest {
  readonly contributes: { readonly colors: readonly { readonly id: string; readonly defaults: Defaults }[] };
}

function contributedColors(): Manifest['contributes']['colors'] {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as Manifest).contributes.colors;
}

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)).join(', ')})`;

const themes = [
  { name: 'Default Light Modern', kind: 'light' },
  { name: 'Default Dark Modern', kind: 'dark' },
  { name: 'Default High Contrast', kind: 'highContrast' },
  { name: 'Default High Contrast Light', kind: 'highContrastLight' },
] as const;

suite('Themes of VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start();
    await workbench.openTagged('opening.txt');
    await workbench.until(async () => (await words(workbench.page)).length > 0 || undefined, 'decorations');
  });
  after(() => workbench?.stop());

  for (const { name, kind } of themes) {
    test(`${name} shows words and frames in its own colours`, async () => {
      await workbench.useSettings({ 'workbench.colorTheme': name });
      const colors = contributedColors();
      const valuesOf = (prefix: string, suffix = ''): Set<string> =>
        new Set(
          colors
            .filter(({ id }) => id.startsWith(prefix) && id.endsWith(suffix))
            .map(({ defaults }) => rgb(defaults[kind])),
        );
      const wordColors = valuesOf('glossator.word.');
      const seen = await workbench.until(async () => {
        const shown = await workbench.page.evaluate(() => ({
          words: [...document.querySelectorAll('.view-lines span[class*="ced-"]')].map(
            (span) => getComputedStyle(span).color,
          ),
          frames: [...document.querySelectorAll('.view-overlays .cdr[class*="ced-"]')].map(
            (frame) => getComputedStyle(frame).borderTopColor,
          ),
        }));
        const isOn = shown.words.length > 0 && shown.words.every((color) => wordColors.has(color));
        return isOn ? shown : undefined;
      }, `the colours of ${name}`);
      const frameColors = valuesOf('glossator.entity.', 'Border');
      assert.ok(seen.frames.length > 0);
      for (const color of seen.frames) assert.ok(frameColors.has(color), color);
      assert.ok(new Set(seen.words).size >= 4, 'classes differ by colour');
      await workbench.screenshot(`theme-${kind}`);
    });
  }
});
