import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SentencePrediction, SentenceTagger } from '../../models/taggers/prediction';
import type { SentenceChange } from '../documents/sentenceIndex';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { TrackedSentence } from '../documents/trackedSentence';
import { Event } from '../event';
import { logError } from '../logError';
import { Slices } from '../slices';
import { BatchCost } from './batchCost';
import { ModelHandle } from './modelHandle';
import type { PredictionCache } from './predictionCache';
import { tagAhead } from './tagAhead';
import { TaggingQueue, type Batch, type Lane } from './taggingQueue';

/** Milliseconds that a batch should take: an edit waits at most that long for its turn. */
const BATCH_TARGET = 60;
/** Milliseconds after an edit in which the next one is likely, and batches are kept small for its sake. */
const TYPING = 1000;
/** An edit that brings in more sentences than this is a paste: only what is visible is urgent. */
const MOST_EDITED = 8;

/** Sentences that are looked up in the cache, or queued, in one go: about a millisecond. */
const TAKEN_AT_ONCE = 500;

/** How much was tagged, cached sentences not counted. */
export interface TaggingSpeed {
  readonly words: number;
  readonly milliseconds: number;
}

/** Keeps the sentences of all open documents tagged: what was edited first, then what is visible, then the rest. */
export class TaggingService {
  readonly model = new ModelHandle();
  /** A document has tags to publish for its present version. */
  readonly tagged = new Event<TrackedDocument>();
  /** The number of waiting sentences, or whether the tagger fails, may have changed. */
  readonly changed = new Event<void>();

  readonly #cache: PredictionCache;
  readonly #queue = new TaggingQueue<TrackedSentence>();
  readonly #cost = new BatchCost(BATCH_TARGET);
  /** Sentences queued or at the tagger; what is no longer in here when its tags come was edited away. */
  readonly #waiting = new Map<TrackedDocument, Map<TrackedSentence, Lane>>();
  #running = false;
  #lastEdit = -Infinity;
  #failure: string | undefined;
  #words = 0;
  #milliseconds = 0;

  constructor(cache: PredictionCache) {
    this.#cache = cache;
  }

  /** Sentences that wait, over all documents. */
  get pending(): number {
    let sum = 0;
    for (const sentences of this.#waiting.values()) sum += sentences.size;
    return sum;
  }

  /** One sentence for the user when the tagger has failed. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get speed(): TaggingSpeed {
    return { words: this.#words, milliseconds: this.#milliseconds };
  }

  /** Somebody edits a text: the next edit is likely to come soon, and must not wait for long. */
  get isTyping(): boolean {
    return performance.now() - this.#lastEdit < TYPING;
  }

  /** Sentences of `document` that wait. */
  pendingOf(document: TrackedDocument): number {
    return this.#waiting.get(document)?.size ?? 0;
  }

  /** Takes up a document, or what an edit changed in it. */
  update(document: TrackedDocument, { removed, added }: SentenceChange, isEdit: boolean): void {
    const waiting = this.#waitingOf(document);
    for (const sentence of removed) {
      waiting.delete(sentence);
      this.#queue.delete(sentence);
    }
    const visible = new Set(document.visibleSentences());
    const urgent = isEdit && added.length <= MOST_EDITED;
    if (urgent) this.#lastEdit = performance.now();
    this.#requestMany(document, added, (sentence) =>
      urgent ? 'edited' : visible.has(sentence) ? 'visible' : 'background',
    );
    this.#run();
  }

  close(document: TrackedDocument): void {
    for (const sentence of this.#waitingOf(document).keys()) this.#queue.delete(sentence);
    this.#waiting.delete(document);
    this.changed.fire();
  }

  /** The user sees another part of `document`: its sentences go first, those seen before go back. */
  reprioritize(document: TrackedDocument): void {
    const visible = new Set(document.visibleSentences());
    const waiting = this.#waitingOf(document);
    for (const [sentence, lane] of waiting) {
      const wanted = visible.has(sentence) ? 'visible' : 'background';
      if (lane === 'edited' || lane === wanted) continue;
      waiting.set(sentence, wanted);
      if (this.#queue.has(sentence)) this.#queue.add(sentence, wanted);
    }
  }

  /** Tags the whole document again, past the cache. */
  retag(document: TrackedDocument): void {
    const { modelId } = this.model;
    for (const sentence of document.sentences) {
      if (modelId !== null) this.#cache.delete(modelId, sentence.content);
    }
    this.#requestAll(document);
  }

  /** Has a tagger that is to take over tag the open texts beside the one that serves. */
  async prepare(tagger: SentenceTagger, documents: readonly TrackedDocument[]): Promise<void> {
    await tagAhead(tagger, documents, this.#cache, (shape) => this.#cost.allows(shape));
  }

  /** Serves with `tagger` from now on and tags every document with it; tags shown stay until new ones come. */
  useModel(tagger: SentenceTagger, documents: readonly TrackedDocument[]): void {
    this.#failure = undefined;
    this.model.swap(tagger);
    for (const document of documents) this.#requestAll(document);
    this.changed.fire();
  }

  /** A model is being loaded. */
  clearFailure(): void {
    this.#failure = undefined;
    this.changed.fire();
  }

  /** No model serves until the next `useModel`. */
  fail(message: string): void {
    this.#failure = message;
    this.model.swap(null);
    this.changed.fire();
  }

  #requestAll(document: TrackedDocument): void {
    const visible = new Set(document.visibleSentences());
    const waiting = this.#waitingOf(document);
    this.#requestMany(document, document.sentences, (sentence) => {
      const isEdited = waiting.get(sentence) === 'edited'; // whoever typed it waits for it still
      return isEdited ? 'edited' : visible.has(sentence) ? 'visible' : 'background';
    });
    this.#run();
  }

