import * as vscode from 'vscode';
import type { LabelStyles } from './labels/labelStyles';
import type { ShownMark } from './labels/shownMarks';
import { BORDERS, spanLook, variableOf } from './labels/spanLook';
import { tagKey } from './marks';
import type { ClientSettings } from './settings';
import { checkMark } from './swatch';
import type { TagStyle } from './tagStyles';

/** All that the look of a mark depends on. */
type Look = Pick<ShownMark, 'kind' | 'layer' | 'label' | 'sentence' | 'state' | 'lane'>;

/** The looks of tags and labels as editor decorations, each made when it is first met. */
export class DecorationTypes implements vscode.Disposable {
  readonly #settings: ClientSettings;
  readonly #styles: LabelStyles;
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();
  readonly #suggested = new Set<vscode.TextEditorDecorationType>();
  #reviewed: vscode.TextEditorDecorationType | undefined;

  constructor(settings: ClientSettings, styles: LabelStyles) {
    this.#settings = settings;
    this.#styles = styles;
  }

  /** The decoration of a mark, or undefined where settings hide it. */
  of(mark: Look): vscode.TextEditorDecorationType | undefined {
    if (!this.#isShown(mark)) return undefined;
    const key = `${tagKey(mark)} ${mark.state} ${mark.lane}`;
    let type = this.#types.get(key);
    if (type === undefined) {
      type = vscode.window.createTextEditorDecorationType(this.#looks(mark));
      this.#types.set(key, type);
      if (mark.state === 'suggested') this.#suggested.add(type);
    }
    return type;
  }

  /** Whether a decoration is of suggestions, which change with the tags only. */
  isSuggestion(type: vscode.TextEditorDecorationType): boolean {
    return this.#suggested.has(type);
  }

  /** The mark beside sentences that a person has reviewed. */
  get reviewed(): vscode.TextEditorDecorationType {
    const look = (color: string): { gutterIconPath: vscode.Uri } => ({
      gutterIconPath: vscode.Uri.parse(checkMark(color)),
    });
    this.#reviewed ??= vscode.window.createTextEditorDecorationType({
      gutterIconSize: 'contain',
      light: look('#5f6b7a'),
      dark: look('#aab4c2'),
    });
    return this.#reviewed;
  }

  /** Removes every decoration from every editor. */
  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
    this.#types.clear();
    this.#suggested.clear();
    this.#reviewed?.dispose();
    this.#reviewed = undefined;
  }

  #isShown({ kind, layer, label, state }: Look): boolean {
    const { entities, partsOfSpeech, sentenceLabels, hiddenTags } = this.#settings;
    if (hiddenTags.has(tagKey({ layer, label }))) return false;
    if (state !== 'suggested') return true;
    if (kind === 'sentence') return sentenceLabels.enabled;
    if (kind === 'span') return entities.enabled;
    return partsOfSpeech.enabled && partsOfSpeech.style !== 'semanticTokens';
  }

  #looks(mark: Look): vscode.DecorationRenderOptions {
    const style = this.#styles.styleOf(mark);
    if (mark.kind === 'sentence') return this.#sentence(style);
    return mark.kind === 'span' ? spanLook(style, mark.state, mark.lane) : this.#word(style, mark.state);
  }

  /** A bar behind the sentence, before its label, and a mark in the overview ruler. */
  #sentence({ color }: TagStyle): vscode.DecorationRenderOptions {
    return {
      after: {
        contentText: '',
        width: '3px',
        height: '1em',
        margin: '0 2px 0 5px',
        backgroundColor: new vscode.ThemeColor(color),
        textDecoration: 'none; display: inline-block; vertical-align: text-bottom; border-radius: 1px;',
      },
      overviewRulerColor: new vscode.ThemeColor(color),
      overviewRulerLane: vscode.OverviewRulerLane.Right,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    };
  }

  /** A word of a person's own has a bar under it. */
  #word({ color, line }: TagStyle, state: ShownMark['state']): vscode.DecorationRenderOptions {
    // A line cannot be given a theme colour otherwise.
    const lineColor = `color-mix(in srgb, ${variableOf(color)} 55%, transparent)`;
    const underline = line === 'none' ? 'none' : `${line} ${lineColor}; text-underline-offset: 2px`;
    // Not as `color`, which would outweigh the colour of selected text: high contrast themes need that one.
    const textColor = this.#settings.partsOfSpeech.style === 'color' ? `; color: ${variableOf(color)}` : '';
    const bar = {
      borderColor: new vscode.ThemeColor(color),
      borderStyle: BORDERS[state],
      borderWidth: '0 0 3px',
    };
    return {
      textDecoration: `${underline}${textColor};`,
      ...(state === 'suggested' ? {} : bar),
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    };
  }
}
