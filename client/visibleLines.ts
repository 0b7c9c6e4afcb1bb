import * as vscode from 'vscode';
import type { VisibleParams } from '../server/protocol/messages';

/** Milliseconds without scrolling after which the server hears what is on screen. */
const CALM = 80;

/** Reports which lines of which documents are on screen, so that they are tagged first. */
export class VisibleLines implements vscode.Disposable {
  readonly #selector: vscode.DocumentSelector;
  readonly #send: (params: VisibleParams) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(selector: vscode.DocumentSelector, send: (params: VisibleParams) => void) {
    this.#selector = selector;
    this.#send = send;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) =>
        this.#schedule(textEditor.document),
      ),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.#schedule(document);
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** Reports every visible document at once: the server has just started. */
  sendAll(): void {
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    for (const document of documents) this.#report(document);
  }

  #schedule(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    clearTimeout(this.#timers.get(uri));
    const timer = setTimeout(() => {
      this.#timers.delete(uri);
      this.#report(document);
    }, CALM);
    this.#timers.set(uri, timer);
  }

  #report(document: vscode.TextDocument): void {
    if (document.isClosed || vscode.languages.match(this.#selector, document) === 0) return;
    const lines = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .flatMap(({ visibleRanges }) => visibleRanges)
      .map(({ start, end }) => ({ start: start.line, end: end.line + 1 }));
    if (lines.length > 0) this.#send({ uri: document.uri.toString(), lines });
  }
}
