import * as vscode from 'vscode';
import type { SentenceLayerTags } from '../server/protocol/messages';
import { marksIn, tagKey } from './marks';
import type { ClientSettings } from './settings';
import { styleOf } from './tagStyles';
import type { TagStore } from './tagStore';

/** Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * Writes the label after each entity, and that of a whole sentence at its end. Inlay hints, unlike the text that
 * a decoration adds, take part in the wrapping of lines, so that no word is pushed out of sight.
 */
export class LabelHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #store: TagStore;
  readonly #settings: () => ClientSettings;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registration: vscode.Disposable;
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(selector: vscode.DocumentSelector, store: TagStore, settings: () => ClientSettings) {
    this.#store = store;
    this.#settings = settings;
    this.#registration = vscode.languages.registerInlayHintsProvider(selector, this);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** Tags or settings changed. */
  refresh(): void {
    this.#changed.fire();
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[] | undefined> {
    const { entities, sentenceLabels, hiddenTags } = this.#settings();
    const shown = {
      span: entities.enabled && entities.badge,
      sentence: sentenceLabels.enabled,
      token: false,
    };
    if (!shown.span && !shown.sentence) return [];
    const tagged = await this.#tagsOf(document, token);
    if (tagged === undefined) return undefined;
    const window = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const hints: vscode.InlayHint[] = [];
    for (const mark of marksIn(tagged.sentences, window)) {
      if (!shown[mark.kind] || hiddenTags.has(tagKey(mark))) continue;
      const end = document.positionAt(mark.end);
      // VS Code 1.139 draws no frames on a line that has both; the frame tells more.
      if (RIGHT_TO_LEFT.test(document.lineAt(end.line).text)) continue;
      const hint = new vscode.InlayHint(end, mark.label);
      hint.tooltip =
        mark.sentence === undefined ? styleOf('span', mark.label).name : describe(mark.layer, mark.sentence);
      hint.paddingLeft = true;
      hints.push(hint);
    }
    return hints;
  }

  /** Tags of the present version. After an edit it waits for them: no answer would make the badges blink. */
  async #tagsOf(document: vscode.TextDocument, token: vscode.CancellationToken) {
    const uri = document.uri.toString();
    while (!token.isCancellationRequested) {
      const tagged = this.#store.get(uri);
      if (tagged === undefined || tagged.version === document.version) return tagged;
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
    return undefined;
  }
}

/** The same that the hover over a word of the sentence says. */
function describe(layer: string, { label, probability, runnerUp }: SentenceLayerTags): string {
  const percent = (share: number): string => `${Math.floor(100 * share)} %`;
  const best = `Sentence, ${layer}: ${label} ${percent(probability)}`;
  return runnerUp === null ? best : `${best}; runner-up: ${runnerUp.label} ${percent(runnerUp.probability)}`;
}
