import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ReportAnswer } from '../../server/protocol/retraining';
import { announce } from '../taggedText';
import type { RetrainingRequests } from './retrainingRequests';

/** What the page of a report asks for. */
type PageMessage =
  | { readonly type: 'open'; readonly file: string; readonly start: number; readonly end: number }
  /** `data` is text, or a `data:` address. */
  | { readonly type: 'save'; readonly name: string; readonly data: string };

/** Shows training reports in one panel. */
export class ReportPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #report: ReportAnswer | undefined;

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Opens the report on a run; null for the newest. */
  async show(requests: RetrainingRequests, run: string | null): Promise<void> {
    const report = await requests.report(run, randomBytes(16).toString('hex'));
    if (report === undefined) return;
    if (report === null) {
      void vscode.window.showInformationMessage('Glossator: nothing was retrained here yet.');
      return;
    }
    this.#report = report;
    const panel = this.#panel ?? this.#open();
    panel.title = 'Training Report';
    panel.webview.html = report.html;
    panel.reveal(undefined, false);
  }

  #open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      'glossator.report',
      'Training Report',
      vscode.ViewColumn.Active,
      { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: false, localResourceRoots: [] },
    );
    panel.webview.onDidReceiveMessage((message: PageMessage) => this.#answer(message));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#report = undefined;
    });
    this.#panel = panel;
    return panel;
  }

  async #answer(message: PageMessage): Promise<void> {
    const folder = this.#report && vscode.Uri.parse(this.#report.folder);
    if (folder === undefined) return;
    try {
      if (message.type === 'open') await openPlace(folder, message);
      else await save(folder, message);
    } catch (error) {
      void vscode.window.showErrorMessage(
        `Glossator: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

/** Shows the place beside the report, so that the report stays in sight. */
async function openPlace(
  folder: vscode.Uri,
  { file, start, end }: Extract<PageMessage, { type: 'open' }>,
): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, ...file.split('/'));
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  await vscode.window.showTextDocument(document, { selection, viewColumn: vscode.ViewColumn.Beside });
}

async function save(
  folder: vscode.Uri,
  { name, data }: Extract<PageMessage, { type: 'save' }>,
): Promise<void> {
  const kind = path.extname(name).slice(1);
  const target = await vscode.window.showSaveDialog({
    title: `Save ${name}`,
    defaultUri: vscode.Uri.joinPath(folder, name),
    filters: { [kind.toUpperCase()]: [kind] },
  });
  if (target === undefined) return;
  const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(data) ?? [];
  const content = base64 === undefined ? Buffer.from(data, 'utf8') : Buffer.from(base64, 'base64');
  await vscode.workspace.fs.writeFile(target, content);
  announce(`Saved ${path.basename(target.path)}`);
}
