import * as vscode from 'vscode';
import { type LanguageClient, LSPErrorCodes, ResponseError } from 'vscode-languageclient/node';
import * as files from '../../server/protocol/annotationFiles';
import { convert, type ConvertAnswer, type ConvertParams } from '../../server/protocol/conversion';
import * as messages from '../../server/protocol/labels';
import type { OpenVersion } from '../../server/protocol/versions';
import { announce } from '../taggedText';
import type { Window } from '../marks';
import { InFlight } from './inFlight';
import type { ShownLabels } from './shownLabels';

const TRY_AGAIN = 'Try Again';

/**
 * Asks the server for changes of labels. What it refuses is told to the user in its own sentence; where labels could
 * not be saved, with another try. Requests answer undefined then.
 */
export class LabelRequests {
  readonly #client: LanguageClient;
  readonly #labels: ShownLabels;
  readonly #inFlight = new InFlight();
  /** One message at a time about labels that are not saved: the server tells it as it answers, too. */
  #isOffering = false;

  constructor(client: LanguageClient, labels: ShownLabels) {
    this.#client = client;
    this.#labels = labels;
  }

  /** Changes labels of a document as one step of undo; false where that failed or there is nothing to do. */
  async apply(
    document: vscode.TextDocument,
    title: string,
    operations: readonly messages.WireLabelOperation[],
  ): Promise<boolean> {
    if (operations.length === 0) return false;
    const uri = document.uri.toString();
    const params = { uri, version: document.version, title, operations };
    const answer = await this.#ask(() => this.#client.sendRequest(messages.label, params), uri);
    return answer !== undefined;
  }

