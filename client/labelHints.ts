import * as vscode from 'vscode';
import type { SentenceLayerTags } from '../server/protocol/messages';
import type { ShownMark } from './labels/shownMarks';
import type { ShownTexts } from './labels/shownTexts';
import { tagKey } from './marks';
import type { ClientSettings } from './settings';

/** Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * Writes the label after each entity, and that of a whole sentence at its end, with a mark where a person confirmed
 * it (`✓`) or has to look again (`?`); and a mark after each sentence that was reviewed. Inlay hints, unlike the text that
 * a decoration adds, take part in the wrapping of lines, so that no word is pushed out of sight.
 */
export class LabelHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #texts: ShownTexts;
  readonly #settings: () => ClientSettings;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registration: vscode.Disposable;
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(selector: vscode.DocumentSelector, texts: ShownTexts, settings: () => ClientSettings) {
    this.#texts = texts;
    this.#settings = settings;
    this.#registration = vscode.languages.registerInlayHintsProvider(selector, this);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** Tags, labels or settings changed. */
  refresh(): void {
    this.#changed.fire();
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[] | undefined> {
    if (!(await this.#isCurrent(document, token))) return undefined;
    const uri = document.uri.toString();
    const window = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const hints: vscode.InlayHint[] = [];
    const add = (offset: number, text: string, tooltip: string): void => {
      const end = document.positionAt(offset);
      // VS Code 1.139 draws no frames on a line that has both; the frame tells more.
      if (RIGHT_TO_LEFT.test(document.lineAt(end.line).text)) return;
      const hint = new vscode.InlayHint(end, text);
      hint.tooltip = tooltip;
      hint.paddingLeft = true;
      hints.push(hint);
    };
    for (const mark of this.#texts.marks(uri, document.version, window)) {
      const text = this.#badge(mark);
      if (text !== undefined) add(mark.end, text, this.#describe(mark));
    }
    for (const { end, annotator, layers } of this.#texts.reviewed(uri, window))
      add(
        end,
        '✓',
        `Reviewed in ${layers.join(', ')} by ${annotator}; unlabelled words count as “no label”.`,
      );
    return hints;
  }

  /** What is written after a mark; undefined for nothing. */
  #badge({ kind, layer, label, state, given }: ShownMark): string | undefined {
    const { entities, sentenceLabels, hiddenTags } = this.#settings();
    if (hiddenTags.has(tagKey({ layer, label }))) return undefined;
    if (state === 'review') {
      if (given?.review !== 'lost') return `${label} ?`;
      return `${label} ? lost: “${shortened(given.quote)}”`;
    }
    const isShown =
      (kind === 'span' && entities.badge && (state === 'confirmed' || entities.enabled)) ||
      (kind === 'sentence' && (state === 'confirmed' || sentenceLabels.enabled));
    if (!isShown) return undefined;
    return state === 'confirmed' ? `${label} ✓` : label;
  }

  #describe(mark: ShownMark): string {
    const { name } = this.#texts.styles.styleOf(mark);
    const { given, sentence, layer } = mark;
    if (given !== undefined) {
      const by = `${name}, ${given.annotator}`;
      return mark.state === 'confirmed' ? by : `${by}. Needs review: it was “${shortened(given.quote)}”.`;
    }
    return sentence === undefined ? name : describe(layer, sentence);
  }

  /**
   * Waits for the tags of the present version after an edit: no answer would make the badges blink. False when
   * the editor no longer asks.
   */
  async #isCurrent(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<boolean> {
    const uri = document.uri.toString();
    while (!token.isCancellationRequested) {
      if (this.#texts.tags.get(uri) === undefined || this.#texts.isCurrent(uri, document.version))
        return true;
      await new Promise<void>((resolve) => {
        const subscriptions = vscode.Disposable.from(
          this.#changed.event(() => done()),
          token.onCancellationRequested(() => done()),
        );
        const done = (): void => {
          subscriptions.dispose();
          resolve();
        };
      });
    }
    return false;
  }
}

function shortened(words: string): string {
  const line = words.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** The same that the hover over a word of the sentence says. */
function describe(layer: string, { label, probability, runnerUp }: SentenceLayerTags): string {
  const percent = (share: number): string => `${Math.floor(100 * share)} %`;
  const best = `Sentence, ${layer}: ${label} ${percent(probability)}`;
  return runnerUp === null ? best : `${best}; runner-up: ${runnerUp.label} ${percent(runnerUp.probability)}`;
}
