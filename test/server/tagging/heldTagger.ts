import type { LayerSpec } from '../../../models/tags/layer';
import type { SentencePrediction, SentenceTagger } from '../../../models/taggers/prediction';
import { Event } from '../../../server/event';

interface Call {
  readonly sentences: readonly (readonly string[])[];
  readonly resolve: (predictions: SentencePrediction[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A tagger whose answers wait until a test lets them go. It tags each word with the number of
 * letters in its sentence, so that no two sentences are mixed up unseen.
 */
export class HeldTagger implements SentenceTagger {
  readonly layers: readonly LayerSpec[] = [{ name: 'pos', kind: 'token', labels: [] }];
  readonly called = new Event<void>();
  /** First words of the sentences of every batch so far. */
  readonly batches: string[][] = [];
  isDisposed = false;
  readonly #calls: Call[] = [];

  constructor(readonly modelId = 'held') {}

  /** Calls that wait for an answer. */
  get held(): number {
    return this.#calls.length;
  }

  tag(sentences: readonly (readonly string[])[]): Promise<SentencePrediction[]> {
    this.batches.push(sentences.map((forms) => forms[0]));
    return new Promise((resolve, reject) => {
      this.#calls.push({ sentences, resolve, reject });
      this.called.fire();
    });
  }

  /** Answers the oldest call that waits, waiting for one where there is none yet. */
  async answer(): Promise<void> {
    const { sentences, resolve } = await this.#next();
    resolve(sentences.map((forms) => predictionFor(forms, this.modelId)));
  }

  async fail(message: string): Promise<void> {
    (await this.#next()).reject(new Error(message));
  }

  dispose(): void {
    this.isDisposed = true;
  }

  async #next(): Promise<Call> {
    const call = this.#calls.shift();
    if (call !== undefined) return call;
    await new Promise<void>((resolve) => {
      const subscription = this.called.on(() => {
        subscription.dispose();
        resolve();
      });
    });
    return this.#next();
  }
}

/** What a `HeldTagger` says of a sentence. */
export function predictionFor(forms: readonly string[], modelId: string): SentencePrediction {
  const label = `${modelId}:${forms.join(' ').length}`;
  return {
    pos: { kind: 'token', tags: forms.map(() => ({ label, probability: 0.9, runnerUp: null })) },
  };
}
