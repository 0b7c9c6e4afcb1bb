import { ModelHistory } from '../../models/retraining/modelHistory';
import { readRehearsal } from '../../models/retraining/rehearsal';
import { retrain } from '../../models/retraining/retrain';
import type { RetrainProgress } from '../../models/retraining/retrainProgress';
import type { RetrainSettings } from '../../models/retraining/retrainSettings';
import { packageVersion } from '../packageRoot';
import { layersOf, readProject } from '../project/projectText';
import { readRetrainingTexts } from './readRetrainingTexts';
import { cacheOf, sweepFolder } from './sweepFolder';

/** What the process that trains is asked for: plain JSON, its first message. */
export interface RetrainRequest {
  /** The workspace folder. */
  readonly folder: string;
  /** The directory of the model that serves now. */
  readonly base: string;
  /** The model to start from; left out: the one that `base` was made from, or `base` itself. */
  readonly origin?: { readonly directory: string; readonly isChosen: boolean };
  /** An embedder that the model refers to. */
  readonly embedder?: { readonly source: string; readonly trusted?: boolean; readonly cache?: string };
  /** Unpinned models to keep. */
  readonly keep?: number;
  readonly seed?: number;
  readonly settings?: Partial<RetrainSettings>;
  /** Texts whose predictions are compared, by their paths in the folder: those that are open. */
  readonly flipTexts?: readonly string[];
}

/**
 * Retrains on all labels of a workspace folder and adds the model to its history; `loadBackend` must have run.
 * @throws InputError where something in the folder cannot be read, or there is nothing to learn from
 */
export async function* retrainFolder(
  request: RetrainRequest,
  signal?: AbortSignal,
): AsyncGenerator<RetrainProgress> {
  const { folder, keep } = request;
  const history = new ModelHistory(folder, keep === undefined ? {} : { keep });
  await sweepFolder(folder, history);
  const project = await readProject(folder);
  const layers = layersOf(project).map(({ name, kind, labels }) => ({
    ...{ name, kind },
    labels: labels.map((label) => label.name),
  }));
  const { texts, skipped, problems } = await readRetrainingTexts(folder);
  for (const error of [...skipped.map((one) => one.error), ...problems])
    yield { phase: 'notice', message: error.format() };
  yield* retrain(
    {
      ...request,
      texts,
      layers,
      layersChosen: project.layers !== undefined,
      history,
      cache: cacheOf(folder),
      glossator: packageVersion(),
      rehearsal: readRehearsal,
    },
    signal,
  );
  await history.sweep();
}
