import * as vscode from 'vscode';
import type { RetrainAnswer } from '../../server/protocol/retraining';
import type { RetrainingRequests } from './retrainingRequests';

/** Retrains with a notification that tells how far it is and can be cancelled. */
export async function showProgress(requests: RetrainingRequests): Promise<RetrainAnswer | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: 'Glossator: retraining',
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => void requests.cancel());
    const subscription = requests.onDidTrain((message) => progress.report({ message }));
    try {
      return await requests.retrain();
    } finally {
      subscription.dispose();
    }
  });
}
