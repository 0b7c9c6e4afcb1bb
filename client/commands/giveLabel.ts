import type { TargetText } from '../labels/targetText';
import { givingLabel } from '../labels/labelOperations';
import type { Window } from '../marks';
import { announce } from '../taggedText';
import { pickLabel } from './labelPick';

/** Labels the selection, or what stands under the cursor, with a label that the user chooses. */
export async function labelSelection(text: TargetText): Promise<void> {
  const { session, document, selection } = text;
  const choices = await session.requests.choices(document, selection);
  if (choices === undefined) return;
  const choice = await pickLabel(text, choices, 'Label');
  if (choice !== undefined) await give(text, selection, choice.layer, choice.label);
}

/** Labels the selection, or what stands under the cursor, in annotation mode's layer or another; for keys. */
export async function labelAs(text: TargetText, layer: string, label: string): Promise<boolean> {
  return give(text, text.selection, layer, label);
}

/**
 * Gives a label to what `selection` means in a layer: its words, the suggestion or the sentence there.
 * @returns whether it has the label now
 */
async function give(text: TargetText, selection: Window, layer: string, label: string): Promise<boolean> {
  const { session, document } = text;
  const span = await session.requests.choices(document, selection, layer);
  if (span === undefined) return false;
  const { start, end } = span;
  const words = text.words(span);
  const suggestion = text.marks.find(
    (mark) => mark.layer === layer && mark.state === 'suggested' && mark.start === start && mark.end === end,
  );
  const given = { layer, label, start, end, confidence: suggestion?.probability };
  const operations = givingLabel(given, text.labels, text.mayOverlap(layer));
  const isDone = await session.requests.apply(document, `Label “${words}” as ${label}`, operations);
  if (isDone) announce(`“${words}” is ${label}`);
  else if (operations.length === 0) announce(`“${words}” is ${label} already`);
  return isDone;
}
