import * as vscode from 'vscode';
import type { DamagedModel, HistoryModel, ModelHistoryAnswer } from '../../server/protocol/retraining';
import { announce } from '../taggedText';
import { megabytes, modelLines } from './modelLines';
import type { RetrainingRequests } from './retrainingRequests';

interface ModelPick extends vscode.QuickPickItem {
  /** Null for the original model; undefined for a line that is none. */
  readonly model?: HistoryModel | DamagedModel | null;
}

type Act = () => Promise<unknown>;

/** Lists the retrained models and lets the user serve with one, see its report, pin or delete it. */
export async function pickFromHistory(
  requests: RetrainingRequests,
  openReport: (run: string) => Promise<void>,
): Promise<void> {
  const history = await requests.history();
  if (history === undefined) return;
  const pick = await vscode.window.showQuickPick(picksOf(history), {
    title: titleOf(history),
    placeHolder: history.overruled ?? 'Choose a model to use, compare, pin or delete',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (pick?.model === undefined) return;
  if (pick.model === null) return use(requests, null);
  if ('why' in pick.model) return actOnDamaged(requests, pick.model);
  await actOn(requests, pick.model, openReport);
}

function titleOf({ models }: ModelHistoryAnswer): string {
  if (models.length === 0) return 'Model History: nothing retrained yet';
  const bytes = models.reduce((sum, model) => sum + model.bytes, 0);
  return `Model History: ${models.length} retrained, ${megabytes(bytes)} on disk`;
}

function picksOf({ models, damaged = [] }: ModelHistoryAnswer): ModelPick[] {
  const isFirst = [...models, ...damaged].every(({ isCurrent }) => !isCurrent);
  return [
    ...models.map((model) => ({
      ...modelLines(model),
      model,
      iconPath: icon(model.isCurrent ? 'check' : model.isPinned ? 'pinned' : 'history'),
    })),
    {
      label: 'Original model',
      description: isFirst ? 'in use' : '',
      detail: 'Built in, or named by settings or project',
      iconPath: icon(isFirst ? 'check' : 'home'),
      model: null,
    },
    ...damaged.map((model) => ({
      label: model.run,
      description: 'damaged',
      detail: model.why,
      iconPath: icon('warning'),
      model,
    })),
  ];
}

async function actOn(
  requests: RetrainingRequests,
  model: HistoryModel,
  openReport: (run: string) => Promise<void>,
): Promise<void> {
  const { run, isCurrent, isPinned } = model;
  const { label, detail } = modelLines(model);
  const acts: readonly (vscode.QuickPickItem & { readonly act: Act })[] = [
    ...(isCurrent
      ? []
      : [{ label: 'Use This Model', iconPath: icon('check'), act: () => use(requests, run) }]),
    { label: 'Open Its Training Report', iconPath: icon('graph'), act: () => openReport(run) },
    {
      label: isPinned ? 'Unpin' : 'Pin',
      detail: isPinned ? 'It may be deleted to make room again' : 'It is never deleted to make room',
      iconPath: icon('pinned'),
      act: async () => {
        if (await requests.pin(run, !isPinned))
          announce(isPinned ? 'The model is unpinned' : 'The model is pinned');
      },
    },
    ...(isCurrent
      ? []
      : [{ label: 'Delete', iconPath: icon('trash'), act: () => remove(requests, { ...model, label }) }]),
  ];
  const act = await vscode.window.showQuickPick(acts, { title: `Model of ${label}`, placeHolder: detail });
  await act?.act();
}

async function use(requests: RetrainingRequests, run: string | null): Promise<void> {
  const why = await requests.use(run);
  if (why === undefined) return;
  if (why === null) announce('The model serves, and open texts are tagged with it');
  else void vscode.window.showWarningMessage(`Glossator: ${why}`);
}

/** All that can be done with it is to delete it, and not even that while it is the one in use. */
async function actOnDamaged(
  requests: RetrainingRequests,
  { run, why, bytes, ...model }: DamagedModel,
): Promise<void> {
  if (model.isCurrent)
    void vscode.window.showWarningMessage(`Glossator: ${why} Use another model, then delete it.`);
  else await remove(requests, { run, bytes, label: run });
}

/** What deleting a model says of it. */
interface Removed extends Pick<HistoryModel, 'run' | 'bytes'> {
  readonly label: string;
}

async function remove(requests: RetrainingRequests, model: Removed): Promise<void> {
  const { label } = model;
  const sure = await vscode.window.showWarningMessage(
    `Delete the retrained model of ${label} (${megabytes(model.bytes)})? This cannot be undone; your labels stay.`,
    { modal: true },
    'Delete',
  );
  if (sure === 'Delete' && (await requests.remove(model.run))) announce('The model is deleted');
}

const icon = (name: string): vscode.ThemeIcon => new vscode.ThemeIcon(name);
