import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultSettings } from '../../server/protocol/settings';
import { SEMANTIC_LEGEND } from '../../server/features/semanticLegend';
import { manifest, manifestStrings, manifestText } from './manifest';

/** WCAG 2.2, success criterion 1.4.3: relative luminance and contrast of two colours `#rrggbb`. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const channel = Number.parseInt(color.slice(i, i + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

suite('package.json', () => {
  test('every %string% is in package.nls.json, and every string there is used', () => {
    const used = [...manifestText().matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(manifestStrings()).sort());
  });

  test('settings that the server reads have its defaults', () => {
    const { properties } = manifest().contributes.configuration;
    const flat = (value: object, prefix: string): [string, unknown][] =>
      Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? flat(inner, `${prefix}${key}.`)
          : [[`${prefix}${key}`, inner] as [string, unknown]],
      );
    for (const [name, value] of flat(defaultSettings, 'glossator.')) {
      assert.deepEqual(properties[name]?.default, value, name);
    }
  });

  test('every tag of the semantic tokens is a modifier that people can style', () => {
    const contributed = manifest().contributes.semanticTokenModifiers.map(({ id }) => id);
    assert.deepEqual(contributed.sort(), [...SEMANTIC_LEGEND.tokenModifiers].sort());
  });

  test('commands are of the category Glossator', () => {
    for (const { category } of manifest().contributes.commands) assert.equal(category, 'Glossator');
  });

  test('no key does two things at once', () => {
    const { keybindings } = manifest().contributes;
    for (const platform of ['key', 'mac'] as const) {
      const taken = keybindings.map((binding) => `${binding[platform] ?? binding.key} when ${binding.when}`);
      assert.equal(new Set(taken).size, taken.length, platform);
    }
  });

  test('every command with a key stands in the palette under its name', () => {
    const { commands, keybindings } = manifest().contributes;
    const names = new Set(commands.map(({ command }) => command));
    for (const { command } of keybindings) assert.ok(names.has(command), command);
  });

  // Backgrounds of the editor in VS Code's own themes; the ratios are those of levels AA and AAA.
  const grounds = [
    { theme: 'light', ground: '#ffffff', ratio: 4.5 },
    { theme: 'dark', ground: '#1f1f1f', ratio: 4.5 },
    { theme: 'highContrast', ground: '#000000', ratio: 7 },
    { theme: 'highContrastLight', ground: '#ffffff', ratio: 7 },
  ] as const;
  for (const { theme, ground, ratio } of grounds) {
    test(`text and frames stand out from the background: ${theme}`, () => {
      for (const { id, defaults } of manifest().contributes.colors) {
        if (id.endsWith('Background')) continue;
        const reached = contrast(defaults[theme], ground);
        assert.ok(reached >= ratio, `${id}: ${reached.toFixed(2)}`);
      }
    });
  }
});
