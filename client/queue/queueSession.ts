import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import * as messages from '../../server/protocol/queue';
import { TargetText } from '../labels/targetText';
import type { LabelSession } from '../labels/labelSession';
import type { Window } from '../marks';
import { announce } from '../taggedText';
import { itemAfter } from './itemAfter';
import { placeOfQuote } from './placeOfQuote';

type Item = messages.QueueItem;

/** The review queue of one run of the server, and where the user is in it. */
export class QueueSession implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #labels: LabelSession;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #state: messages.ReviewQueueState | undefined;
  #current: Item | undefined;
  /** The user asked for the next item before there was one. */
  #isAwaited = false;
  /** Fires when the queue, or the place in it, changed. */
  readonly onDidChange = this.#changed.event;

  constructor(client: LanguageClient, labels: LabelSession) {
    this.#client = client;
    this.#labels = labels;
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      client.onNotification(messages.didChangeReviewQueue, (params) => this.#receive(params)),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Undefined until the server has told of it. */
  get state(): messages.ReviewQueueState | undefined {
    return this.#state;
  }

  /** The item that the user was led to last. */
  get current(): Item | undefined {
    return this.#current;
  }

  /** Has the server make the queue, and keep it. */
  async follow(): Promise<void> {
    if (!this.#client.isRunning()) return;
    const layer = this.#labels.mode.layer?.name;
    const state = await this.#client.sendRequest(messages.reviewQueue, layer === undefined ? {} : { layer });
    this.#state ??= state;
    this.#changed.fire();
  }

  /** Leads to the item after the present one, from the last to the first again. */
  async next(): Promise<void> {
    await this.follow();
    const items = this.#state?.items ?? [];
    const item = itemAfter(items, this.#current?.id);
    this.#isAwaited = item === undefined;
    if (item === undefined) return announce(emptySentence(this.#state));
    await this.show(item);
  }

  /** Opens the text of an item, selects the words in question and says why. */
  async show(item: Item): Promise<void> {
    this.#current = item;
    this.#changed.fire();
    const editor = await vscode.window.showTextDocument(vscode.Uri.parse(item.uri));
    const text = new TargetText(this.#labels, editor);
    const place = placeOfQuote(editor.document.getText(), item.focus);
    if (place === undefined) return announce('The sentence was changed; the queue follows in a moment');
    text.select(place satisfies Window);
    this.#labels.question = { uri: text.uri, layer: item.layer, ...place };
    const items = this.#state?.items ?? [];
    const number = items.findIndex(({ id }) => id === item.id) + 1;
    announce(`${number} of ${items.length}: ${item.reason}`);
  }

  #receive({ decided, ...state }: messages.DidChangeReviewQueueParams): void {
    const before = this.#state?.items ?? [];
    this.#state = state;
    const current = this.#current;
    const isDone = current !== undefined && decided.includes(current.id);
    // Who works in another text by now is not called away from it.
    const isHere = vscode.window.activeTextEditor?.document.uri.toString() === current?.uri;
    const at = before.findIndex(({ id }) => id === current?.id);
    const left = before.slice(at + 1).find(({ id }) => state.items.some((item) => item.id === id));
    const following = state.items.find(({ id }) => id === left?.id) ?? state.items[0];
    this.#changed.fire();
    const [first] = state.items;
    if (this.#isAwaited && first !== undefined) {
      this.#isAwaited = false;
      void this.show(first);
    }
    if (isDone && isHere) void this.#moveOn(current, following);
  }

  /** Leads to the item after one that was decided on, unless the user was led elsewhere meanwhile. */
  async #moveOn(decided: Item, following: Item | undefined): Promise<void> {
    // The queue changes before the decision is answered: said first, the next reason would be covered by the answer.
    await this.#labels.requests.answered();
    if (this.#current !== decided) return;
    if (following === undefined) announce(emptySentence(this.#state));
    else await this.show(following);
  }
}

function emptySentence(state: messages.ReviewQueueState | undefined): string {
  if (state?.problem !== undefined) return state.problem;
  if (state === undefined || state.sentences === 0 || state.waiting > 0)
    return 'The model is looking for sentences to review';
  return 'Nothing left to review in the texts of this workspace';
}
