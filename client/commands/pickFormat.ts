import * as vscode from 'vscode';
import { type WireFormat, wireFormats } from '../../server/protocol/conversion';

/** Lets the user choose a format of annotated texts. */
export async function pickFormat(title: string): Promise<WireFormat | undefined> {
  const pick = await vscode.window.showQuickPick(picks(), { title, placeHolder: 'Which format?' });
  return pick?.format;
}

/** The same for files that are there: their names and contents may tell. */
export async function pickFormatOfFiles(title: string): Promise<{ readonly name?: string } | undefined> {
  const byContent = { label: 'Tell by name and content', description: '', format: {} };
  const options = { title, placeHolder: 'Which format do the files have?' };
  return (await vscode.window.showQuickPick([byContent, ...picks()], options))?.format;
}

function picks() {
  return wireFormats.map((format) => ({
    label: format.title,
    description: format.extensions.join(' '),
    format,
  }));
}
