import type { Explorer } from '../../models/activeLearning/explore';
import { InputError } from '../../models/errors';
import type { SentenceTagger } from '../../models/taggers/prediction';
import type { TaggerDetails } from '../../models/taggers/taggerDetails';
import type { DocumentStore } from '../documents/documentStore';
import type { ModelDetails } from '../protocol/messages';
import type { TaggingService } from './taggingService';
import type { ModelSource } from './threadMessages';
import { tryOut } from './tryOut';

/** A tagger that was started, and how. */
export interface RunningTagger extends SentenceTagger, Partial<Explorer> {
  readonly details: TaggerDetails;
  readonly backend: 'native' | 'wasm';
  /** One line for the log: which backend was taken and why. */
  readonly notice: string;
  /** One sentence for the user: why the embedder that was chosen is not used. */
  readonly warning?: string;
  /** Resolves when the tagger has ended without being asked to. */
  readonly ended: Promise<Error>;
}

/** Starts a tagger; rejects with one sentence for the user. */
export type StartTagger = (data: ModelSource) => Promise<RunningTagger>;

/** What serves where a model cannot be loaded, and what the user is told then. */
export interface Instead {
  readonly source: ModelSource;
  readonly sentence: (why: string) => string;
}

/** Where a loader says what it does. */
export interface LoaderVoice {
  /** A line for those who look for it. */
  readonly log: (line: string) => void;
  /** A sentence that the user is to see. */
  readonly warn: (sentence: string) => void;
}

/** Brings the model of the settings into service, and again after a crash when asked to. */
export class ModelLoader {
  readonly #start: StartTagger;
  readonly #tagging: TaggingService;
  readonly #documents: DocumentStore;
  readonly #voice: LoaderVoice;
  #warned: string | undefined;
  #wanted: ModelSource | null = null;
  /** What was asked for and could not be loaded, so that another one serves. */
  #given: { readonly up: ModelSource; readonly why: string } | undefined;
  #backend: 'native' | 'wasm' | null = null;
  #details: ModelDetails | null = null;

  constructor(start: StartTagger, tagging: TaggingService, documents: DocumentStore, voice: LoaderVoice) {
    this.#start = start;
    this.#tagging = tagging;
    this.#documents = documents;
    this.#voice = voice;
  }

  /** Null until a backend is loaded. */
  get backend(): 'native' | 'wasm' | null {
    return this.#backend;
  }

  /** What was loaded last, or is being loaded. */
  get source(): ModelSource | null {
    return this.#wanted;
  }

  /** Of the model that serves; null while none does. */
  get details(): ModelDetails | null {
    return this.#tagging.model.modelId === null ? null : this.#details;
  }

  /** Why what was asked for does not serve but what was to serve instead: one sentence for the user. */
  get damage(): string | undefined {
    return this.#given?.why;
  }

  /**
   * Loads what `data` names unless it is loaded already; the model before serves until then.
   * @param instead what serves where that fails, and what the user is told then
   */
  async load(data: ModelSource, instead?: Instead): Promise<void> {
    if (isSame(this.#given?.up, data) && isSame(this.#wanted, instead?.source)) return;
    this.#given = undefined;
    if (!isSame(this.#wanted, data)) await this.#bring(data, instead);
  }

  /** Starts the tagger anew when it has failed. */
  async recover(): Promise<void> {
    if (this.#wanted !== null && this.#tagging.failure !== undefined) await this.#bring({ ...this.#wanted });
  }

  /**
   * Loads a model that may be no good: the one before serves on unless the new one loads and tags.
   * @throws InputError or Error with one sentence for the user
   */
  async replace(data: ModelSource): Promise<void> {
    const before = this.#wanted;
    if (isSame(before, data)) return void (this.#given = undefined);
    const tagger = await this.#start(data);
    try {
      await tryOut(tagger);
      await this.#tagging.prepare(tagger, this.#documents.all());
    } catch (error) {
      tagger.dispose();
      throw error;
    }
    // Settings may have changed while the model was loading.
    if (this.#wanted !== before) return tagger.dispose();
    this.#wanted = data;
    this.#given = undefined;
    this.#serve(data, tagger);
  }

  async #bring(data: ModelSource, instead?: Instead): Promise<void> {
    this.#wanted = data;
    this.#tagging.clearFailure();
    try {
      const tagger = await this.#start(data);
      // Settings may have changed while the model was loading.
      if (this.#wanted !== data) return tagger.dispose();
      this.#serve(data, tagger);
    } catch (error) {
      if (this.#wanted !== data) return;
      if (instead === undefined) return this.#tagging.fail(sentenceFor(error));
      const why = instead.sentence(sentenceFor(error));
      this.#given = { up: data, why };
      this.#voice.warn(why);
      await this.#bring(instead.source);
    }
  }

  #serve(data: ModelSource, tagger: RunningTagger): void {
    const { modelId, backend, details } = tagger;
    this.#backend = backend;
    this.#details = { modelId, backend, directory: data.directory, ...details };
    this.#voice.log(`${tagger.notice} Model ${tagger.modelId} from ${data.directory}.`);
    if (tagger.warning !== undefined && tagger.warning !== this.#warned) this.#voice.warn(tagger.warning);
    this.#warned = tagger.warning;
    this.#tagging.useModel(tagger, this.#documents.all());
    void tagger.ended.then((error) => {
      if (this.#tagging.model.tagger === tagger) this.#tagging.fail(error.message);
    });
  }
}

const isSame = (a: ModelSource | null | undefined, b: ModelSource | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function sentenceFor(error: unknown): string {
  if (error instanceof InputError) return error.format();
  return error instanceof Error ? error.message : String(error);
}
