import * as vscode from 'vscode';
import type { ModelDetails } from '../server/protocol/messages';
import { modelDetailsText } from './modelDetailsText';

const SCHEME = 'glossator';

/** A read-only document on the model that serves. */
export class ModelDetailsView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly onDidChange = this.#changed.event;
  #details: ModelDetails | null = null;

  /** Opens the document, or brings it up to date. */
  async show(details: ModelDetails | null): Promise<void> {
    if (details === null) {
      await vscode.window.showInformationMessage('Glossator: no model is loaded yet.');
      return;
    }
    this.#details = details;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: '/Glossator Model.md' });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(): string {
    return this.#details === null ? '' : modelDetailsText(this.#details);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
