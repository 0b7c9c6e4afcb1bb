import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { LanguageClient } from 'vscode-languageclient/node';
import * as messages from '../server/protocol/messages';
import type { DidTagParams, StatusParams } from '../server/protocol/messages';
import { Decorator } from './decorator';
import { LabelHints } from './labelHints';
import { LabelSession } from './labels/labelSession';
import { QueueSession } from './queue/queueSession';
import { RetrainingRequests } from './retraining/retrainingRequests';
import { createLanguageClient, refreshSemanticTokens, selectorFor } from './serverProcess';
import { readSettings } from './settings';
import { StatusItem } from './statusItem';
import { TagStore } from './tagStore';
import { VisibleLines } from './visibleLines';

/** One run of the language server with all that shows its tags; a change of languages or runtime makes a new one. */
export class Session implements vscode.Disposable {
  readonly store = new TagStore();
  readonly labels: LabelSession;
  readonly retraining: RetrainingRequests;
  readonly queue: QueueSession;
  readonly #output: vscode.LogOutputChannel;
  readonly #client: LanguageClient;
  readonly #decorator: Decorator;
  readonly #hints: LabelHints;
  readonly #status: StatusItem;
  readonly #visible: VisibleLines;
  readonly #subscriptions: vscode.Disposable;
  /** Documents whose list of sentences was lost and asked for. */
  readonly #asked = new Set<string>();
  #told: string | undefined;
  #isTraining = false;
  #settings = readSettings();

  /**
   * @param module path of the bundled server
   * @param cache folder for archives that the server unpacks
   */
  constructor(module: string, cache: string, output: vscode.LogOutputChannel) {
    this.#output = output;
    const selector = selectorFor(this.#settings.languages);
    this.#client = createLanguageClient({ module, cache, selector, output, settings: () => this.#settings });
    this.retraining = new RetrainingRequests(this.#client);
    this.labels = new LabelSession(this.#client, this.store, selector, output);
    this.queue = new QueueSession(this.#client, this.labels);
    this.#decorator = new Decorator(this.labels.texts, this.#settings);
    this.#hints = new LabelHints(selector, this.labels.texts, () => this.#settings);
    this.#status = new StatusItem(selector, this.store);
    this.#visible = new VisibleLines(selector, (params) => this.#send(params));
    this.#subscriptions = vscode.Disposable.from(
      this.#client.onNotification(messages.didTag, (params) => this.#receive(params)),
      this.#client.onNotification(messages.status, (params) => this.#show(params)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#tellTrust()),
      this.#client.onDidChangeState(({ newState }) => this.#follow(newState)),
      this.labels.onDidLabel((uri) => this.#redraw(uri)),
      this.labels.onDidChangeProject(() => this.useSettings()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#status.refresh()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())),
      this.labels,
      this.queue,
      this.#decorator,
      this.#hints,
      this.#status,
      this.#visible,
    );
  }

  /** Starts the server; what goes wrong is shown in the language status. */
  async start(): Promise<void> {
    try {
      await this.#client.start();
    } catch (error) {
      this.#output.error(`The language server did not start: ${String(error)}`);
      this.#status.show('stopped');
    }
  }

  /** Takes over settings that need no new server: how the tags look. */
  useSettings(): void {
    this.#settings = readSettings();
    this.#decorator.useSettings(this.#settings);
    this.#hints.refresh();
    if (this.#client.isRunning()) refreshSemanticTokens(this.#client);
  }

  /** Has the server tag a document again, past its cache. */
  async retag(uri: vscode.Uri): Promise<void> {
    await this.#client.sendRequest(messages.retag, { uri: uri.toString() });
  }

  /** What the model that serves is made of; null while none does. */
  modelDetails(): Promise<messages.ModelDetails | null> {
    return this.#client.sendRequest(messages.model);
  }

  /** Ends the server and removes all that was shown. */
  async stop(): Promise<void> {
    this.#subscriptions.dispose();
    // A server that failed to start cannot be stopped; there is nothing left to end then.
    if (this.#client.needsStop()) await this.#client.dispose();
  }

  dispose(): void {
    this.stop().catch((error: unknown) => this.#output.error(`Stopping the server: ${String(error)}`));
  }

  #follow(state: State): void {
    if (state === State.Starting) this.#status.show('starting');
    if (state === State.Running) this.#visible.sendAll();
    if (state === State.Stopped) {
      this.store.clear();
      this.labels.clear();
      this.#tellTraining(false);
      this.#status.show('stopped');
    }
  }

  #show(params: StatusParams): void {
    this.#status.show(params);
    this.#tellTraining(params.training !== undefined);
    if (params.state !== 'failed' || params.message === undefined || params.message === this.#told) return;
    this.#told = params.message;
    this.#output.error(params.message);
    void vscode.window.showErrorMessage(`Glossator: ${params.message}`, 'Show Output').then((choice) => {
      if (choice !== undefined) this.#output.show();
    });
  }

  /** When-clauses of commands ask for it. */
  #tellTraining(isTraining: boolean): void {
    if (isTraining === this.#isTraining) return;
    this.#isTraining = isTraining;
    void vscode.commands.executeCommand('setContext', 'glossator.isTraining', isTraining);
  }

  #receive(params: DidTagParams): void {
    const { uri } = params;
    const outcome = this.store.apply(params);
    if (outcome === 'lost') void this.#recover(uri);
    if (outcome !== 'applied') return;
    this.#redraw(uri);
    if (uri === vscode.window.activeTextEditor?.document.uri.toString()) this.#status.refresh();
  }

  #redraw(uri: string): void {
    this.#decorator.update(uri);
    this.#hints.refresh();
  }

  /** Asks for the full list of a document whose edits no longer fit; messages that come meanwhile are in it. */
  async #recover(uri: string): Promise<void> {
    if (this.#asked.has(uri)) return;
    this.#asked.add(uri);
    try {
      const full = await this.#client.sendRequest(messages.tags, { uri });
      const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri);
      if (full !== null && isOpen) this.#receive(full);
    } catch (error) {
      this.#output.warn(`Asking for the tags of ${uri}: ${String(error)}`);
    } finally {
      this.#asked.delete(uri);
    }
  }

  #forget(uri: string): void {
    this.store.delete(uri);
    this.labels.forget(uri);
    this.#decorator.clear(uri);
  }

  /** A server that starts later is told when it does. */
  #tellTrust(): void {
    if (!this.#client.isRunning()) return;
    this.#client.sendNotification(messages.trusted).catch((error: unknown) => {
      this.#output.warn(`Telling that the workspace is trusted: ${String(error)}`);
    });
  }

  #send(params: messages.VisibleParams): void {
    if (!this.#client.isRunning()) return;
    this.#client.sendNotification(messages.visible, params).catch((error: unknown) => {
      this.#output.warn(`Telling what is visible: ${String(error)}`);
    });
  }
}
