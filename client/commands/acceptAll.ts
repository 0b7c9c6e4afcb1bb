import * as vscode from 'vscode';
import type { TargetText } from '../labels/targetText';
import type { Window } from '../marks';
import { announce } from '../taggedText';

export type AcceptScope = 'sentence' | 'selection' | 'document';

/** Confirms every suggestion in a part of the text of which the model is sure enough; the user says how sure. */
export async function acceptAll(text: TargetText, scope: AcceptScope): Promise<void> {
  const window = await windowOf(text, scope);
  if (window === undefined) return;
  const answer = await vscode.window.showInputBox({
    title: `Accept All Suggestions in the ${scope[0].toUpperCase()}${scope.slice(1)}`,
    prompt: 'Of at least this probability, from 0 to 1',
    value: '0.9',
    validateInput: (value) =>
      parse(value) === undefined ? 'Write a number from 0 to 1, such as 0.9.' : null,
  });
  const threshold = answer === undefined ? undefined : parse(answer);
  if (threshold === undefined) return;
  const { uri, document, session } = text;
  const layer = session.mode.layer?.name;
  const accepted = await session.requests.accept({
    uri,
    version: document.version,
    ...window,
    threshold,
    ...(layer === undefined ? {} : { layers: [layer] }),
  });
  if (accepted === undefined) return;
  announce(accepted === 1 ? '1 suggestion is confirmed' : `${accepted} suggestions are confirmed`);
}

async function windowOf(text: TargetText, scope: AcceptScope): Promise<Window | undefined> {
  if (scope === 'sentence') return text.sentence();
  if (scope === 'document') return { start: 0, end: text.document.getText().length };
  if (!text.editor.selection.isEmpty) return text.selection;
  announce('Select some text first');
  return undefined;
}

/** A share in [0, 1]; a comma is read as the point. */
function parse(value: string): number | undefined {
  const share = Number(value.trim().replace(',', '.'));
  return value.trim() !== '' && share >= 0 && share <= 1 ? share : undefined;
}
