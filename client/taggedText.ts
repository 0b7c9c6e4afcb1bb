import * as vscode from 'vscode';
import type { ShownMark } from './labels/shownMarks';
import type { ShownTexts } from './labels/shownTexts';
import type { Mark } from './marks';

/** The text in the active editor with its tags and labels. */
export interface TaggedText {
  readonly editor: vscode.TextEditor;
  readonly marks: readonly ShownMark[];
}

/**
 * The active editor with its tags and labels; tells the user where there are none.
 * Tags of an earlier version are kept out: their places would be wrong.
 */
export function activeTaggedText(texts: ShownTexts): TaggedText | undefined {
  const editor = vscode.window.activeTextEditor;
  const { uri, version } = editor?.document ?? {};
  const marks = uri === undefined || version === undefined ? [] : texts.marks(uri.toString(), version);
  if (editor === undefined || marks.length === 0) {
    vscode.window.setStatusBarMessage('Glossator: there are no tags here yet', 3000);
    return undefined;
  }
  return { editor, marks };
}

/** Selects a mark and scrolls to it. */
export function selectMark({ editor }: TaggedText, { start, end }: Mark): void {
  const { document } = editor;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/**
 * Says something in passing. Where the editor is set up for a screen reader it is a notification, which is
 * read out; else a line in the status bar.
 */
export function announce(message: string): void {
  const support = vscode.workspace.getConfiguration('editor').get<string>('accessibilitySupport');
  if (support === 'on') void vscode.window.showInformationMessage(message);
  else vscode.window.setStatusBarMessage(message, 5000);
}
