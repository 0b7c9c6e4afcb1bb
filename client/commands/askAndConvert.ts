import * as vscode from 'vscode';
import type {
  ConversionChoices,
  ConversionQuestion,
  ConvertAnswer,
  ConvertParams,
} from '../../server/protocol/conversion';
import type { LabelRequests } from '../labels/labelRequests';
import { pickFormatOf } from './pickFormat';

const SHOW_LIST = 'Show the List';
const OPEN = 'Open';

/** What each value of a choice does, and the problem it is for. */
const WORDS: Readonly<Record<keyof ConversionChoices, { problem: string; values: Record<string, string> }>> =
  {
    layers: { problem: 'The format holds labels of one layer', values: {} },
    misaligned: {
      problem: 'would cut a token or a character of the format',
      values: {
        out: 'Snap out: to the borders of the tokens they touch',
        in: 'Snap in: to the tokens that lie within them',
        split: 'Split the tokens at their borders',
        skip: 'Skip: leave such labels out',
      },
    },
    overlaps: {
      problem: 'would share tokens, and the format holds one for each',
      values: { longest: 'Keep the longest', shortest: 'Keep the shortest' },
    },
    discontinuous: {
      problem: 'would need several parts, and the format holds one',
      values: {
        cover: 'Cover: one label from the first part to the last',
        split: 'Split: a label for each part',
        skip: 'Skip: leave such labels out',
      },
    },
  };

type Asked = Omit<ConvertParams, 'choices' | 'lossy' | 'replace' | 'textOnly'> &
  Partial<Pick<ConvertParams, 'choices'>>;

/**
 * Converts after telling what the other format cannot hold and asking what becomes of it.
 * @returns undefined where it failed or the user gave up: nothing is written then
 */
export async function askAndConvert(
  requests: LabelRequests,
  asked: Asked,
  title: string,
): Promise<ConvertAnswer | undefined> {
  let choices: ConversionChoices = asked.choices ?? {};
  // The dialog for one file has asked already.
  let [lossy, replace, textOnly] = [false, !asked.isFolder, false];
  const formats = [...(asked.formats ?? [])];
  for (;;) {
    const answer = await requests.convert({ ...asked, choices, lossy, replace, textOnly, formats });
    if (answer === undefined || answer.isWritten) return answer;
    const [unclear] = answer.unclear;
    const [question] = answer.questions;
    if (unclear !== undefined) {
      const format = await pickFormatOf(unclear, title);
      if (format === undefined) return undefined;
      formats.push({ uri: unclear.uri, format });
    } else if (question !== undefined) {
      const chosen = await ask(question, title);
      if (chosen === undefined) return undefined;
      choices = { ...choices, ...chosen };
    } else if (asked.to === 'glossator' && answer.labels === 0 && !textOnly) {
      const detail = 'No labels were found. Perhaps the files are of another format.';
      if (!(await confirm(title, detail, 'Import the Text Alone'))) return undefined;
      textOnly = true;
    } else if (!lossy) {
      if (!(await confirm(title, lossesOf(answer), 'Leave Out'))) return undefined;
      lossy = true;
    } else if (!replace) {
      const names = answer.existing.map((uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)));
      const detail = `These files exist with other content:\n${names.join('\n')}`;
      if (!(await confirm(title, detail, 'Replace'))) return undefined;
      replace = true;
    } else return undefined;
  }
}

async function ask(
  { choice, count, values, lines }: ConversionQuestion,
  title: string,
): Promise<ConversionChoices | undefined> {
  const words = WORDS[choice];
  const placeHolder =
    choice === 'layers'
      ? `${words.problem}: which?`
      : `${count} ${count === 1 ? 'label' : 'labels'} ${words.problem}`;
  const picks = [
    ...values.map((value) => ({ label: words.values[value] ?? value, value })),
    { label: SHOW_LIST, value: undefined, description: 'Nothing is written', detail: lines[0] },
  ];
  const pick = await vscode.window.showQuickPick(picks, { title, placeHolder, ignoreFocusOut: true });
  if (pick?.label === SHOW_LIST) {
    const document = await vscode.workspace.openTextDocument({ content: `${lines.join('\n')}\n` });
    await vscode.window.showTextDocument(document);
  }
  if (pick?.value === undefined) return undefined;
  return choice === 'layers' ? { layers: [pick.value] } : { [choice]: pick.value };
}

function lossesOf({ losses }: ConvertAnswer): string {
  const lines = (isContent: boolean): string[] =>
    losses.filter((loss) => loss.isContent === isContent).map(({ what, count }) => `${count} ${what}`);
  const [content, traces] = [lines(true), lines(false)];
  return [
    ...(content.length === 0
      ? []
      : ['Not supported by this format, although somebody wrote or decided it:', ...content]),
    ...(traces.length === 0 ? [] : ['These can’t be exported and will be left out:', ...traces]),
  ].join('\n');
}

async function confirm(title: string, detail: string, action: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(`${title}?`, { modal: true, detail }, action);
  return answer === action;
}

/** Tells which files could not be read and so were not converted, and leads to the first. */
export async function tellSkipped({ skipped }: ConvertAnswer): Promise<void> {
  if (skipped.length === 0) return;
  const [{ uri, reason, line = 1 }] = skipped;
  const name = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  const rest = skipped.length === 1 ? '' : ` ${skipped.length - 1} more could not be read either.`;
  const message = `${name}:${line} was skipped: ${reason}${rest}`;
  if ((await vscode.window.showWarningMessage(message, OPEN)) !== OPEN) return;
  const start = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(start, start) });
}
