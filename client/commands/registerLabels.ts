import * as vscode from 'vscode';
import type { TargetText, MarkReference } from '../labels/targetText';
import { labelledText } from '../labels/targetText';
import type { LabelSession } from '../labels/labelSession';
import { attachAnnotations } from './attachAnnotations';
import { acceptAll } from './acceptAll';
import { chooseLayer, goOn, labelWithKey } from './annotateByKey';
import type { LabelReference } from './annotateByKey';
import { acceptSuggestion, noteLabel, rejectSuggestion, relabel, removeLabel } from './decideLabel';
import { addLabel, addLayer, deleteLabel, mergeLabels, renameLabel } from './editProject';
import { exportAnnotations } from './exportAnnotations';
import { labelSelection } from './giveLabel';
import { importAnnotations } from './importAnnotations';
import { labelMatches } from './labelMatches';
import { openLabel } from './openLabel';
import type { LabelPlace } from './openLabel';
import { placeLostLabel } from './placeLostLabel';
import { resolveConflicts } from './resolveConflicts';
import { reviewSentence } from './reviewSentence';
import { walkTo } from './walkMarks';

type Decision = (text: TargetText, reference?: MarkReference) => Promise<boolean>;

/**
 * Registers the commands about labels that package.json contributes.
 * @param started starts the server where no text is open, for commands that are about the workspace
 */
export function registerLabelCommands(
  running: () => LabelSession | undefined,
  started: () => Promise<LabelSession | undefined>,
): vscode.Disposable {
  const inWorkspace = (act: (session: LabelSession) => unknown) => async () => {
    const session = await started();
    if (session !== undefined) await act(session);
  };
  const inSession = (act: (session: LabelSession) => unknown) => async () => {
    const session = running();
    if (session !== undefined) await act(session);
  };
  const inText = (act: (text: TargetText) => unknown) =>
    inSession((session) => {
      const text = labelledText(session);
      return text && act(text);
    });
  /** Also for links in hovers and for trees, which name a label; in annotation mode the next one follows. */
  const deciding = (decide: Decision) => async (reference?: MarkReference) => {
    const session = running();
    const text = session && labelledText(session, reference);
    if (text !== undefined && (await decide(text, reference)) && reference === undefined) goOn(text);
  };
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    label: inText(labelSelection),
    acceptSuggestion: deciding(acceptSuggestion),
    rejectSuggestion: deciding(rejectSuggestion),
    relabel: deciding(relabel),
    removeLabel: deciding(removeLabel),
    noteLabel: deciding(noteLabel),
    placeLostLabel: inText(placeLostLabel),
    nextSuggestion: inText((text) => walkTo(text, 'suggestion', 'next')),
    previousSuggestion: inText((text) => walkTo(text, 'suggestion', 'previous')),
    nextUncertain: inText((text) => walkTo(text, 'uncertain', 'next')),
    previousUncertain: inText((text) => walkTo(text, 'uncertain', 'previous')),
    nextReview: inText((text) => walkTo(text, 'review', 'next')),
    acceptSentence: inText((text) => acceptAll(text, 'sentence')),
    acceptSelection: inText((text) => acceptAll(text, 'selection')),
    acceptDocument: inText((text) => acceptAll(text, 'document')),
    labelMatches: inText((text) => labelMatches(text, 'document')),
    labelMatchesInWorkspace: inText((text) => labelMatches(text, 'workspace')),
    reviewSentence: inText(reviewSentence),
    undoLabels: inText(({ session, document }) => session.requests.revert(document, 'undo')),
    redoLabels: inText(({ session, document }) => session.requests.revert(document, 'redo')),
    toggleAnnotationMode: inSession(({ mode }) => mode.toggle()),
    leaveAnnotationMode: inSession(({ mode }) => mode.set(false)),
    chooseLayer: inSession(chooseLayer),
    // A command of its own, so that menus do not show the keys of the mode where they would edit the text.
    annotationKey: (name: string) => vscode.commands.executeCommand(`glossator.${name}`),
    labelWithKey: async (pressed: string | LabelReference) => {
      const session = running();
      const text = session && labelledText(session);
      if (text !== undefined) await labelWithKey(text, pressed);
    },
    addLayer: inWorkspace(addLayer),
    addLabel: inSession(addLabel),
    renameLabel: inSession(renameLabel),
    mergeLabels: inSession(mergeLabels),
    deleteLabel: inSession(deleteLabel),
    resolveConflicts: inWorkspace(resolveConflicts),
    attachAnnotations: inWorkspace(attachAnnotations),
    importAnnotations: async (clicked?: vscode.Uri, all?: readonly vscode.Uri[]) => {
      const session = await started();
      if (session !== undefined)
        await importAnnotations(session, all ?? (clicked instanceof vscode.Uri ? [clicked] : undefined));
    },
    exportAnnotations: inWorkspace(exportAnnotations),
    openLabel: async (place: LabelPlace) => {
      const session = running();
      await openLabel(session, place);
    },
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, act]) =>
      vscode.commands.registerCommand(`glossator.${name}`, act),
    ),
  );
}
