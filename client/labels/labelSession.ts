import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import * as messages from '../../server/protocol/labels';
import type { Window } from '../marks';
import type { TextFilter } from '../serverProcess';
import type { TagStore } from '../tagStore';
import { AnnotationMode } from './annotationMode';
import { LabelRequests } from './labelRequests';
import { ShownLabels } from './shownLabels';
import { LabelStyles } from './labelStyles';
import { ShownTexts } from './shownTexts';

/** What the user was asked about: some words and the layer that is in doubt there. */
export interface Question extends Window {
  readonly uri: string;
  readonly layer: string;
}

/** Labels and project of one run of the server, kept in step with it. */
export class LabelSession implements vscode.Disposable {
  readonly texts: ShownTexts;
  readonly requests: LabelRequests;
  readonly mode: AnnotationMode;
  readonly #output: vscode.LogOutputChannel;
  readonly #store = new ShownLabels();
  readonly #styles = new LabelStyles();
  readonly #labelled = new vscode.EventEmitter<string>();
  readonly #restyled = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Documents whose labels were lost and asked for. */
  readonly #asked = new Set<string>();
  #told: string | undefined;
  /** What the review queue led to last: while its words are selected, commands are about its layer. */
  question: Question | undefined;
  /** Fires the URI of a document whose labels changed. */
  readonly onDidLabel = this.#labelled.event;
  /** Fires when layers or looks of the project changed. */
  readonly onDidChangeProject = this.#restyled.event;

  constructor(
    client: LanguageClient,
    tags: TagStore,
    selector: TextFilter[],
    output: vscode.LogOutputChannel,
  ) {
    this.#output = output;
    this.texts = new ShownTexts(tags, this.#store, this.#styles);
    this.requests = new LabelRequests(client, this.#store);
    this.mode = new AnnotationMode(selector, this.#styles);
    this.#subscriptions = vscode.Disposable.from(
      this.#labelled,
      this.#restyled,
      this.mode,
      client.onNotification(messages.didLabel, (params) => this.#receive(params)),
      client.onNotification(messages.didChangeProject, (params) => this.#useProject(params)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || vscode.languages.match(selector, document) === 0) return;
        const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          start: rangeOffset,
          end: rangeOffset + rangeLength,
          length: text.length,
        }));
        this.#store.follow(document.uri.toString(), document.version, changes);
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.#setContext()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    void vscode.commands.executeCommand('setContext', 'glossator.hasLabels', false);
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.#store.delete(uri);
  }

  /** Forgets everything: the server has stopped. */
  clear(): void {
    this.#store.clear();
  }

  #receive(params: messages.DidLabelParams): void {
    const { uri } = params;
    if (this.#store.apply(params) === 'lost') {
      void this.#recover(uri);
      return;
    }
    this.#labelled.fire(uri);
    this.#setContext();
    this.#tell(params.unsaved ? params.problem : undefined);
  }

  /** Tells once of each reason why labels are not saved. */
  #tell(problem: string | undefined): void {
    if (problem === this.#told) return;
    this.#told = problem;
    if (problem !== undefined) void this.requests.offerToSave(problem);
  }

  async #recover(uri: string): Promise<void> {
    if (this.#asked.has(uri)) return;
    this.#asked.add(uri);
    try {
      const full = await this.requests.labels(uri);
      const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri);
      if (full !== null && isOpen) this.#receive(full);
    } catch (error) {
      this.#output.warn(`Asking for the labels of ${uri}: ${String(error)}`);
    } finally {
      this.#asked.delete(uri);
    }
  }

  #useProject(params: messages.ProjectParams): void {
    this.#styles.useProject(params);
    this.mode.refresh();
    this.#restyled.fire();
  }

  #setContext(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const hasLabels = uri !== undefined && this.#store.labels(uri).length > 0;
    void vscode.commands.executeCommand('setContext', 'glossator.hasLabels', hasLabels);
  }
}
