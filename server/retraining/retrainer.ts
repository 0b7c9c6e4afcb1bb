import * as path from 'node:path';
import { InputError } from '../../models/errors';
import type { ModelHistory } from '../../models/retraining/modelHistory';
import type { RunRecord } from '../../models/retraining/runRecord';
import type { RetrainAnswer } from '../protocol/retraining';
import type { ModelLoader } from '../tagging/modelLoader';
import type { ModelSources } from '../tagging/modelSources';
import { runSummary } from './runSummary';
import type { Trained } from './trainerProcess';
import { TrainingCancelled, type TrainingDesk } from './trainingDesk';
import type { TrainingState } from './trainingProgress';

/** What a retraining tells and asks those who want it. */
export interface RetrainingVoice {
  readonly state: (state: TrainingState) => void;
  /** Whether a model that is worse is to serve all the same. */
  readonly wantsWorse: (sentence: string) => Promise<boolean>;
}

/**
 * Retrains the model that serves and puts the new one in its place: it is made in another process, loaded and tried
 * out beside the old one, and chosen on disk only when it serves. Whatever goes wrong, the old one serves on.
 */
export class Retrainer {
  readonly #desk: TrainingDesk;
  readonly #models: ModelLoader;
  readonly #sources: ModelSources;
  readonly #openTexts: () => readonly string[];

  /** @param openTexts names of the texts of the workspace that are open: their predictions are compared */
  constructor(
    desk: TrainingDesk,
    models: ModelLoader,
    sources: ModelSources,
    openTexts: () => readonly string[],
  ) {
    this.#openTexts = openTexts;
    this.#desk = desk;
    this.#models = models;
    this.#sources = sources;
  }

  /**
   * The retrained models of the workspace.
   * @throws InputError where none may be kept
   */
  get history(): ModelHistory {
    const { history } = this.#sources;
    if (history !== undefined) return history;
    if (this.#sources.folder === undefined)
      throw new InputError(
        'Retrained models are kept in the workspace folder, and none on this machine is open.',
        {},
        'Open the folder that holds your texts.',
      );
    throw new InputError(
      'Models are retrained in trusted workspaces only.',
      {},
      'Trust this workspace with Workspaces: Manage Workspace Trust.',
    );
  }

  /** @throws InputError where no retrained models may be kept here */
  requirePlace(): void {
    void this.history;
  }

  /** @throws InputError where it fails; the model before serves on */
  async retrain({ state, wantsWorse }: RetrainingVoice): Promise<RetrainAnswer> {
    const { history } = this;
    const notices: string[] = [];
    const trained = await this.#train({ state, notice: (sentence) => notices.push(sentence) });
    if (trained === undefined)
      return {
        outcome: 'cancelled',
        run: null,
        message: 'The retraining was cancelled; still using the same model.',
      };
    const { record } = trained;
    const summary = runSummary(record);
    if (record.verdict === 'worse' && !(await wantsWorse(worseSentence(record))))
      return { outcome: 'kept', run: record.run, message: `Still using the old model. ${summary}` };
    const hindrance = await this.#take(history, record.run, trained.directory);
    await history.sweep().catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      notices.push(error.format()); // what came of the retraining is to be told all the same
    });
    const said = hindrance ?? 'Now using the new model.';
    return {
      outcome: hindrance === undefined ? 'used' : 'kept',
      run: record.run,
      message: [said, summary, ...notices.slice(0, 1)].join(' '),
    };
  }

  /**
   * Lets a model of the history serve; null for the original one.
   * @returns why it does not serve, in one sentence, or null
   * @throws InputError where there is no such model, or it cannot serve
   */
  async use(run: string | null): Promise<string | null> {
    const { history } = this;
    const entry = (await history.list()).find((one) => one.run === run);
    if (run !== null && entry === undefined) throw new InputError('There is no such retrained model.');
    return (await this.#take(history, run, entry?.directory ?? null)) ?? null;
  }

  async #train(listener: {
    state: (state: TrainingState) => void;
    notice: (sentence: string) => void;
  }): Promise<Trained | undefined> {
    const { source } = this.#models;
    const { folder } = this.#sources;
    if (source === null || folder === undefined)
      throw new InputError('No model is loaded yet.', {}, 'Try again in a moment.');
    const { embedder } = source;
    const flipTexts = this.#openTexts();
    const origin = await this.#sources.origin();
    if (origin?.refused !== undefined) listener.notice(origin.refused);
    const request = {
      ...{ folder, base: path.resolve(source.directory) },
      ...(origin === undefined ? {} : { origin }),
      ...(embedder === undefined ? {} : { embedder }),
      ...(flipTexts.length === 0 ? {} : { flipTexts }),
    };
    try {
      return await this.#desk.train(request, source.backend, listener);
    } catch (error) {
      if (error instanceof TrainingCancelled) return undefined;
      throw error;
    }
  }

  /**
   * @returns why it does not serve although nothing is wrong with it
   * @throws InputError where it cannot serve
   */
  async #take(
    history: ModelHistory,
    run: string | null,
    directory: string | null,
  ): Promise<string | undefined> {
    const { overruled } = this.#sources;
    if (overruled !== undefined) return overruled;
    const verdict = await this.#models.want({
      wanted: () => this.#sources.withRetrained(directory),
      trial: { settle: () => history.use(run) },
    });
    if (verdict.kind === 'refused') throw verdict.reason;
    return verdict.kind === 'superseded' ? SUPERSEDED : undefined;
  }
}

const SUPERSEDED =
  'The model is not in use: while it was loading, the settings changed or another model was chosen. You can choose it in Model History.';

function worseSentence(record: RunRecord): string {
  return `The new model is worse on held-out labels: ${runSummary(record)} The old one serves.`;
}
