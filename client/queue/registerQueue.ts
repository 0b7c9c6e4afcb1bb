import * as vscode from 'vscode';
import { announce } from '../taggedText';
import type { QueueSession } from './queueSession';

/** Registers the commands about the review queue that package.json contributes. */
export function registerQueueCommands(running: () => QueueSession | undefined): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('glossator.nextInQueue', async () => {
      const session = running();
      if (session === undefined) announce('Open a text first: the model is loaded with it');
      else await session.next();
    }),
    vscode.commands.registerCommand('glossator.openQueueItem', async (id: string) => {
      const session = running();
      const item = session?.state?.items.find((one) => one.id === id);
      if (item !== undefined) await session?.show(item);
    }),
  );
}
