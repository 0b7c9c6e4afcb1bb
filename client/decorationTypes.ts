import * as vscode from 'vscode';
import type { ClientSettings } from './settings';
import type { Mark } from './marks';
import { tagKey } from './marks';
import { backgroundOf, styleOf } from './tagStyles';
import type { TagStyle } from './tagStyles';

/** The looks of the tags as editor decorations, each made when its tag is first met. */
export class DecorationTypes implements vscode.Disposable {
  readonly #settings: ClientSettings;
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** The decoration of a tag, or undefined where settings hide it. */
  of(mark: Pick<Mark, 'kind' | 'layer' | 'label' | 'sentence'>): vscode.TextEditorDecorationType | undefined {
    if (!this.#isShown(mark)) return undefined;
    const key = tagKey(mark);
    let type = this.#types.get(key);
    if (type === undefined) {
      type = vscode.window.createTextEditorDecorationType(this.#looks(mark));
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
    const { entities, partsOfSpeech, sentenceLabels, hiddenTags } = this.#settings;
    if (hiddenTags.has(tagKey({ layer, label }))) return false;
    if (kind === 'sentence') return sentenceLabels.enabled;
    if (kind === 'span') return entities.enabled;
    return partsOfSpeech.enabled && partsOfSpeech.style !== 'semanticTokens';
  }

  #looks({
    kind,
    label,
    sentence,
  }: Pick<Mark, 'kind' | 'label' | 'sentence'>): vscode.DecorationRenderOptions {
    if (kind === 'sentence') return this.#sentence(styleOf(kind, label, sentence?.index));
    return kind === 'span' ? this.#span(label) : this.#word(label);
  }

  /** A bar behind the sentence, before its label, and a mark in the overview ruler. */
  #sentence({ color }: TagStyle): vscode.DecorationRenderOptions {
    return {
      after: {
        contentText: '',
        width: '3px',
        height: '1em',
        margin: '0 0 0 5px',
        backgroundColor: new vscode.ThemeColor(color),
        textDecoration: 'none; display: inline-block; vertical-align: text-bottom; border-radius: 1px;',
      },
      overviewRulerColor: new vscode.ThemeColor(color),
      overviewRulerLane: vscode.OverviewRulerLane.Right,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    };
  }

  #span(label: string): vscode.DecorationRenderOptions {
    const style = styleOf('span', label);
    return {
      backgroundColor: new vscode.ThemeColor(backgroundOf(style)),
      borderColor: new vscode.ThemeColor(style.color),
      borderStyle: style.line,
      borderWidth: '1px',
      borderRadius: '3px',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    };
  }

  #word(label: string): vscode.DecorationRenderOptions {
    const { color, line } = styleOf('token', label);
    // VS Code makes a variable of every contributed colour; a line cannot be given a colour otherwise.
    const lineColor = `color-mix(in srgb, var(--vscode-${color.replaceAll('.', '-')}) 55%, transparent)`;
    return {
      color: this.#settings.partsOfSpeech.style === 'color' ? new vscode.ThemeColor(color) : undefined,
      textDecoration: line === 'none' ? undefined : `${line} ${lineColor}; text-underline-offset: 2px;`,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    };
  }
}
