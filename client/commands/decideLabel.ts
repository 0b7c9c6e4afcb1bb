import * as vscode from 'vscode';
import type { TargetText, MarkReference } from '../labels/targetText';
import { accepting, rejecting, relabelling } from '../labels/labelOperations';
import type { ShownMark } from '../labels/shownMarks';
import { announce } from '../taggedText';
import { pickLabel } from './labelPick';

/** Confirms the suggestion here, or the label that needs review. @returns whether anything changed */
export async function acceptSuggestion(text: TargetText, reference?: MarkReference): Promise<boolean> {
  const mark = text.target(reference);
  if (mark === undefined) return false;
  if (mark.given?.review === 'lost') {
    announce(
      `The words “${mark.given.quote}” are gone: select others and run Place Lost Label Here, or remove this label`,
    );
    return false;
  }
  const operations = accepting(mark, text.labels, text.mayOverlap(mark.layer));
  if (operations.length === 0) announce(`${describe(text, mark)} is confirmed already`);
  return decide(text, `Accept ${describe(text, mark)}`, operations, `${describe(text, mark)} is confirmed`);
}

/** Rejects the suggestion or label here: it is not shown again. */
export async function rejectSuggestion(text: TargetText, reference?: MarkReference): Promise<boolean> {
  const mark = text.target(reference);
  if (mark === undefined) return false;
  const name = describe(text, mark);
  return decide(text, `Reject ${name}`, rejecting(mark), `${name} is rejected`);
}

/** Gives what stands here another label of its layer. */
export async function relabel(text: TargetText, reference?: MarkReference): Promise<boolean> {
  const mark = text.target(reference);
  if (mark === undefined) return false;
  const choices = await text.session.requests.choices(text.document, mark, mark.layer);
  const choice =
    choices && (await pickLabel(text, { ...choices, start: mark.start, end: mark.end }, 'Relabel'));
  if (choice === undefined) return false;
  const operations = relabelling(mark, choice.label, text.labels, text.mayOverlap(mark.layer));
  const name = describe(text, mark);
  return decide(text, `Relabel ${name} as ${choice.label}`, operations, `${name} is now ${choice.label}`);
}

/** Takes a label away; a suggestion of the model may come back in its place. */
export async function removeLabel(text: TargetText, reference?: MarkReference): Promise<boolean> {
  const mark = text.target(reference);
  if (mark === undefined) return false;
  if (mark.given === undefined) {
    announce('This is a suggestion: reject it to hide it');
    return false;
  }
  const name = describe(text, mark);
  return decide(text, `Remove ${name}`, [{ kind: 'remove', id: mark.given.id }], `${name} is removed`);
}

/** Writes a note on the label here; on a suggestion, accepts it with the note. */
export async function noteLabel(text: TargetText, reference?: MarkReference): Promise<boolean> {
  const mark = text.target(reference);
  if (mark === undefined) return false;
  const name = describe(text, mark);
  const note = await vscode.window.showInputBox({
    title: `Note on ${name}`,
    value: mark.given?.note ?? '',
    prompt: 'Empty takes the note away',
  });
  if (note === undefined) return false;
  const operations =
    mark.given === undefined
      ? accepting(mark, text.labels, text.mayOverlap(mark.layer)).map((operation) => ({ ...operation, note }))
      : [{ kind: 'change' as const, id: mark.given.id, note }];
  return decide(text, `Note on ${name}`, operations, note === '' ? 'The note is gone' : 'The note is kept');
}

/** `“Ada” PER`: how titles and messages name a mark. */
function describe(text: TargetText, { label, given, start, end }: ShownMark): string {
  return `“${start < end ? text.words({ start, end }) : (given?.quote ?? '')}” ${label}`;
}

async function decide(
  { session, document }: TargetText,
  title: string,
  operations: ReturnType<typeof accepting>,
  done: string,
): Promise<boolean> {
  const isDone = await session.requests.apply(document, title, operations);
  if (isDone) announce(done);
  return isDone;
}
