import * as vscode from 'vscode';
import type { QueueItem } from '../../server/protocol/queue';
import type { QueueSession } from './queueSession';

/** The view “Review Queue”: sentences to label next, with the reason for each. */
export class QueueView implements vscode.TreeDataProvider<QueueItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<QueueItem>;
  readonly #visibility: vscode.Disposable;
  #session: QueueSession | undefined;
  #subscription: vscode.Disposable | undefined;
  #revealed: string | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#view = vscode.window.createTreeView('glossator.reviewQueue', { treeDataProvider: this });
    // Nothing is looked at for a queue that nobody sees.
    this.#visibility = this.#view.onDidChangeVisibility(() => this.#followIfVisible());
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#visibility.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** Shows the queue of another run of the server; none while it is stopped. */
  follow(session: QueueSession | undefined): void {
    this.#subscription?.dispose();
    this.#session = session;
    this.#subscription = session?.onDidChange(() => this.#refresh());
    this.#refresh();
    this.#followIfVisible();
  }

  getTreeItem(item: QueueItem): vscode.TreeItem {
    const { id, name, excerpt, focus, reason, brief, layer } = item;
    const isCurrent = id === this.#session?.current?.id;
    const row = new vscode.TreeItem(highlighted(excerpt, focus.quote));
    row.id = id;
    row.description = `${brief} · ${name}`;
    row.iconPath = new vscode.ThemeIcon(isCurrent ? 'arrow-right' : 'question');
    row.tooltip = `${reason}\n\n${excerpt}\n\n${layer} · ${name}`;
    row.accessibilityInformation = { label: `${reason} ${excerpt}. ${layer}, in ${name}` };
    row.command = { title: 'Go to', command: 'glossator.openQueueItem', arguments: [id] };
    return row;
  }

  /** The list has one level; without this no row could be revealed. */
  getParent(): undefined {
    return undefined;
  }

  getChildren(item?: QueueItem): QueueItem[] {
    return item === undefined ? [...(this.#session?.state?.items ?? [])] : [];
  }

  #refresh(): void {
    const state = this.#session?.state;
    this.#view.message = messageOf(state);
    this.#view.description = state === undefined || state.items.length === 0 ? '' : `${state.items.length}`;
    this.#changed.fire();
    this.#reveal(state?.items.find(({ id }) => id === this.#session?.current?.id));
  }

  /** Keeps the row that the user was led to in sight. */
  #reveal(item: QueueItem | undefined): void {
    if (item === undefined || item.id === this.#revealed || !this.#view.visible) return;
    this.#revealed = item.id;
    this.#view.reveal(item, { select: true, focus: false }).then(undefined, () => undefined); // gone by now
  }

  #followIfVisible(): void {
    if (!this.#view.visible) return;
    this.#session?.follow().catch((error: unknown) => {
      this.#view.message = error instanceof Error ? error.message : String(error);
    });
  }
}

function messageOf(state: QueueSession['state']): string | undefined {
  if (state === undefined || state.sentences === 0) return 'Looking for sentences to review…';
  if (state.problem !== undefined) return state.problem;
  if (state.waiting > 0) return `Checking sentences: ${state.waiting} of ${state.sentences} left`;
  return state.items.length === 0 ? 'Nothing left to review in the texts of this workspace.' : undefined;
}

/** Code units before the words in question that a narrow view still shows with them. */
const BEFORE = 20;

/** The excerpt with the words in question marked, begun so late that they are in sight. */
function highlighted(excerpt: string, quote: string): vscode.TreeItemLabel {
  const words = quote.replace(/\s+/g, ' ').trim();
  const at = words.length < excerpt.length ? excerpt.indexOf(words) : -1;
  if (at < 0) return { label: excerpt };
  const from = at <= BEFORE ? 0 : excerpt.indexOf(' ', at - BEFORE) + 1;
  const label = from === 0 ? excerpt : `… ${excerpt.slice(Math.min(from, at))}`;
  const start = label.indexOf(words);
  return { label, highlights: [[start, start + words.length]] };
}
