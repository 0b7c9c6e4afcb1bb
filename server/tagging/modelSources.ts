import path from 'node:path';
import { resolveSource } from '../../models/embedders/embedderSource';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import { Event } from '../event';
import { type ProjectFile, readProjectFile } from '../project/projectFile';
import type { SettingsStore } from '../settingsStore';
import {
  damageOf,
  type ModelChoices,
  type Origin,
  originModel,
  otherOrigin,
  servingModel,
} from './servingModel';
import type { ModelSource } from './threadMessages';
import type { WantedModel } from './wish';

const ORIGIN_SERVES = 'The original model is in use; retrain, or choose another one in Model History.';

/** What the client told when it connected. */
export interface Workplace {
  /** The first workspace folder on this machine, if there is one. */
  readonly folder?: string;
  readonly isTrusted: boolean;
  /** The folder to unpack archives under. */
  readonly cache?: string;
}

/**
 * Which model is to serve: that of the setting, else the retrained one in use, else that of the project file, else the
 * built-in one. The second and third count in trusted workspaces only: they came with the folder, perhaps from
 * somebody else.
 */
export class ModelSources {
  /** Another model may be wanted now. */
  readonly changed = new Event<void>();
  /** One sentence for the user: why the project file does not count, or where the retrained model came from. */
  readonly warned = new Event<string>();
  readonly #settings: SettingsStore;
  readonly #pretrained: string;
  #workplace: Workplace = { isTrusted: false };
  readonly #told = new Set<string>();

  /** @param pretrained directory of the embedded model */
  constructor(settings: SettingsStore, pretrained: string) {
    this.#settings = settings;
    this.#pretrained = pretrained;
  }

  connect(workplace: Workplace): void {
    this.#workplace = workplace;
  }

  /** The user trusts the workspace from now on. */
  trust(): void {
    this.#workplace = { ...this.#workplace, isTrusted: true };
    this.changed.fire();
  }

  get isTrusted(): boolean {
    return this.#workplace.isTrusted;
  }

  /** The workspace folder whose models these are. */
  get folder(): string | undefined {
    return this.#workplace.folder;
  }

  /** The retrained models; undefined without a trusted folder. */
  get history(): ModelHistory | undefined {
    const { folder, isTrusted } = this.#workplace;
    return folder === undefined || !isTrusted ? undefined : new ModelHistory(folder);
  }

  /** The model that is to serve now. */
  async wanted(): Promise<WantedModel> {
    const { history } = this;
    const choices = await this.#choices(await this.#current(history));
    const source = await this.#sourceOf(servingModel(choices));
    const { chosen, retrained } = choices;
    if (history === undefined || chosen !== undefined || retrained === null) return { source };
    const other = await otherOrigin(choices, history);
    if (other !== undefined) this.#warn(other);
    const { directory } = await originModel(choices, history);
    return {
      source,
      ...(await forbidding(history, retrained)),
      instead: {
        source: await this.#sourceOf(directory),
        sentence: (why) => `${damageOf(retrained, why)} ${ORIGIN_SERVES}`,
      },
    };
  }

  /** The model that would serve if `retrained` were in use; null for none. */
  async withRetrained(retrained: string | null): Promise<WantedModel> {
    const { history } = this;
    return {
      source: await this.#sourceOf(servingModel(await this.#choices(retrained))),
      ...(history === undefined || retrained === null ? {} : await forbidding(history, retrained)),
    };
  }

  /** The model that retraining starts from now; undefined without a trusted folder. */
  async origin(): Promise<Origin | undefined> {
    const { history } = this;
    if (history === undefined) return undefined;
    return originModel(await this.#choices(await this.#current(history)), history);
  }

  /** Why retrained models do not serve, in one sentence; undefined where they may. */
  get overruled(): string | undefined {
    if (!this.#settings.current.model) return undefined;
    return 'The setting glossator.model names the model that serves; empty it to use retrained ones.';
  }

  get #base(): string {
    return this.#workplace.folder ?? process.cwd();
  }

  /** The retrained model in use; none where the file that names it cannot be read, which is said. */
  async #current(history: ModelHistory | undefined): Promise<string | null> {
    try {
      return (await history?.current()) ?? null;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#warn(error.format());
      return null;
    }
  }

  async #choices(retrained: string | null): Promise<ModelChoices> {
    const { model } = this.#settings.current;
    const project = await this.#project();
    return {
      ...(model ? { chosen: path.resolve(this.#base, model) } : {}),
      ...(project.model === undefined ? {} : { project: project.model }),
      retrained,
      builtIn: this.#pretrained,
    };
  }

  async #sourceOf(directory: string): Promise<ModelSource> {
    const { isTrusted, cache } = this.#workplace;
    const { backend, embedder } = this.#settings.current;
    const source = embedder ? resolveSource(embedder, this.#base) : (await this.#project()).embedder;
    return {
      backend,
      directory,
      ...(source === undefined
        ? {}
        : { embedder: { ...(cache === undefined ? {} : { cache }), source, trusted: isTrusted } }),
    };
  }

  async #project(): Promise<ProjectFile> {
    const { folder, isTrusted } = this.#workplace;
    if (folder === undefined || !isTrusted) return {};
    try {
      return await readProjectFile(folder);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#warn(error.format());
      return {};
    }
  }

  /** Once is enough. */
  #warn(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.warned.fire(sentence);
  }
}

/** A model that is no file of this workspace is not loaded. */
async function forbidding(history: ModelHistory, directory: string): Promise<Pick<WantedModel, 'forbidden'>> {
  try {
    await history.requireOwn(directory);
    return {};
  } catch (error) {
    if (error instanceof InputError) return { forbidden: error };
    throw error;
  }
}
