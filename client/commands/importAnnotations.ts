import * as vscode from 'vscode';
import type { LabelSession } from '../labels/labelSession';
import { announce } from '../taggedText';
import { askAndConvert, tellSkipped } from './askAndConvert';
import { annotatedExtensions, isAnnotatedFile } from './pickFormat';
import { settleImport } from './settleImport';

const TITLE = 'Import Annotations';

/**
 * Brings texts with their labels into the workspace, from files of another format. What will happen is shown, and can
 * be changed, before anything is written.
 * @param named what was clicked in the explorer; else the data file in the editor, or what the user chooses
 */
export async function importAnnotations(
  { requests, texts }: LabelSession,
  named?: readonly vscode.Uri[],
): Promise<void> {
  const files = named ?? dataInEditor() ?? (await pickFiles());
  if (files === undefined || files.length === 0) return;
  const layers = texts.styles.layers.filter(({ kind }) => kind === 'span').map(({ name }) => name);
  const asked = await settleImport(requests, files, layers, TITLE);
  if (asked === undefined) return;
  const answer = await askAndConvert(requests, asked, TITLE);
  if (answer === undefined) return;
  void tellSkipped(answer);
  const { labels, texts: number, outputs } = answer;
  announce(
    `${number} ${number === 1 ? 'text' : 'texts'} with ${labels} ${labels === 1 ? 'label' : 'labels'} imported`,
  );
  if (outputs.length === 1) await vscode.window.showTextDocument(vscode.Uri.parse(outputs[0]));
}

/** The file in the editor, where it is one of another format and no text. */
function dataInEditor(): vscode.Uri[] | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && isAnnotatedFile(uri.path) ? [uri] : undefined;
}

async function pickFiles(): Promise<vscode.Uri[] | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showOpenDialog({
    ...{ title: TITLE, openLabel: 'Import', canSelectMany: true, defaultUri },
    ...{ canSelectFiles: true, canSelectFolders: true },
    filters: {
      'Annotated texts': annotatedExtensions.map((extension) => extension.slice(1)),
      'All files': ['*'],
    },
  });
}
