import type { Explorer } from '../../models/activeLearning/explore';
import { InputError } from '../../models/errors';
import type { SentenceTagger } from '../../models/taggers/prediction';
import type { TaggerDetails } from '../../models/taggers/taggerDetails';
import type { DocumentStore } from '../documents/documentStore';
import type { ModelDetails } from '../protocol/messages';
import type { TaggingService } from './taggingService';
import type { ModelSource } from './threadMessages';
import { tryOut } from './tryOut';
import type { Verdict, Wish } from './wish';

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

/** Where a loader says what it does. */
export interface LoaderVoice {
  /** A line for those who look for it. */
  readonly log: (line: string) => void;
  /** A sentence that the user is to see. */
  readonly warn: (sentence: string) => void;
}

const SERVES: Verdict = { kind: 'serves' };
const SUPERSEDED: Verdict = { kind: 'superseded' };

/** Brings the model that is wanted into service, and again after a crash when asked to. */
export class ModelLoader {
  readonly #start: StartTagger;
  readonly #tagging: TaggingService;
  readonly #documents: DocumentStore;
  readonly #voice: LoaderVoice;
  #warned: string | undefined;
  /** Settles when the wishes so far were taken. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The newest wish of settings and disk, and the newest trial: older ones of their kinds are not begun any more. */
  #standing: Wish | undefined;
  #trial: Wish | undefined;
  #source: ModelSource | null = null;
  /** What settings and disk want and could not be had, so that another model serves, or none. */
  #refused: { readonly source: ModelSource; readonly reason: InputError; readonly why: string } | undefined;
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

  /** Where the model came from that serves, or that served until it crashed; null before the first. */
  get source(): ModelSource | null {
    return this.#source;
  }

  /** Of the model that serves; null while none does. */
  get details(): ModelDetails | null {
    return this.#isServing ? this.#details : null;
  }

  /** Why what settings and disk want does not serve: one sentence for the user. */
  get damage(): string | undefined {
    return this.#refused?.why;
  }

