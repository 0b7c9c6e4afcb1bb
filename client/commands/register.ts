import * as vscode from 'vscode';
import { ModelDetailsView } from '../modelDetailsView';
import { readSettings, writeSetting } from '../settings';
import type { Session } from '../session';
import type { ThemeColors } from '../themeColors';
import { goToEntity } from './goToEntity';
import { chooseHighlights, highlight } from './highlight';
import { chooseTags, showLegend } from './tagPicks';

/** What the commands act upon. */
export interface CommandContext {
  readonly output: vscode.LogOutputChannel;
  readonly colors: ThemeColors;
  /** The session now running; undefined before the first text to tag is open. */
  readonly session: () => Session | undefined;
  readonly restart: () => Promise<void>;
}

/** Registers every command that package.json contributes. */
export function registerCommands({ output, colors, session, restart }: CommandContext): vscode.Disposable {
  const withSession = (act: (session: Session) => unknown) => async () => {
    const running = session();
    if (running !== undefined) await act(running);
  };
  const view = new ModelDetailsView();
  const commands: Readonly<Record<string, () => unknown>> = {
    toggleEntities: () => writeSetting('entities.enabled', !readSettings().entities.enabled),
    togglePartsOfSpeech: () => writeSetting('partsOfSpeech.enabled', !readSettings().partsOfSpeech.enabled),
    toggleSentenceLabels: () =>
      writeSetting('sentenceLabels.enabled', !readSettings().sentenceLabels.enabled),
    highlight: chooseHighlights,
    highlightNames: () => highlight(['Names']),
    highlightAdverbs: () => highlight(['Adverbs']),
    highlightAdjectives: () => highlight(['Adjectives']),
    highlightVerbs: () => highlight(['Verbs']),
    highlightNouns: () => highlight(['Nouns']),
    highlightNothing: () => highlight([]),
    chooseTags: withSession(({ labels }) => chooseTags(labels.texts, colors)),
    showLegend: withSession(({ labels }) => showLegend(labels.texts, colors)),
    nextEntity: withSession(({ labels }) => goToEntity(labels.texts, 'next')),
    previousEntity: withSession(({ labels }) => goToEntity(labels.texts, 'previous')),
    showTag: () => vscode.commands.executeCommand('editor.action.showHover'),
    retag: withSession(async (running) => {
      const document = vscode.window.activeTextEditor?.document;
      if (document !== undefined) await running.retag(document.uri);
    }),
    showModel: withSession(async (running) => view.show(await running.modelDetails())),
    restart,
    showOutput: () => output.show(),
  };
  return vscode.Disposable.from(
    view,
    ...Object.entries(commands).map(([name, act]) =>
      vscode.commands.registerCommand(`glossator.${name}`, act),
    ),
  );
}
