import * as vscode from 'vscode';
import type { TargetText } from '../labels/targetText';
import { announce } from '../taggedText';

/** Gives a label whose words are gone the words of the selection; the user says which, where there are several. */
export async function placeLostLabel(text: TargetText): Promise<void> {
  const { session, document, selection } = text;
  const lost = text.labels.filter(({ review }) => review === 'lost');
  if (lost.length === 0) return announce('No label of this text is lost');
  const picks = lost.map((label) => ({
    label: `${label.label} “${label.quote.replace(/\s+/g, ' ')}”`,
    description: [label.layer, label.annotator, label.note].filter((fact) => fact !== undefined).join(' · '),
    of: label,
  }));
  const options = { title: 'Place Lost Label Here', placeHolder: 'Which label?' };
  const pick = picks.length === 1 ? picks[0] : await vscode.window.showQuickPick(picks, options);
  if (pick === undefined) return;
  const span = await session.requests.choices(document, selection, pick.of.layer);
  if (span === undefined) return announce('Select the words that the label is for');
  const { start, end } = span;
  const title = `Place ${pick.label} on “${text.words(span)}”`;
  const operation = { kind: 'change', id: pick.of.id, start, end } as const;
  if (await session.requests.apply(document, title, [operation]))
    announce(`${pick.of.label} is on “${text.words(span)}” now`);
}
