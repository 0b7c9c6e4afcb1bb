import * as vscode from 'vscode';
import type { ResolvedConflict } from '../../server/protocol/annotationFiles';
import type { LabelSession } from '../labels/labelSession';
import { announce } from '../taggedText';

/**
 * Merges the annotations that git left with conflict markers: those of the text or annotation file in front of the
 * user where it has any, else all of the workspace.
 */
export async function resolveConflicts({ requests }: LabelSession): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const resolved = await requests.resolveConflicts(uri?.scheme === 'file' ? uri.toString() : undefined);
  if (resolved === undefined) return;
  const [first] = resolved;
  if (first === undefined) return announce('No annotations have merge conflicts');
  const what =
    resolved.length === 1
      ? `the annotations of ${first.name}`
      : `the annotations of ${resolved.length} texts`;
  const undecided = resolved.filter((one) => one.undecided > 0);
  if (undecided.length === 0) return announce(`Merged ${what}: ${countOf(resolved)}, none in conflict`);
  const open = 'Review';
  const many = undecided.reduce((sum, one) => sum + one.undecided, 0);
  const rest = many === 1 ? '1 label was changed on both sides' : `${many} labels were changed on both sides`;
  const answer = await vscode.window.showInformationMessage(
    `Merged ${what}. ${rest}; both versions are kept.`,
    open,
  );
  if (answer === open) await vscode.window.showTextDocument(vscode.Uri.parse(undecided[0].uri));
}

const countOf = (resolved: readonly ResolvedConflict[]): string => {
  const labels = resolved.reduce((sum, one) => sum + one.labels, 0);
  return labels === 1 ? '1 label' : `${labels} labels`;
};
