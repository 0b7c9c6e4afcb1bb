import * as vscode from 'vscode';
import type { TargetText } from '../labels/targetText';
import type { LabelSession } from '../labels/labelSession';
import { labelKeys, labelOfKey } from '../labels/labelKeys';
import { announce } from '../taggedText';
import { labelAs } from './giveLabel';
import { walkTo } from './walkMarks';

/** What a key binding of the user's own may name, in place of a key. */
export interface LabelReference {
  readonly layer: string;
  readonly label: string;
}

/** Gives the label that a key stands for in annotation mode, and goes on to the next suggestion. */
export async function labelWithKey(text: TargetText, pressed: string | LabelReference): Promise<void> {
  const { layer } = text.session.mode;
  if (typeof pressed !== 'string') {
    await labelAs(text, pressed.layer, pressed.label);
    return;
  }
  if (layer === undefined) return announce('Turn on annotation mode first');
  const label = labelOfKey(layer, pressed);
  if (label === undefined) {
    const keys = [...labelKeys(layer)].map(([name, key]) => `${key} ${name}`).join(', ');
    return announce(`No label of ${layer.name} has the key ${pressed}. The keys are: ${keys}`);
  }
  if (await labelAs(text, layer.name, label)) goOn(text);
}

/** In annotation mode, after a decision: selects the next suggestion if there is one. */
export function goOn(text: TargetText): void {
  const { layer } = text.session.mode;
  if (layer === undefined) return;
  const { start } = text.selection;
  const hasNext = text.marks.some(
    (mark) => mark.layer === layer.name && mark.state === 'suggested' && mark.start > start,
  );
  if (hasNext && layer.kind !== 'token') walkTo(text, 'suggestion', 'next');
}

/** Lets the user choose the layer of annotation mode, and turns the mode on. */
export async function chooseLayer({ texts, mode }: LabelSession): Promise<void> {
  const picks = texts.styles.layers.map(({ name, kind, labels }) => ({
    label: name,
    description: `${kind} · ${labels.map((label) => label.name).join(', ')}`,
  }));
  const pick = await vscode.window.showQuickPick(picks, {
    title: 'Layer to Annotate',
    placeHolder: 'Choose the layer that label keys apply to',
  });
  if (pick === undefined) return;
  mode.use(pick.label);
  mode.set(true);
}
