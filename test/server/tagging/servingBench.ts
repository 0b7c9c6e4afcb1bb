import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '../../../models/errors';
import { DocumentStore } from '../../../server/documents/documentStore';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import { Retrainer } from '../../../server/retraining/retrainer';
import { TrainingDesk } from '../../../server/retraining/trainingDesk';
import { SettingsStore } from '../../../server/settingsStore';
import { ModelLoader, type RunningTagger } from '../../../server/tagging/modelLoader';
import { ModelSources } from '../../../server/tagging/modelSources';
import { PredictionCache } from '../../../server/tagging/predictionCache';
import { TaggingService } from '../../../server/tagging/taggingService';
import type { ModelSource } from '../../../server/tagging/threadMessages';
import type { Verdict, Wish } from '../../../server/tagging/wish';
import { sampleRecord } from '../../report/sampleRecord';
import { lexiconTagger } from '../features/lexiconTagger';

/** A folder with retrained models that hold nothing but names. */
export class ModelFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'glossator-serving-'));
  readonly history: ModelHistory = new ModelHistory(this.path, { keep: 100 });

  /** Adds the model of a run such as `2026-01-01T00-00-01`. */
  add(run: string): string {
    const directory = path.join(this.history.folder, run);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'config.json'), '{}');
    writeFileSync(path.join(directory, 'run.json'), JSON.stringify({ ...sampleRecord, run }));
    return directory;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Counts the wishes that are being granted. */
class WatchedLoader extends ModelLoader {
  asked = 0;
  open = 0;

  override async want(wish: Wish): Promise<Verdict> {
    this.asked++;
    return this.#watch(super.want(wish));
  }

  override async recover(): Promise<void> {
    return this.#watch(super.recover());
  }

  async #watch<T>(work: Promise<T>): Promise<T> {
    this.open++;
    try {
      return await work;
    } finally {
      this.open--;
    }
  }
}

interface Load {
  readonly source: ModelSource;
  readonly finish: () => void;
}

/** What the name of a model says of it: `broken` ones do not load, `unsound` ones answer nonsense. */
export type Nature = (directory: string) => 'sound' | 'broken' | 'unsound';

/** A program on a folder of models: all that brings models into service, with loads that wait for the test. */
export class ServingBench {
  readonly settings = new SettingsStore();
  readonly sources = new ModelSources(this.settings, '/built-in');
  readonly tagging = new TaggingService(new PredictionCache(100));
  readonly told: string[] = [];
  readonly loads: Load[] = [];
  /** Directory and backend of all that began to be loaded. */
  readonly begun: string[] = [];
  /** Models that were loaded and not disposed. */
  readonly alive = new Set<RunningTagger>();
  readonly loader: WatchedLoader;
  readonly retrainer: Retrainer;
  #crash: () => void = () => undefined;

  constructor(
    readonly folder: string,
    nature: Nature,
  ) {
    const warn = (sentence: string): void => void this.told.push(sentence);
    this.loader = new WatchedLoader(
      (source) => this.#load(source, nature),
      this.tagging,
      new DocumentStore(),
      {
        log: () => undefined,
        warn,
      },
    );
    this.sources.warned.on(warn);
    this.sources.connect({ folder, isTrusted: true });
    const desk = new TrainingDesk(() => Promise.reject(new InputError('Nobody trains here.')));
    this.retrainer = new Retrainer(desk, this.loader, this.sources, () => []);
  }

  /** Directory and backend of the model that serves. */
  get serving(): string | null {
    const { source } = this.loader;
    return source === null || this.tagging.model.modelId === null ? null : keyOf(source);
  }

  /** Settings or disk changed. */
  follow(): Promise<Verdict> {
    return this.loader.want({ wanted: () => this.sources.wanted() });
  }

  /** Resolves when nothing goes on but a load that waits for the test. */
  async settled(): Promise<void> {
    while (this.loader.open > 0 && this.loads.length === 0)
      await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Lets the load that waits end. */
  async answer(): Promise<void> {
    await this.settled();
    this.loads.shift()?.finish();
    await this.settled();
  }

  /** Lets all loads end. */
  async finish(): Promise<void> {
    await this.settled();
    while (this.loads.length > 0) await this.answer();
  }

  /** The model that serves ends. */
  async crash(): Promise<void> {
    this.#crash();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async #load(source: ModelSource, nature: Nature): Promise<RunningTagger> {
    this.begun.push(keyOf(source));
    await new Promise<void>((resolve) => this.loads.push({ source, finish: resolve }));
    const kind = nature(source.directory);
    if (kind === 'broken') throw new InputError(`${path.basename(source.directory)} is broken.`);
    const sound = lexiconTagger(keyOf(source));
    let crash: (error: Error) => void = () => undefined;
    const tagger: RunningTagger = {
      ...sound,
      ended: new Promise((resolve) => (crash = resolve)),
      tag: (sentences) =>
        kind === 'sound' ? sound.tag(sentences) : Promise.resolve(sentences.map(() => ({}))),
      dispose: () => void this.alive.delete(tagger),
    };
    this.alive.add(tagger);
    this.#crash = () => {
      if (this.tagging.model.tagger === tagger) crash(new Error('The tagger stopped: killed.'));
    };
    return tagger;
  }
}

export const keyOf = ({ directory, backend }: ModelSource): string =>
  `${path.basename(directory)} on ${backend}`;
