import * as vscode from 'vscode';
import { registerCommands } from './commands/register';
import { registerLabelCommands } from './commands/registerLabels';
import { AnnotationsView } from './labels/annotationsView';
import { QueueView } from './queue/queueView';
import { registerQueueCommands } from './queue/registerQueue';
import { registerRetrainingCommands } from './retraining/registerRetraining';
import { ANNOTATION_FILES, selectorFor } from './serverProcess';
import { Session } from './session';
import { readSettings } from './settings';
import { ThemeColors } from './themeColors';

const LOOKS = [
  'glossator.entities',
  'glossator.partsOfSpeech',
  'glossator.sentenceLabels',
  'glossator.hiddenTags',
];
const NEEDS_RESTART = ['glossator.languages', 'glossator.server.runtime'];

/** Joins the parts of the extension. The server starts when the first text to tag is open. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Glossator', { log: true });
  const module = context.asAbsolutePath('dist/server.js');
  const cache = vscode.Uri.joinPath(context.globalStorageUri, 'hub').fsPath;
  const colors = new ThemeColors(context.extension);
  const annotations = new AnnotationsView();
  const queue = new QueueView();
  let session: Session | undefined;

  const startWhenNeeded = async (isWanted = false): Promise<void> => {
    const { languages } = readSettings();
    // When-clauses of commands and keys ask for it.
    await vscode.commands.executeCommand('setContext', 'glossator.languages', languages);
    const selector = selectorFor(languages);
    const isNeeded = vscode.workspace.textDocuments.some(
      (document) => vscode.languages.match([...selector, ANNOTATION_FILES], document) > 0,
    );
    if (session !== undefined || !(isNeeded || isWanted)) return;
    const started = new Session(module, cache, output);
    session = started;
    annotations.follow(started.labels);
    await started.start();
    queue.follow(started.queue);
  };

  const stop = async (): Promise<void> => {
    const old = session;
    session = undefined;
    annotations.follow(undefined);
    queue.follow(undefined);
    try {
      await old?.stop();
    } catch (error) {
      output.error(`Stopping the server: ${String(error)}`); // no reason not to start another one
    }
  };

  // A server that is starting cannot be stopped: one thing is done after the other. Several wishes for a new server that
  // wait at the same time are one.
  let turn: Promise<void> = Promise.resolve();
  let isRestartWanted = false;
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch((error: unknown) => output.error(`Starting the server: ${String(error)}`));
    return turn;
  };
  const start = (): Promise<void> => inTurn(() => startWhenNeeded());
  /** For commands that are about the workspace and need no text. */
  const started = async (): Promise<Session | undefined> => {
    await inTurn(() => startWhenNeeded(true));
    return session;
  };
  const restart = (): Promise<void> => {
    isRestartWanted = true;
    return inTurn(async () => {
      if (!isRestartWanted) return;
      isRestartWanted = false;
      await stop();
      await startWhenNeeded();
    });
  };

  context.subscriptions.push(
    { dispose: () => session?.dispose() },
    output,
    annotations,
    queue,
    registerQueueCommands(() => session?.queue),
    registerLabelCommands(
      () => session?.labels,
      async () => (await started())?.labels,
    ),
    registerRetrainingCommands(async () => (await started())?.retraining),
    registerCommands({ output, colors, session: () => session, restart }),
    vscode.workspace.onDidOpenTextDocument(() => {
      if (session === undefined) void start();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const affects = (names: readonly string[]): boolean =>
        names.some((name) => event.affectsConfiguration(name));
      if (affects(NEEDS_RESTART)) void restart();
      else if (affects(LOOKS)) session?.useSettings();
    }),
  );
  await start();
}
