import { status, type ServerState, type StatusParams } from '../protocol/messages';
import type { FeatureContext, Services } from '../services';

/** Tells the client what the server does, once for each change. */
export function register({ connection, services }: FeatureContext): void {
  let sent = '';
  let scheduled = false;

  const send = (): void => {
    scheduled = false;
    const params = statusOf(services);
    const key = JSON.stringify(params);
    if (key === sent) return;
    sent = key;
    void connection.sendNotification(status, params);
  };

  // One turn of the event loop may change several things: the client gets what came of them.
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(send);
  };

  services.tagging.changed.on(schedule);
  services.trainingDesk.changed.on(schedule);
  services.initialized.on(schedule);
}

function statusOf({ documents, tagging, models, trainingDesk }: Services): StatusParams {
  const { words, milliseconds } = tagging.speed;
  const untagged = documents.all().find((document) => document.untagged !== undefined)?.untagged;
  const message = tagging.failure ?? untagged;
  return {
    state: stateOf(tagging.failure, tagging.model.modelId, tagging.pending, trainingDesk.isTraining),
    pending: tagging.pending,
    backend: models.backend,
    modelId: tagging.model.modelId,
    words,
    milliseconds: Math.round(milliseconds),
    ...(message === undefined ? {} : { message }),
    ...(trainingDesk.state === undefined ? {} : { training: trainingDesk.state.text }),
  };
}

function stateOf(
  failure: string | undefined,
  modelId: string | null,
  pending: number,
  isTraining: boolean,
): ServerState {
  if (failure !== undefined) return 'failed';
  if (modelId === null) return 'loading';
  if (pending > 0) return 'tagging';
  return isTraining ? 'training' : 'idle';
}
