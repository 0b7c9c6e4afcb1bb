import { type CodeAction, CodeActionKind, CodeActionTriggerKind, type Range } from 'vscode-languageserver';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LabelActions } from '../labels/labelActions';
import type { OpenText } from '../labels/openText';
import { serverCommands } from '../labels/serverCommands';
import type { FeatureContext } from '../services';

/**
 * What can be done at a place in the text or in an annotation file, as code actions. Without being asked only fixes are
 * offered: else every word of a text would show a light bulb.
 */
export function register({ connection, services, client, capabilities }: FeatureContext): void {
  const { openLabels, labelDesk, labelFindings, sidecarProblems } = services;
  const actions = new LabelActions(labelDesk, labelFindings);
  capabilities.codeActionProvider = {
    codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
  };

  const onAnnotationFile = (uri: string, range: Range): CodeAction[] => {
    if (!uri.endsWith('.jsonl')) return [];
    const problem = sidecarProblems.get(fileURLToPath(uri));
    if (problem?.fault !== 'conflict' || range.start.line > (problem.place.line ?? 1)) return [];
    const title = 'Merge both sides by id';
    const command = { title, command: serverCommands.resolveConflict, arguments: [{ uri }] };
    return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, command }];
  };

  /** Where the annotation file of a text cannot be read, which is said at the beginning of the text. */
  const openingFile = ({ readingProblem }: OpenText, range: Range): CodeAction[] => {
    const { file, line = 1 } = readingProblem?.place ?? {};
    if (file === undefined || range.start.line > 0 || !client.window?.showDocument?.support) return [];
    const title = 'Open the annotation file';
    const command = {
      ...{ title, command: serverCommands.openFile },
      arguments: [{ uri: pathToFileURL(file).href, line }],
    };
    return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, command }];
  };

  connection.onCodeAction(({ textDocument: { uri }, range, context }) => {
    const text = openLabels.get(uri);
    if (text === undefined) return /^file:/i.test(uri) ? onAnnotationFile(uri, range) : [];
    const { document } = text;
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const wants = (kind: string): boolean =>
      context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    const isAsked = context.triggerKind !== CodeActionTriggerKind.Automatic;
    return [
      ...(wants(CodeActionKind.QuickFix) ? [...openingFile(text, range), ...actions.fixes(text, span)] : []),
      ...(isAsked && wants(CodeActionKind.RefactorRewrite) ? actions.decisions(text, span) : []),
    ];
  });
}