  /**
   * Changes labels of several documents as one step of undo. `changed`: nothing was done, since one of them is not as it
   * was; whoever asks looks again.
   */
  async applyAll(params: messages.LabelAllParams): Promise<'done' | 'changed' | 'failed'> {
    const answer = await this.#ask(() =>
      this.#client.sendRequest(messages.labelAll, params).catch((error: unknown) => {
        if (isStale(error)) return 'changed' as const;
        throw error;
      }),
    );
    return answer === undefined ? 'failed' : (answer ?? 'done');
  }

  /** The labels that a span may be given, the most probable first. */
  async choices(
    document: vscode.TextDocument,
    { start, end }: Window,
    layer?: string,
  ): Promise<messages.LabelChoices | undefined> {
    const uri = document.uri.toString();
    const of = layer === undefined ? {} : { layer };
    const params = { uri, version: document.version, start, end, ...of };
    const answer = await this.#ask(() => this.#client.sendRequest(messages.labelChoices, params));
    return answer ?? undefined;
  }

  /** The sentence at a place, or between two the one before: null where there is none, undefined where asking failed. */
  async sentence(document: vscode.TextDocument, offset: number): Promise<Window | null | undefined> {
    const params = { uri: document.uri.toString(), version: document.version, offset };
    return this.#ask(() => this.#client.sendRequest(messages.sentence, params));
  }

  /** Marks a sentence as reviewed, or takes that back; null where there is none, undefined where that failed. */
  async review(
    document: vscode.TextDocument,
    offset: number,
    about: Pick<messages.ReviewSentenceParams, 'layers' | 'asked'>,
  ): Promise<messages.SentenceReview | null | undefined> {
    const uri = document.uri.toString();
    const params = { uri, version: document.version, offset, ...about };
    return this.#ask(() => this.#client.sendRequest(messages.reviewSentence, params), uri);
  }

  /** Merges annotations that git could not; undefined where one could not be read. */
  async resolveConflicts(uri?: string): Promise<readonly files.ResolvedConflict[] | undefined> {
    const params = uri === undefined ? {} : { uri };
    return this.#ask(() => this.#client.sendRequest(files.resolveConflicts, params));
  }

  /** Labels of texts that were moved or deleted; undefined where asking failed. */
  async movedAnnotations(): Promise<readonly files.MovedAnnotations[] | undefined> {
    return this.#ask(() => this.#client.sendRequest(files.movedAnnotations));
  }

  /** Gives the labels of a text that is gone to another; false where that failed. */
  async attach(from: string, to: string): Promise<boolean> {
    return (
      (await this.#ask(() => this.#client.sendRequest(files.attachAnnotations, { from, to }))) !== undefined
    );
  }

  /** How many suggestions were accepted. */
  async accept(params: messages.AcceptParams): Promise<number | undefined> {
    return (await this.#ask(() => this.#client.sendRequest(messages.accept, params), params.uri))?.accepted;
  }

  /** Takes back the last change of labels, or does it again, and says which. */
  async revert(document: vscode.TextDocument, direction: 'undo' | 'redo'): Promise<void> {
    const uri = document.uri.toString();
    const type = direction === 'undo' ? messages.undoLabels : messages.redoLabels;
    const done = await this.#ask(() => this.#client.sendRequest(type, { uri }), uri);
    if (done === undefined) return;
    const [verb, none] =
      direction === 'undo' ? ['Undone', 'No change of labels to undo'] : ['Redone', 'Nothing to redo'];
    if (done === null) return announce(none);
    const rest = done.skipped > 0 ? `, except ${done.skipped} labels that were changed since` : '';
    announce(`${verb}: ${done.title}${rest}`);
  }

  async matches(params: messages.MatchesParams): Promise<readonly messages.Match[]> {
    return (await this.#ask(() => this.#client.sendRequest(messages.matches, params))) ?? [];
  }

  /** How many labels were rewritten; undefined where the edit was refused. */
  async editProject(edit: messages.ProjectEdit): Promise<number | undefined> {
    const answer = await this.#askInStep((versions) =>
      this.#client.sendRequest(messages.editProject, { ...edit, versions }),
    );
    return answer?.labels;
  }

  /** Undefined where it failed. */
  async convert(params: ConvertParams): Promise<ConvertAnswer | undefined> {
    return this.#askInStep((versions) => this.#client.sendRequest(convert, { ...params, versions }));
  }

  async counts(): Promise<messages.AnnotationCounts | undefined> {
    if (!this.#client.isRunning()) return undefined;
    return this.#client.sendRequest(messages.annotationCounts);
  }

  /** The full list of a document. */
  labels(uri: string): Promise<messages.DidLabelParams | null> {
    return this.#client.sendRequest(messages.labels, { uri });
  }

  /** Resolves when what was asked so far was answered, and the user was told of it. */
  answered(): Promise<void> {
    return this.#inFlight.answered();
  }

  /** Tells that labels are not on disk, and offers another try until they are. */
  async offerToSave(sentence: string): Promise<void> {
    if (this.#isOffering) return;
    this.#isOffering = true;
    try {
      await this.#offerAgain(sentence);
    } finally {
      this.#isOffering = false;
    }
  }

  async #offerAgain(sentence: string): Promise<void> {
    let problem: string | undefined = sentence;
    while (problem !== undefined) {
      const choice: string | undefined = await vscode.window.showErrorMessage(problem, TRY_AGAIN);
      if (choice === undefined) break;
      try {
        await this.#client.sendRequest(messages.saveLabels);
        problem = undefined;
        announce('The labels are saved');
      } catch (error) {
        problem = sentenceOf(error);
      }
    }
  }

  /** Asks for what concerns the open texts as they are now, and once more where somebody types at that moment. */
  #askInStep<T>(request: (versions: OpenVersion[]) => Promise<T>): Promise<T | undefined> {
    return this.#ask(async () => {
      try {
        return await request(openVersions());
      } catch (error) {
        if (!isStale(error)) throw error;
        return request(openVersions());
      }
    });
  }

  async #ask<T>(request: () => Promise<T>, uri?: string): Promise<T | undefined> {
    try {
      return await this.#inFlight.follow(request());
    } catch (error) {
      const isUnsaved = uri !== undefined && this.#labels.saving(uri).isUnsaved;
      if (isUnsaved) void this.offerToSave(sentenceOf(error));
      else void vscode.window.showErrorMessage(sentenceOf(error));
      return undefined;
    }
  }
}

const openVersions = (): OpenVersion[] =>
  vscode.workspace.textDocuments
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, version }) => ({ uri: uri.toString(), version }));

/** The server refused because a text has changed in the meantime. */
const isStale = (error: unknown): boolean =>
  error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified;

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
