import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { InputError } from '../../models/errors';
import type { ThreadAnswer, ThreadRequest } from './threadMessages';

interface Call {
  resolve(answer: ThreadAnswer): void;
  reject(error: Error): void;
}

/** Stands beside the code that starts it, in out/ as in dist/. */
const SCRIPT = path.join(__dirname, 'worker.js');

/** A thread that runs networks, since native operations block theirs. */
export class InferenceThread {
  readonly #worker: Worker;
  readonly #calls = new Map<number, Call>();
  #nextId = 0;
  #end: Error | null = null;
  #reportEnd: (error: Error) => void = () => undefined;

  /** Resolves when the thread has ended without being asked to. */
  readonly ended = new Promise<Error>((resolve) => (this.#reportEnd = resolve));

  constructor(script = SCRIPT) {
    // What it prints goes through this thread's stdout, which is guarded where that belongs to the protocol.
    this.#worker = new Worker(script);
    this.#worker.unref();
    this.#worker.on('message', (answer: ThreadAnswer) => this.#receive(answer));
    this.#worker.on('error', (error) => this.#finish(error.message));
    this.#worker.on('exit', (code) => this.#finish(`its thread ended with code ${code}`));
  }

  get isAlive(): boolean {
    return this.#end === null;
  }

  /** @throws InputError where the thread answers with a sentence for the user, Error where it has ended */
  async call(request: (id: number) => ThreadRequest): Promise<ThreadAnswer> {
    if (this.#end !== null) throw this.#end;
    const id = this.#nextId++;
    const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.#worker.ref(); // an idle thread keeps no process alive
      this.#worker.postMessage(request(id));
    });
    if (answer.type === 'failed') throw new InputError(answer.message);
    return answer;
  }

  /**
   * Has the thread end; what waits for an answer is rejected. It lets its model go and ends by itself, so that it is
   * not cut off in the midst of native code.
   */
  stop(): void {
    if (this.#end !== null) return;
    this.#finish('it was asked to', false);
    const close: ThreadRequest = { type: 'close' };
    this.#worker.postMessage(close);
  }

  #receive(answer: ThreadAnswer): void {
    this.#calls.get(answer.id)?.resolve(answer);
    this.#calls.delete(answer.id);
    if (this.#calls.size === 0) this.#worker.unref();
  }

  #finish(reason: string, isReported = true): void {
    if (this.#end !== null) return;
    this.#end = new Error(`The tagger stopped: ${reason.replace(/\.$/, '')}.`);
    for (const call of this.#calls.values()) call.reject(this.#end);
    this.#calls.clear();
    if (isReported) this.#reportEnd(this.#end);
  }
}
