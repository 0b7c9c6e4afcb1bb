import * as vscode from 'vscode';
import type { WireFormat } from '../../server/protocol/conversion';
import type { LabelSession } from '../labels/labelSession';
import { announce } from '../taggedText';
import { askAndConvert, tellSkipped } from './askAndConvert';
import { pickFormat } from './pickFormat';

const TITLE = 'Export Annotations';
const SHOW = 'Show';

/** Writes texts of the workspace with their labels in another format, to a place that the user chooses. */
export async function exportAnnotations(session: LabelSession): Promise<void> {
  const texts = await pickTexts(session);
  if (texts === undefined || !(await saveFirst(texts))) return;
  const format = await pickFormat(TITLE);
  const out = format && (await pickPlace(format, texts));
  if (format === undefined || out === undefined) return;
  const files = texts.map((text) => text.toString());
  const place = { to: format.name, out: out.toString(), isFolder: format.perText };
  const answer = await askAndConvert(session.requests, { files, from: 'glossator', ...place }, TITLE);
  if (answer === undefined) return;
  const [first] = answer.outputs;
  const { texts: number, labels } = answer;
  const done = `${number} ${number === 1 ? 'text' : 'texts'} with ${labels} ${labels === 1 ? 'label' : 'labels'} exported`;
  announce(done);
  void tellSkipped(answer);
  if ((await vscode.window.showInformationMessage(`${done} as ${format.title}.`, SHOW)) === SHOW)
    await vscode.window.showTextDocument(vscode.Uri.parse(first));
}

/** The text in the editor, or all that have labels. */
async function pickTexts({ requests }: LabelSession): Promise<vscode.Uri[] | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const counts = await requests.counts();
  const all = (counts?.texts ?? []).map(({ uri }) => vscode.Uri.parse(uri));
  if (all.length === 0) {
    await vscode.window.showInformationMessage('Nothing is labelled yet.');
    return undefined;
  }
  const here = all.find((uri) => uri.toString() === active?.toString());
  const picks = [
    ...(here === undefined
      ? []
      : [{ label: 'This text', description: vscode.workspace.asRelativePath(here), texts: [here] }]),
    { label: 'All texts that have labels', description: `${all.length}`, texts: all },
  ];
  return (await vscode.window.showQuickPick(picks, { title: TITLE, placeHolder: 'What?' }))?.texts;
}

/** What is read are files: unsaved changes would be missing. */
async function saveFirst(texts: readonly vscode.Uri[]): Promise<boolean> {
  const names = new Set(texts.map((text) => text.toString()));
  const dirty = vscode.workspace.textDocuments.filter(
    ({ uri, isDirty }) => isDirty && names.has(uri.toString()),
  );
  if (dirty.length === 0) return true;
  const detail = dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join('\n');
  const message = 'Save the changes of these texts, and export?';
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, 'Save')) === undefined)
    return false;
  for (const document of dirty) if (!(await document.save())) return false;
  return true;
}

async function pickPlace(format: WireFormat, texts: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.joinPath(texts[0], '..');
  if (format.perText) {
    const chosen = await vscode.window.showOpenDialog({
      ...{ title: 'Folder for the Files', openLabel: 'Export Here', defaultUri: folder },
      ...{ canSelectFolders: true, canSelectFiles: false },
    });
    return chosen?.[0];
  }
  const name = texts.length === 1 ? (texts[0].path.split('/').pop() ?? '').replace(/\.[^.]*$/, '') : 'labels';
  return vscode.window.showSaveDialog({
    ...{ title: TITLE, saveLabel: 'Export' },
    defaultUri: vscode.Uri.joinPath(folder, name + format.extensions[0]),
  });
}
