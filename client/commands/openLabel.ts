import * as vscode from 'vscode';
import { TargetText } from '../labels/targetText';
import type { LabelSession } from '../labels/labelSession';

/** What a row of the annotations view leads to: a text, and in it the first label of a kind. */
export interface LabelPlace {
  readonly uri: string;
  readonly layer?: string;
  readonly label?: string;
  /** Only labels that need review. */
  readonly review?: boolean;
}

/** Opens a text and selects the first of its labels that the place names. */
export async function openLabel(session: LabelSession | undefined, place: LabelPlace): Promise<void> {
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(place.uri));
  if (session === undefined) return;
  const text = new TargetText(session, editor);
  if (text.labels.length === 0) await nextMessage(session, text.uri);
  const found = text.marks.find(
    ({ given, state, layer, label }) =>
      given !== undefined &&
      (place.layer === undefined || layer === place.layer) &&
      (place.label === undefined || label === place.label) &&
      (place.review !== true || state === 'review'),
  );
  if (found !== undefined) text.select(found);
}

/** Waits until the server has told of the labels of a text that was just opened; not longer than a person would. */
function nextMessage({ onDidLabel }: LabelSession, uri: string): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const subscription = onDidLabel((labelled) => {
      if (labelled === uri) done();
    });
    const timer = setTimeout(done, 3000);
  });
}
