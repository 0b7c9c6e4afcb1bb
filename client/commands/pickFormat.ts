import * as vscode from 'vscode';
import { type WireFormat, wireFormats } from '../../server/protocol/conversion';

/** Endings of files with annotated texts, with the dot. */
export const annotatedExtensions: readonly string[] = [
  ...new Set(wireFormats.flatMap((format) => format.extensions)),
];

/** True for the name of a file that *Import Annotations…* may read. */
export function isAnnotatedFile(name: string): boolean {
  return annotatedExtensions.some((extension) => name.toLowerCase().endsWith(extension));
}

/** Lets the user choose a format of annotated texts. */
export async function pickFormat(title: string): Promise<WireFormat | undefined> {
  const pick = await vscode.window.showQuickPick(picks(), { title, placeHolder: 'Which format?' });
  return pick?.format;
}

/** The same for files that are there: their names and contents may tell. */
export async function pickFormatOfFiles(title: string): Promise<{ readonly name?: string } | undefined> {
  const byContent = { label: 'Detect automatically', description: '', format: {} };
  const options = { title, placeHolder: 'Which format do the files have?' };
  return (await vscode.window.showQuickPick([byContent, ...picks()], options))?.format;
}

/** Asks which format a file has, of those that are possible. */
export async function pickFormatOf(
  { uri, candidates }: { readonly uri: string; readonly candidates: readonly string[] },
  title: string,
): Promise<string | undefined> {
  const text = { label: 'Plain text', description: 'no labels', format: { name: 'glossator' } };
  const possible = [text, ...picks()].filter(
    ({ format }) => candidates.length === 0 || candidates.includes(format.name),
  );
  const placeHolder = `Which format does ${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))} have?`;
  const pick = await vscode.window.showQuickPick(possible, { title, placeHolder, ignoreFocusOut: true });
  return pick?.format.name;
}

function picks() {
  return wireFormats.map((format) => ({
    label: format.title,
    description: format.extensions.join(' '),
    format,
  }));
}
