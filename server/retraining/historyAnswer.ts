import type { ModelHistory } from '../../models/retraining/modelHistory';
import type { ModelHistoryAnswer } from '../protocol/retraining';
import { layersOf } from './runSummary';

/** The models of a history as clients show them. */
export async function historyAnswer(
  history: ModelHistory,
  overruled: string | undefined,
): Promise<ModelHistoryAnswer> {
  const entries = await history.list();
  const models = entries.reverse().map(({ run, record, current, pinned, bytes }) => ({
    run,
    time: record.time,
    verdict: record.verdict,
    layers: layersOf(record),
    isCurrent: current,
    isPinned: pinned,
    bytes,
  }));
  return { models, ...(overruled === undefined ? {} : { overruled }) };
}
