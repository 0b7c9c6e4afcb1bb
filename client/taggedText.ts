import * as vscode from 'vscode';
import { marksIn } from './marks';
import type { Mark } from './marks';
import type { TagStore } from './tagStore';

/** The text in the active editor with its tags. */
export interface TaggedText {
  readonly editor: vscode.TextEditor;
  readonly marks: readonly Mark[];
}

/**
 * The active editor with its tags; tells the user where there is none.
 * Tags of an earlier version are kept out: their places would be wrong.
 */
export function activeTaggedText(store: TagStore): TaggedText | undefined {
  const editor = vscode.window.activeTextEditor;
  const tagged = editor && store.get(editor.document.uri.toString());
  if (editor === undefined || tagged === undefined || tagged.version !== editor.document.version) {
    vscode.window.setStatusBarMessage('Glossator: there are no tags here yet', 3000);
    return undefined;
  }
  return { editor, marks: [...marksIn(tagged.sentences)] };
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