  /**
   * Has sentences tagged, and publishes what is known of them. Of a book all but those on screen are taken up while
   * other messages are answered.
   */
  #requestMany(
    document: TrackedDocument,
    sentences: readonly TrackedSentence[],
    laneOf: (sentence: TrackedSentence) => Lane,
  ): void {
    const waiting = this.#waitingOf(document);
    const others: TrackedSentence[] = [];
    for (const [i, sentence] of sentences.entries()) {
      const lane = laneOf(sentence);
      waiting.set(sentence, lane);
      if (i < TAKEN_AT_ONCE || lane !== 'background') this.#take(sentence, lane, waiting);
      else others.push(sentence);
    }
    if (others.length === 0) this.publish(document);
    else this.#takeLater(document, others).catch(logError);
  }

  /** Gives a sentence its tags from the cache, or queues it; true in the first case. */
  #take(sentence: TrackedSentence, lane: Lane, waiting: Map<TrackedSentence, Lane>): boolean {
    const { modelId } = this.model;
    const known = modelId === null ? undefined : this.#cache.get(modelId, sentence.content);
    if (known === undefined) {
      this.#queue.add(sentence, lane);
      return false;
    }
    sentence.prediction = known;
    this.#queue.delete(sentence);
    waiting.delete(sentence);
    return true;
  }

  async #takeLater(document: TrackedDocument, sentences: readonly TrackedSentence[]): Promise<void> {
    const slices = new Slices();
    let isAnyKnown = false;
    for (let from = 0; from < sentences.length; from += TAKEN_AT_ONCE) {
      await slices.breathe();
      const waiting = this.#waiting.get(document);
      if (waiting === undefined) return; // closed
      if (from === 0) this.publish(document); // those on screen
      for (const sentence of sentences.slice(from, from + TAKEN_AT_ONCE)) {
        const lane = waiting.get(sentence);
        if (lane !== undefined && this.#take(sentence, lane, waiting)) isAnyKnown = true;
      }
      this.#run();
    }
    if (isAnyKnown) this.publish(document);
  }

  #waitingOf(document: TrackedDocument): Map<TrackedSentence, Lane> {
    const waiting = this.#waiting.get(document) ?? new Map<TrackedSentence, Lane>();
    this.#waiting.set(document, waiting);
    return waiting;
  }

  #run(): void {
    this.changed.fire();
    if (this.#running) return;
    this.#running = true;
    void this.#drain();
  }

  /** Only one batch is at the tagger at a time, so that the most urgent sentence is always next. */
  async #drain(): Promise<void> {
    while (this.#running) {
      // Edits and cancellations that have arrived meanwhile come before the next batch.
      await nextTurn();
      const lease = this.model.lease();
      try {
        const batch = lease && this.#queue.take((shape) => this.#cost.allows(shape, this.isTyping));
        if (lease && batch) await this.#tag(lease.tagger, batch);
        else this.#running = false;
      } catch (error) {
        logError(error); // it costs this batch; those after it are tagged all the same
      } finally {
        lease?.release();
      }
    }
  }

  async #tag(tagger: SentenceTagger, { items }: Batch<TrackedSentence>): Promise<void> {
    const start = performance.now();
    let predictions: SentencePrediction[];
    try {
      predictions = await tagger.tag(items.map((sentence) => sentence.forms));
      if (predictions.length !== items.length)
        throw new Error(`The tagger answered for ${predictions.length} of ${items.length} sentences.`);
    } catch (error) {
      if (this.model.tagger === tagger) this.fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#measure(items, performance.now() - start);
    items.forEach(({ content }, i) => this.#cache.set(tagger.modelId, content, predictions[i]));
    // Tags of a model that no longer serves are kept in the cache and shown to nobody.
    if (this.model.modelId === tagger.modelId) this.#apply(items, predictions);
    this.changed.fire();
  }

  #apply(items: readonly TrackedSentence[], predictions: readonly SentencePrediction[]): void {
    for (const [document, waiting] of this.#waiting) {
      let touched = false;
      items.forEach((sentence, i) => {
        if (!waiting.delete(sentence)) return;
        sentence.prediction = predictions[i];
        touched = true;
      });
      if (touched) this.publish(document);
    }
  }

  #measure(items: readonly TrackedSentence[], milliseconds: number): void {
    const lengths = items.map(({ forms }) => forms.length);
    const longest = Math.max(...lengths);
    this.#words += lengths.reduce((sum, length) => sum + length, 0);
    this.#milliseconds += milliseconds;
    this.#cost.observe({ longest, places: longest * items.length }, milliseconds);
  }

  /**
   * Says that there are tags to publish. Nothing is published while an edited sentence still waits: its old tags stay on screen, moved by
   * the editor, until the new ones replace them at once.
   */
  publish(document: TrackedDocument): void {
    if (!document.isSegmented) return; // there will be an update for the present text
    if (this.model.modelId === null && document.untagged === undefined) return;
    for (const lane of this.#waitingOf(document).values()) if (lane === 'edited') return;
    this.tagged.fire(document);
  }
}
