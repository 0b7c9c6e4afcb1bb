import * as vscode from 'vscode';
import { wireFormats } from '../../server/protocol/conversion';
import type { LabelSession } from '../labels/labelSession';
import { announce } from '../taggedText';
import { askAndConvert, tellSkipped } from './askAndConvert';
import { pickFormatOfFiles } from './pickFormat';

const TITLE = 'Import Annotations';
const extensions = [...new Set(wireFormats.flatMap((format) => format.extensions))];

/** Brings texts with their labels into the workspace, from files of another format that the user chooses. */
export async function importAnnotations({ requests }: LabelSession): Promise<void> {
  const format = await pickFormatOfFiles(TITLE);
  if (format === undefined) return;
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const files = await vscode.window.showOpenDialog({
    ...{ title: TITLE, openLabel: 'Import', canSelectMany: true, defaultUri },
    filters: { 'Annotated texts': extensions.map((extension) => extension.slice(1)), 'All files': ['*'] },
  });
  if (files === undefined || files.length === 0) return;
  const folder = await vscode.window.showOpenDialog({
    ...{ title: 'Folder for the Texts', openLabel: 'Put Texts Here', defaultUri },
    ...{ canSelectFolders: true, canSelectFiles: false },
  });
  if (folder === undefined) return;
  const answer = await askAndConvert(
    requests,
    {
      files: files.map((file) => file.toString()),
      ...(format.name === undefined ? {} : { from: format.name }),
      ...{ to: 'glossator', out: folder[0].toString(), isFolder: true },
    },
    TITLE,
  );
  if (answer === undefined) return;
  void tellSkipped(answer);
  const { labels, texts, outputs } = answer;
  announce(
    `${texts} ${texts === 1 ? 'text' : 'texts'} with ${labels} ${labels === 1 ? 'label' : 'labels'} imported`,
  );
  if (outputs.length === 1) await vscode.window.showTextDocument(vscode.Uri.parse(outputs[0]));
}
