import * as vscode from 'vscode';
import type { ClientSettings } from './settings';
import type { Mark } from './marks';
import { tagKey } from './marks';
import { backgroundOf, styleOf } from './tagStyles';

/** The looks of the tags as editor decorations, each made when its tag is first met. */
export class DecorationTypes implements vscode.Disposable {
  readonly #settings: ClientSettings;
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** The decoration of a tag, or undefined where settings hide it. */
  of(mark: Pick<Mark, 'kind' | 'layer' | 'label'>): vscode.TextEditorDecorationType | undefined {
    if (!this.#isShown(mark)) return undefined;
    const key = tagKey(mark);
    let type = this.#types.get(key);
    if (type === undefined) {
      type = vscode.window.createTextEditorDecorationType(
        mark.kind === 'span' ? this.#span(mark.label) : this.#word(mark.label),
      );
      this.#types.set(key, type);
    }
    return type;
  }

  /** Removes every decoration from every editor. */
  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
    this.#types.clear();
  }

  #isShown({ kind, layer, label }: Pick<Mark, 'kind' | 'layer' | 'label'>): boolean {
    const { entities, partsOfSpeech, hiddenTags } = this.#settings;
    if (hiddenTags.has(tagKey({ layer, label }))) return false;
    if (kind === 'span') return entities.enabled;
    return partsOfSpeech.enabled && partsOfSpeech.style !== 'semanticTokens';
  }

  #span(label: string): vscode.DecorationRenderOptions {
    const style = styleOf('span', label);
    const border = new vscode.ThemeColor(style.color);
    return {
      backgroundColor: new vscode.ThemeColor(backgroundOf(style)),
      borderColor: border,
      borderStyle: style.line,
      borderWidth: style.line === 'double' ? '3px' : '1px',
      borderRadius: '3px',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      after: this.#settings.entities.badge
        ? {
            contentText: label,
            color: border,
            margin: '0 2px 0 3px',
            fontWeight: 'bold',
            // The decoration API has no font size; its text-decoration is passed on to the style sheet.
            textDecoration: 'none; font-size: 0.7em; letter-spacing: 0.04em;',
          }
        : undefined,
    };
  }

  #word(label: string): vscode.DecorationRenderOptions {
    const { color, line } = styleOf('token', label);
    // Editors make a variable of every contributed colour; a colour cannot be given to a line otherwise.
    const variable = `var(--vscode-${color.replaceAll('.', '-')})`;
    return {
      color: this.#settings.partsOfSpeech.style === 'color' ? new vscode.ThemeColor(color) : undefined,
      textDecoration: line === 'none' ? undefined : `${line} ${variable}; text-underline-offset: 3px;`,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    };
  }
}
