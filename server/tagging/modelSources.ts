import path from 'node:path';
import { resolveSource } from '../../models/embedders/embedderSource';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import { Event } from '../event';
import { type ProjectFile, readProjectFile } from '../project/projectFile';
import type { SettingsStore } from '../settingsStore';
import type { ModelSource } from './threadMessages';

/** What the client told when it connected. */
export interface Workplace {
  /** The first workspace folder on this machine, if there is one. */
  readonly folder?: string;
  readonly isTrusted: boolean;
  /** The folder to unpack archives under. */
  readonly cache?: string;
}

/**
 * Which model is to serve: that of the setting, else that of the project file, else the retrained one in use, else the
 * embedded one. The last two but one count in trusted workspaces only: they came with the folder, perhaps from
 * somebody else.
 */
export class ModelSources {
  /** Another model may be wanted now. */
  readonly changed = new Event<void>();
  /** Why the project file does not count: one sentence for the user. */
  readonly refused = new Event<string>();
  readonly #settings: SettingsStore;
  readonly #pretrained: string;
  #workplace: Workplace = { isTrusted: false };
  #told = '';

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
  async wanted(): Promise<ModelSource> {
    return this.withRetrained((await this.history?.current()) ?? null);
  }

  /** The model that would serve if `retrained` were in use; null for none. */
  async withRetrained(retrained: string | null): Promise<ModelSource> {
    const { folder, isTrusted, cache } = this.#workplace;
    const wanted = this.#settings.current;
    const project = await this.#project();
    const base = folder ?? process.cwd();
    const directory = wanted.model
      ? path.resolve(base, wanted.model)
      : (project.model ?? retrained ?? this.#pretrained);
    const source = wanted.embedder ? resolveSource(wanted.embedder, base) : project.embedder;
    return {
      backend: wanted.backend,
      directory,
      ...(source === undefined
        ? {}
        : { embedder: { ...(cache === undefined ? {} : { cache }), source, trusted: isTrusted } }),
    };
  }

  /** Why retrained models do not serve, in one sentence; undefined where they may. */
  async overruled(): Promise<string | undefined> {
    if (this.#settings.current.model)
      return 'The setting glossator.model names the model that serves; empty it to use retrained ones.';
    if ((await this.#project()).model !== undefined)
      return 'The project file names the model that serves; take "model" out of it to use retrained ones.';
    return undefined;
  }

  async #project(): Promise<ProjectFile> {
    const { folder, isTrusted } = this.#workplace;
    if (folder === undefined || !isTrusted) return {};
    try {
      return await readProjectFile(folder);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const sentence = error.format();
      if (sentence !== this.#told) this.refused.fire(sentence);
      this.#told = sentence;
      return {};
    }
  }
}
