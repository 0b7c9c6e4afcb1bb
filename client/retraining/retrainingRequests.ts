import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import * as messages from '../../server/protocol/retraining';

/** Asks the server about retraining. What it refuses is told to the user in its own sentence; answers are undefined then. */
export class RetrainingRequests {
  readonly #client: LanguageClient;

  constructor(client: LanguageClient) {
    this.#client = client;
  }

  /** Answers when the training is done. */
  retrain(): Promise<messages.RetrainAnswer | undefined> {
    return this.#ask(() => this.#client.sendRequest(messages.retrain));
  }

  /** False where none runs. */
  cancel(): Promise<boolean | undefined> {
    return this.#ask(() => this.#client.sendRequest(messages.cancelRetraining));
  }

  history(): Promise<messages.ModelHistoryAnswer | undefined> {
    return this.#ask(() => this.#client.sendRequest(messages.modelHistory));
  }

  /** Why the model does not serve, or null; null as `run` is the original model. */
  use(run: string | null): Promise<string | null | undefined> {
    return this.#ask(() => this.#client.sendRequest(messages.useModel, { run }));
  }

  async pin(run: string, isPinned: boolean): Promise<boolean> {
    return (
      (await this.#ask(() => this.#client.sendRequest(messages.pinModel, { run, isPinned }))) !== undefined
    );
  }

  async remove(run: string): Promise<boolean> {
    return (await this.#ask(() => this.#client.sendRequest(messages.removeModel, { run }))) !== undefined;
  }

  /** Null for none. */
  report(run: string | null, nonce: string): Promise<messages.ReportAnswer | null | undefined> {
    return this.#ask(() => this.#client.sendRequest(messages.report, { run, nonce }));
  }

  async #ask<T>(request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`Glossator: ${sentence}`);
      return undefined;
    }
  }
}
