import * as vscode from 'vscode';

type ThemeName = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

interface Manifest {
  readonly contributes: {
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<ThemeName, string>>;
    }[];
  };
}

const THEMES: Readonly<Record<vscode.ColorThemeKind, ThemeName>> = {
  [vscode.ColorThemeKind.Light]: 'light',
  [vscode.ColorThemeKind.Dark]: 'dark',
  [vscode.ColorThemeKind.HighContrast]: 'highContrast',
  [vscode.ColorThemeKind.HighContrastLight]: 'highContrastLight',
};

/**
 * Values of the contributed colours, for pictures: the editor resolves colours in decorations only.
 * Knows the user's own colours and the defaults; a colour set by the theme itself stays unknown.
 */
export class ThemeColors {
  readonly #defaults: ReadonlyMap<string, Readonly<Record<ThemeName, string>>>;

  constructor(extension: vscode.Extension<unknown>) {
    const { contributes } = extension.packageJSON as Manifest;
    this.#defaults = new Map(contributes.colors.map(({ id, defaults }) => [id, defaults]));
  }

  /** `#rrggbb` or `#rrggbbaa` of a contributed colour in the theme now on. */
  of(id: string): string {
    const section = vscode.workspace.getConfiguration('workbench');
    const own = section.get<Readonly<Record<string, unknown>>>('colorCustomizations')?.[id];
    if (typeof own === 'string') return own;
    return this.#defaults.get(id)?.[THEMES[vscode.window.activeColorTheme.kind]] ?? '#808080';
  }
}
