import * as vscode from 'vscode';
import { announce } from '../taggedText';
import { pickFromHistory } from './historyPick';
import { ReportPanel } from './reportPanel';
import type { RetrainingRequests } from './retrainingRequests';

const OPEN_REPORT = 'Open Report';

/**
 * Registers the commands about retraining that package.json contributes.
 * @param started starts the server where no text is open
 */
export function registerRetrainingCommands(
  started: () => Promise<RetrainingRequests | undefined>,
): vscode.Disposable {
  const panel = new ReportPanel();
  const asking = (act: (requests: RetrainingRequests) => unknown) => async () => {
    const requests = await started();
    if (requests !== undefined) await act(requests);
  };

  const retrain = async (requests: RetrainingRequests): Promise<void> => {
    const answer = await requests.retrain();
    if (answer === undefined) return;
    if (answer.outcome === 'cancelled') return announce(answer.message);
    const choice = await vscode.window.showInformationMessage(`Glossator: ${answer.message}`, OPEN_REPORT);
    if (choice === OPEN_REPORT) await panel.show(requests, answer.run);
  };

  const commands: Readonly<Record<string, () => unknown>> = {
    retrain: asking(retrain),
    cancelRetraining: asking(async (requests) => {
      if ((await requests.cancel()) === false) announce('No retraining runs');
    }),
    modelHistory: asking((requests) => pickFromHistory(requests, (run) => panel.show(requests, run))),
    trainingReport: asking((requests) => panel.show(requests, null)),
  };
  return vscode.Disposable.from(
    panel,
    ...Object.entries(commands).map(([name, act]) =>
      vscode.commands.registerCommand(`glossator.${name}`, act),
    ),
  );
}
