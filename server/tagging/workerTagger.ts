import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { InputError } from '../../models/errors';
import type { LayerSpec } from '../../models/tags/layer';
import type { SentencePrediction, SentenceTagger, TagOptions } from '../../models/taggers/prediction';
import type { TagRequest, ThreadData, ThreadMessage } from './threadMessages';

type Loaded = Extract<ThreadMessage, { type: 'loaded' }>;

interface Call {
  resolve(predictions: SentencePrediction[]): void;
  reject(error: Error): void;
}

/** Stands beside the code that starts it: in the source tree, in out/ and in dist/. */
const SCRIPT = path.join(__dirname, 'worker.js');

/** A tagger that runs in a thread of its own, since native operations block their thread. */
export class WorkerTagger implements SentenceTagger {
  readonly #worker: Worker;
  readonly #loaded: Loaded;
  readonly #calls = new Map<number, Call>();
  #nextId = 0;
  #ended: Error | null = null;
  #reportEnd: (error: Error) => void = () => undefined;

  /** Resolves when the thread has ended without being asked to. */
  readonly ended = new Promise<Error>((resolve) => (this.#reportEnd = resolve));

  /**
   * Starts a thread and loads backend and model in it.
   * @throws InputError with one sentence for the user when that is impossible
   */
  static start(data: ThreadData, script = SCRIPT): Promise<WorkerTagger> {
    const worker = new Worker(script, { workerData: data, stdout: true, stderr: true });
    // Whatever a library prints, nothing but LSP may reach our own stdout.
    worker.stdout.pipe(process.stderr, { end: false });
    worker.stderr.pipe(process.stderr, { end: false });
    return new Promise((resolve, reject) => {
      worker.once('message', (message: ThreadMessage) => {
        if (message.type === 'loaded') return resolve(new WorkerTagger(worker, message));
        void worker.terminate();
        const text = message.type === 'failed' ? message.message : 'The model could not be loaded.';
        return reject(new InputError(text));
      });
      worker.once('error', (error) =>
        reject(new InputError(`The tagger could not start: ${error.message}.`)),
      );
      worker.once('exit', (code) =>
        reject(new InputError(`The tagger ended with code ${code} while it loaded.`)),
      );
    });
  }

  private constructor(worker: Worker, loaded: Loaded) {
    this.#worker = worker;
    this.#loaded = loaded;
    worker.on('message', (message: ThreadMessage) => this.#receive(message));
    worker.on('error', (error) => this.#crash(new Error(`The tagger stopped: ${error.message}.`)));
    worker.on('exit', (code) => this.#crash(new Error(`The tagger stopped with code ${code}.`)));
  }

  get modelId(): string {
    return this.#loaded.modelId;
  }

  get layers(): readonly LayerSpec[] {
    return this.#loaded.layers;
  }

  get backend(): 'native' | 'wasm' {
    return this.#loaded.backend;
  }

  get notice(): string {
    return this.#loaded.notice;
  }

  /** Rejects when the thread has ended. A batch that runs cannot be stopped; `signal` is looked at before. */
  tag(sentences: readonly (readonly string[])[], options: TagOptions = {}): Promise<SentencePrediction[]> {
    options.signal?.throwIfAborted();
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const request: TagRequest = { id: this.#nextId++, sentences, layers: options.layers };
    return new Promise((resolve, reject) => {
      this.#calls.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  dispose(): void {
    this.#end(new Error('The tagger was disposed.'));
    void this.#worker.terminate();
  }

  #receive(message: ThreadMessage): void {
    if (message.type !== 'tagged' && message.type !== 'error') return;
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.type === 'tagged') call?.resolve([...message.predictions]);
    else call?.reject(new Error(message.message));
  }

  #crash(error: Error): void {
    if (this.#ended !== null) return;
    this.#end(error);
    this.#reportEnd(error);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const call of this.#calls.values()) call.reject(this.#ended);
    this.#calls.clear();
  }
}
