import * as vscode from 'vscode';
import { annotationTree } from './annotationTree';
import type { TreeRow } from './annotationTree';
import type { LabelSession } from './labelSession';

/** Milliseconds without a change of labels after which the view counts again. */
const CALM = 250;

const ICONS: Readonly<Record<TreeRow['kind'], string>> = {
  review: 'question',
  progress: 'checklist',
  layer: 'layers',
  label: 'tag',
  file: 'file-text',
  problem: 'error',
};

/** The view “Annotations”: layers, their labels and the texts that have them, with numbers. */
export class AnnotationsView implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<TreeRow>;
  #session: LabelSession | undefined;
  #subscription: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#view = vscode.window.createTreeView('glossator.annotations', { treeDataProvider: this });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** Shows the labels of another run of the server; none while it is stopped. */
  follow(session: LabelSession | undefined): void {
    this.#subscription?.dispose();
    this.#session = session;
    this.#subscription =
      session &&
      vscode.Disposable.from(
        session.onDidLabel(() => this.#schedule()),
        session.onDidChangeProject(() => this.#schedule()),
      );
    this.#changed.fire();
  }

  getTreeItem({ id, text, detail, kind, children, place }: TreeRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const state =
      children.length === 0 ? None : kind === 'label' || kind === 'progress' ? Collapsed : Expanded;
    const item = new vscode.TreeItem(text, state);
    item.id = id;
    item.description = detail;
    item.iconPath = new vscode.ThemeIcon(ICONS[kind]);
    item.tooltip = `${text}: ${detail}`;
    if (place !== undefined) {
      item.command = { title: 'Open', command: 'glossator.openLabel', arguments: [place] };
    }
    return item;
  }

  async getChildren(row?: TreeRow): Promise<TreeRow[]> {
    if (row !== undefined) return [...row.children];
    const counts = await this.#session?.requests.counts().catch(() => undefined);
    return counts === undefined ? [] : annotationTree(counts);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(), CALM);
  }
}
