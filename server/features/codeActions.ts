import {
  type CodeAction,
  CodeActionKind,
  CodeActionRequest,
  CodeActionTriggerKind,
  type Range,
} from 'vscode-languageserver';
import { pathToFileURL } from 'node:url';
import { SidecarFile } from '../labelStore/sidecarFile';
import { LabelActions } from '../labels/labelActions';
import type { OpenText } from '../labels/openText';
import { sidecarFixes, type ShownProblem } from '../labels/sidecarFixes';
import { serverCommands } from '../protocol/serverCommands';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { textNameOfSidecar } from '../workspace/workspacePaths';

/**
 * What can be done at a place in the text or in an annotation file, as code actions. Without being asked only fixes are
 * offered: else every word of a text would show a light bulb.
 */
export function register({ connection, incoming, services, client, capabilities }: FeatureContext): void {
  const { openLabels, labelDesk, labelFindings, labelFolders, sidecarProblems } = services;
  const actions = new LabelActions(labelDesk, labelFindings);
  capabilities.codeActionProvider = {
    codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
  };

  // Editors do not ask in annotation files unless they are told to: nobody opens those as texts.
  if (client.textDocument?.codeAction?.dynamicRegistration === true)
    services.initialized.on(() => {
      void connection.client.register(CodeActionRequest.type, {
        documentSelector: [{ scheme: 'file', pattern: '**/.glossator/annotations/**/*.jsonl' }],
        codeActionKinds: [CodeActionKind.QuickFix],
      });
    });

  const merging = (uri: string): CodeAction => {
    const title = 'Merge both sides of the conflict';
    const command = { title, command: serverCommands.resolveConflict, arguments: [{ uri }] };
    return { title, kind: CodeActionKind.QuickFix, isPreferred: true, command };
  };

  const onAnnotationFile = async (uri: string, shown: readonly ShownProblem[]): Promise<CodeAction[]> => {
    const held = labelFolders.holding(uri);
    const name = held && textNameOfSidecar(held.folder.path, held.file);
    if (held === undefined || name === undefined) return [];
    const known = sidecarProblems.get(held.file);
    if (known === undefined) return (await held.folder.store.hasConflict(name)) ? [merging(uri)] : [];
    if (known.some(({ fault }) => fault === 'conflict')) return [merging(uri)];
    const { text } = await new SidecarFile(held.folder.path, held.file).readText();
    return sidecarFixes(uri, text, known, shown);
  };

  /** Where the annotation file of a text cannot be read, which is said at the beginning of the text. */
  const openingFile = ({ fileProblems, document }: OpenText, range: Range): CodeAction[] => {
    const [problem] = fileProblems;
    const { file, line = 1 } = problem?.place ?? {};
    if (file === undefined || range.start.line > 0) return [];
    if (problem.fault === 'conflict') return [merging(document.uri)];
    if (!client.window?.showDocument?.support) return [];
    const title = 'Open the annotation file';
    const command = {
      ...{ title, command: serverCommands.openFile },
      arguments: [{ uri: pathToFileURL(file).href, line }],
    };
    return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, command }];
  };

  incoming.request(wire.codeAction, ({ textDocument: { uri }, range, context }) => {
    const text = openLabels.get(uri);
    if (text === undefined)
      return /^file:/i.test(uri) ? onAnnotationFile(uri, context.diagnostics ?? []) : [];
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
