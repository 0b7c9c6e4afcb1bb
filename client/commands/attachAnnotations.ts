import * as vscode from 'vscode';
import type { LabelSession } from '../labels/labelSession';
import { announce } from '../taggedText';

/** Gives the labels of texts that were moved by other programs to where these are now; the user says which. */
export async function attachAnnotations({ requests }: LabelSession): Promise<void> {
  const moved = await requests.movedAnnotations();
  if (moved === undefined) return;
  if (moved.length === 0) return announce('Every labelled text is in its place');
  const picks = moved.map((one) => ({
    label: one.name,
    description: one.labels === 1 ? '1 label' : `${one.labels} labels`,
    detail: one.found === undefined ? 'Not found; choose the text' : `Now ${one.found.name}`,
    one,
  }));
  const options = { title: 'Attach Labels of Moved Texts', placeHolder: 'Text that was moved' };
  const pick = await vscode.window.showQuickPick(picks, options);
  if (pick === undefined) return;
  const { uri, found } = pick.one;
  const to = found?.uri ?? (await chooseText(uri));
  if (to === undefined || !(await requests.attach(uri, to))) return;
  announce(
    `The labels of ${pick.one.name} are attached to ${vscode.workspace.asRelativePath(vscode.Uri.parse(to))}`,
  );
  await vscode.window.showTextDocument(vscode.Uri.parse(to));
}

async function chooseText(gone: string): Promise<string | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(gone))?.uri;
  const chosen = await vscode.window.showOpenDialog({
    ...{ title: 'Text That Has the Labels', openLabel: 'Attach Labels', canSelectMany: false },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  return chosen?.[0].toString();
}
