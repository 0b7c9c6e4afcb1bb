import { pathToFileURL } from 'node:url';
import { InputError } from '../../models/errors';
import type { LabelFolder } from '../labels/labelFolder';
import { sentenceFor } from '../labels/userSentence';
import type { DamagedModel, HistoryModel, ModelHistoryAnswer, RetrainAnswer } from '../protocol/retraining';
import { wire } from '../protocol/wire/schemas';
import { AutoRetraining } from '../retraining/autoRetraining';
import { loadReport } from '../retraining/loadReport';
import { Retrainer } from '../retraining/retrainer';
import { sweepFolder } from '../retraining/sweepFolder';
import type { FeatureContext } from '../services';
import { showWarning } from '../showWarning';
import type { ModelHistory } from '../../models/retraining/modelHistory';
import { layersOf } from '../retraining/runSummary';

const USE = 'Use It Anyway';
const KEEP = 'Keep the Old One';

/** Retrains on request or unasked, shows how far it is, and hands out models of the history and their reports. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { trainingDesk, models, modelSources, settings, documents, labelFolders, openLabels } = services;
  const openTexts = (): string[] =>
    openLabels.all
      .filter(({ place }) => place.folder.path === modelSources.folder)
      .map(({ place }) => place.name);
  const retrainer = new Retrainer(trainingDesk, models, modelSources, openTexts);

  const run = async (isAsked: boolean): Promise<RetrainAnswer> => {
    retrainer.requirePlace(); // both refuse before anything is shown
    trainingDesk.requireFree();
    if (isAsked) void automatic.begun();
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin('Glossator: retraining', 0, undefined, isAsked);
    progress.token.onCancellationRequested(() => trainingDesk.cancel());
    try {
      return await retrainer.retrain({
        state: ({ share, text }) => progress.report(Math.round(100 * share), text),
        wantsWorse: async (sentence) => {
          progress.done(); // the question may stand for long
          const [use, keep] = [{ title: USE }, { title: KEEP }];
          const answer = await connection.window.showWarningMessage(`Glossator: ${sentence}`, use, keep);
          return answer?.title === USE;
        },
      });
    } finally {
      progress.done();
    }
  };

  const sweep = async (): Promise<void> => {
    const { folder, history } = modelSources;
    if (folder === undefined || history === undefined) return;
    for (const name of await sweepFolder(folder, history))
      connection.console.info(`Removed what an earlier retraining left: ${name}.`);
  };
  const report = (error: unknown): void =>
    connection.console.warn(error instanceof InputError ? sentenceFor(error) : String(error));
  services.initialized.on(() => void sweep().catch(report));
  modelSources.changed.on(() => void sweep().catch(report));

  incoming.request(wire.retrain, (_, token) => {
    token.onCancellationRequested(() => trainingDesk.cancel());
    return run(true);
  });
  incoming.request(wire.cancelRetraining, () => trainingDesk.cancel());
  incoming.request(wire.modelHistory, () =>
    historyAnswer(retrainer.history, modelSources.overruled ?? models.damage),
  );
  incoming.request(wire.useModel, ({ run }) => retrainer.use(run));
  incoming.request(wire.pinModel, async ({ run, isPinned }) => {
    await retrainer.history.pin(run, isPinned);
    return null;
  });
  incoming.request(wire.removeModel, async ({ run }) => {
    await retrainer.history.remove(run);
    return null;
  });
  incoming.request(wire.report, async ({ run, nonce }) => {
    const { history } = retrainer;
    const entries = run === null ? await history.recorded() : await history.list();
    const entry = run === null ? entries.at(-1) : entries.find((one) => one.run === run);
    if (entry === undefined) return null;
    if (entry.record === null) throw new InputError(entry.damage ?? 'The model has no record.');
    const { renderReport } = await loadReport();
    const html = await renderReport(entry.record, { nonce, links: 'editor' });
    return { run: entry.run, html, folder: pathToFileURL(modelSources.folder ?? '').href };
  });

  const automatic = new AutoRetraining({
    isOn: () => settings.current.retrainOnSave,
    folder: () => (modelSources.isTrusted ? modelSources.folder : undefined),
    learnt: async () => {
      const newest = (await modelSources.history?.recorded())?.at(-1);
      return newest === undefined ? 0 : Date.parse(newest.record.time);
    },
    isBusy: () => trainingDesk.isTraining,
    retrain: async () => {
      try {
        const { message } = await run(false);
        connection.console.info(`Retrained unasked. ${message}`);
      } catch (error) {
        if (error instanceof InputError) showWarning(connection, sentenceFor(error));
        else connection.console.error(String(error));
      }
    },
  });
  const labelled = (): void => automatic.labelled();
  settings.changed.on(() => automatic.switched());
  const follow = ({ store }: LabelFolder): unknown => store.changed.on(labelled);
  for (const folder of labelFolders.all) follow(folder);
  labelFolders.added.on(follow);
  documents.saved.on(labelled);
  documents.edited.on(() => automatic.edited());
}

/** The models of a history as clients show them. */
async function historyAnswer(
  history: ModelHistory,
  overruled: string | undefined,
): Promise<ModelHistoryAnswer> {
  const models: HistoryModel[] = [];
  const damaged: DamagedModel[] = [];
  for (const { run, record, damage, current, pinned, bytes } of (await history.list()).reverse()) {
    const common = { run, isCurrent: current, isPinned: pinned, bytes };
    if (damage !== undefined || record === null)
      damaged.push({ ...common, why: damage ?? 'It has no record.' });
    else models.push({ ...common, time: record.time, verdict: record.verdict, layers: layersOf(record) });
  }
  return {
    models,
    ...(damaged.length === 0 ? {} : { damaged }),
    ...(overruled === undefined ? {} : { overruled }),
  };
}
