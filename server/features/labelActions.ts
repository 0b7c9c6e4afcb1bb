import { type CodeAction, CodeActionKind, CodeActionTriggerKind, type Range } from 'vscode-languageserver';
import { fileURLToPath } from 'node:url';
import { LabelActions } from '../labels/labelActions';
import { serverCommands } from '../labels/serverCommands';
import type { FeatureContext } from '../services';

/**
 * What can be done at a place in the text or in an annotation file, as code actions. Without being asked only fixes are
 * offered: else every word of a text would show a light bulb.
 */
export function register({ connection, services, capabilities }: FeatureContext): void {
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

  connection.onCodeAction(({ textDocument: { uri }, range, context }) => {
    const text = openLabels.get(uri);
    if (text === undefined) return /^file:/i.test(uri) ? onAnnotationFile(uri, range) : [];
    const { document } = text;
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const wants = (kind: string): boolean =>
      context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    const isAsked = context.triggerKind !== CodeActionTriggerKind.Automatic;
    return [
      ...(wants(CodeActionKind.QuickFix) ? actions.fixes(text, span) : []),
      ...(isAsked && wants(CodeActionKind.RefactorRewrite) ? actions.decisions(text, span) : []),
    ];
  });
}
