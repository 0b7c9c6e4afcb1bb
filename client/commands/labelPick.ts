import * as vscode from 'vscode';
import type { LabelChoice, LabelChoices } from '../../server/protocol/labels';
import { labelKeys } from '../labels/labelKeys';
import type { TargetText } from '../labels/targetText';

interface ChoicePick extends vscode.QuickPickItem {
  readonly choice: LabelChoice;
}

/** Lets the user choose one of the labels that a span may be given, the model's own ranking first. */
export async function pickLabel(
  text: TargetText,
  { choices, start, end }: LabelChoices,
  verb: string,
): Promise<LabelChoice | undefined> {
  if (choices.length === 0) {
    await vscode.window.showInformationMessage('This layer has no labels yet: add one first.');
    return undefined;
  }
  const pick = await vscode.window.showQuickPick(
    choices.map((choice) => asPick(text, choice)),
    {
      title: `${verb} “${text.words({ start, end })}”`,
      placeHolder: 'Choose a label; type its name, layer or description',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return pick?.choice;
}

function asPick({ session }: TargetText, choice: LabelChoice): ChoicePick {
  const { layer, label, description, probability } = choice;
  const of = session.texts.styles.layer(layer);
  const key = of && labelKeys(of).get(label);
  const facts = [
    layer,
    probability === undefined ? undefined : percent(probability),
    key === undefined ? undefined : `key ${key}`,
  ];
  return {
    label,
    description: facts.filter((fact) => fact !== undefined).join(' · '),
    detail: description,
    choice,
  };
}

/** Rounded down, so that 100 % is certain. */
export function percent(share: number): string {
  return `${Math.floor(100 * share)} %`;
}