  /**
   * The one way to another model. Wishes are taken one after the other; never rejects.
   *
   * | when its turn has come                       | a wish of settings and disk            | a trial                         |
   * | -------------------------------------------- | -------------------------------------- | ------------------------------- |
   * | a newer one of its kind waits                | superseded                             | superseded                      |
   * | it was refused before                        | refused, and not loaded again          | as if it had not been           |
   * | the model serves                             | serves                                 | settled, serves                 |
   * | it must not be loaded, or cannot be, or its  | refused; `instead` serves, else what   | refused; what served before     |
   * | answers are not sound                        | served before, else nothing            |                                 |
   * | it is loaded, and no longer wanted           | superseded                             | superseded                      |
   * | it cannot be settled                         |                                        | refused; what served before     |
   * | else                                         | serves                                 | settled, serves                 |
   *
   * So what `settle` writes down serves, and what does not serve is never written down.
   */
  async want(wish: Wish): Promise<Verdict> {
    if (wish.trial === undefined) this.#standing = wish;
    else this.#trial = wish;
    return this.#queue(wish, async () => {
      if (wish !== this.#standing && wish !== this.#trial) return SUPERSEDED;
      return wish.trial === undefined ? this.#follow(wish, false) : this.#try(wish, wish.trial.settle);
    });
  }

  /** Tries again to bring what settings and disk want, where it has crashed or was refused. */
  async recover(): Promise<void> {
    const wish = this.#standing;
    if (wish === undefined || (this.#tagging.failure === undefined && this.#refused === undefined)) return;
    await this.#queue(wish, () => this.#follow(wish, true));
  }

  get #isServing(): boolean {
    return this.#tagging.model.modelId !== null;
  }

  #queue(wish: Wish, work: () => Promise<Verdict>): Promise<Verdict> {
    const turn = this.#turn.then(work).catch((error: unknown): Verdict => {
      const reason = asInputError(error);
      if (wish.trial === undefined) this.#complain(reason.format());
      return { kind: 'refused', reason };
    });
    this.#turn = turn;
    return turn;
  }

  /** @param isAnew whether what serves, or was refused, is loaded once more */
  async #follow(wish: Wish, isAnew: boolean): Promise<Verdict> {
    const { source, forbidden, instead } = await wish.wanted();
    const before = isAnew || !isSame(this.#refused?.source, source) ? undefined : this.#refused;
    let reason = before?.reason ?? forbidden;
    if (reason === undefined) {
      if (isSame(this.#source, source) && !isAnew) return this.#stay();
      try {
        this.#tagging.clearFailure();
        return await this.#bring(source, { isWanted: () => isWanted(wish, source) });
      } catch (error) {
        if (!(await isWanted(wish, source))) return SUPERSEDED;
        reason = asInputError(error);
      }
    }
    const why = instead?.sentence(reason.format()) ?? reason.format();
    this.#refused = { source, reason, why };
    if (instead === undefined) {
      if (before === undefined) this.#complain(why);
    } else {
      if (before === undefined) this.#voice.warn(why);
      if (!this.#isServing || !isSame(this.#source, instead.source))
        await this.#bring(instead.source, { isWanted: () => isWanted(wish, source) });
      this.#refused = { source, reason, why };
    }
    return { kind: 'refused', reason };
  }

  async #try(wish: Wish, settle: () => Promise<void>): Promise<Verdict> {
    const { source, forbidden } = await wish.wanted();
    if (forbidden !== undefined) throw forbidden;
    if (isSame(this.#source, source) && this.#isServing) {
      await settle();
      return this.#stay();
    }
    return this.#bring(source, {
      isSound: async (tagger) => {
        await tryOut(tagger);
        await this.#tagging.prepare(tagger, this.#documents.all());
      },
      isWanted: async () => wish === this.#trial && (await isWanted(wish, source)),
      settle,
    });
  }

  /** What serves is what is wanted. */
  #stay(): Verdict {
    this.#refused = undefined;
    const { failure } = this.#tagging;
    return failure === undefined ? SERVES : { kind: 'refused', reason: new InputError(failure) };
  }

  /** Loads a model and has it serve, unless something keeps it from that: then what served before serves on. */
  async #bring(source: ModelSource, { isSound, isWanted, settle }: Steps): Promise<Verdict> {
    const tagger = await this.#start(source);
    try {
      await isSound?.(tagger);
      if (!(await isWanted())) {
        tagger.dispose();
        return SUPERSEDED;
      }
      await settle?.();
    } catch (error) {
      tagger.dispose();
      throw error;
    }
    this.#serve(source, tagger);
    return SERVES;
  }

  /** What settings and disk want cannot be had, and nothing was named for that case. */
  #complain(why: string): void {
    if (this.#isServing) this.#voice.warn(`${why} The model before it is still in use.`);
    else this.#tagging.fail(why);
  }

  #serve(source: ModelSource, tagger: RunningTagger): void {
    const { modelId, backend, details } = tagger;
    this.#source = source;
    this.#refused = undefined;
    this.#backend = backend;
    this.#details = { modelId, backend, directory: source.directory, ...details };
    this.#voice.log(`${tagger.notice} Model ${tagger.modelId} from ${source.directory}.`);
    if (tagger.warning !== undefined && tagger.warning !== this.#warned) this.#voice.warn(tagger.warning);
    this.#warned = tagger.warning;
    this.#tagging.useModel(tagger, this.#documents.all());
    void tagger.ended.then((error) => {
      if (this.#tagging.model.tagger === tagger) this.#tagging.fail(error.message);
    });
  }
}

/** What is to be done between the loading of a model and its service. */
interface Steps {
  /** Throws where its answers are not sound. */
  readonly isSound?: (tagger: RunningTagger) => Promise<void>;
  readonly isWanted: () => Promise<boolean>;
  readonly settle?: () => Promise<void>;
}

const isSame = (a: ModelSource | null | undefined, b: ModelSource): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const isWanted = async (wish: Wish, source: ModelSource): Promise<boolean> =>
  isSame((await wish.wanted()).source, source);

const asInputError = (error: unknown): InputError =>
  error instanceof InputError
    ? error
    : new InputError(error instanceof Error ? error.message : String(error));
