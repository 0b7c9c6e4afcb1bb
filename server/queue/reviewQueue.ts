import { countedLayers } from '../../models/activeLearning/chooseLayer';
import type { SentenceContent } from '../../models/text/segmenter';
import { Event } from '../event';
import type { OpenText } from '../labels/openText';
import type { OpenLabels } from '../labels/openLabels';
import type { DidChangeReviewQueueParams, QueueItem, ReviewQueueState } from '../protocol/queue';
import type { SettingsStore } from '../settingsStore';
import { Slices } from '../slices';
import type { TaggingService } from '../tagging/taggingService';
import type { Explorations } from './explorations';
import { isDecided } from './isDecided';
import { queueItem } from './queueItem';
import { gatherUndecided, type UndecidedSentence } from './gatherUndecided';
import { rankQueue } from './rankQueue';
import type { WorkspaceSentences } from './workspaceSentences';
import { Random } from '../../models/random';

/** Items of the queue; with fewer than `FEW` left it is ranked anew. */
const ITEMS = 50;
const FEW = 10;
/** Milliseconds without a change of the texts after which they are looked at again. */
const CALM = 1000;
/** Milliseconds between two rankings while the model still looks at sentences. */
const PROGRESS = 1500;

export interface QueueParts {
  readonly sentences: WorkspaceSentences;
  readonly explorations: Explorations;
  readonly open: OpenLabels;
  readonly tagging: TaggingService;
  readonly settings: SettingsStore;
}

/** What a ranking is of. */
interface Ranked {
  readonly undecided: readonly UndecidedSentence[];
  readonly layers: readonly string[];
  /** Sentences that the model still has to look at. */
  readonly waiting: number;
}

/** The sentences of the workspace most worth labelling, once a client has asked for them. */
export class ReviewQueue {
  readonly changed = new Event<DidChangeReviewQueueParams>();
  readonly #parts: QueueParts;
  #state: ReviewQueueState = { items: [], sentences: 0, waiting: 0 };
  #layer: string | undefined;
  #isWanted = false;
  #run = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What the queue was made from: another model or strategy makes another queue. */
  #basis = '';
  /** Versions and numbers of labels of the open texts as they were looked at. */
  readonly #seen = new WeakMap<OpenText, { version: number; labels: number }>();

  constructor(parts: QueueParts) {
    this.#parts = parts;
    parts.open.changed.on((text) => this.#follow(text));
    parts.tagging.changed.on(() => this.#followBasis());
    parts.settings.changed.on(() => this.#followBasis());
  }

  /** The queue as it is; it is kept up to date from now on. @param layer only doubts in this one */
  want(layer: string | undefined): ReviewQueueState {
    if (this.#isWanted && layer === this.#layer) return this.#state;
    this.#isWanted = true;
    this.#layer = layer;
    void this.#refresh();
    return this.#state;
  }

  /** Texts of the workspace were changed by other programs. */
  schedule(): void {
    if (!this.#isWanted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), CALM);
  }

  #followBasis(): void {
    if (this.#isWanted && this.#basis !== this.#basisNow()) void this.#refresh();
  }

  #basisNow(): string {
    const { tagging, settings } = this.#parts;
    return JSON.stringify([tagging.model.modelId, settings.current.reviewQueue.strategy, this.#layer]);
  }

  /** Labels of a text changed, or the text: what was decided leaves at once, the rest is looked at in a moment. */
  #follow(text: OpenText): void {
    // Who labels moves on when the label is kept, not before.
    if (!this.#isWanted || text.isSaving) return;
    const before = this.#seen.get(text);
    const now = { version: text.document.version, labels: text.labels.length };
    this.#seen.set(text, now);
    if (before?.version === now.version) this.#drop(text);
    if (before?.version !== now.version || now.labels < before.labels) this.schedule();
    else if (this.#state.items.length < FEW && this.#state.sentences > this.#state.items.length)
      this.schedule();
  }

  #drop({ document, labels }: OpenText): void {
    const decided = this.#state.items.filter(
      ({ uri, layer, start, end, focus }) =>
        uri === document.uri && isDecided(labels, layer, { start, end }, focus),
    );
    if (decided.length === 0) return;
    const items = this.#state.items.filter((item) => !decided.includes(item));
    const sentences = this.#state.sentences - decided.length;
    this.#publish(
      { ...this.#state, items, sentences },
      decided.map(({ id }) => id),
    );
  }

  async #refresh(): Promise<void> {
    const run = ++this.#run;
    clearTimeout(this.#timer);
    try {
      await this.#look(run);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (run === this.#run) this.#publish({ ...this.#state, problem });
    }
  }

  /** Gathers all sentences, has the model look at those that it has not seen, and ranks them. */
  async #look(run: number): Promise<void> {
    this.#basis = this.#basisNow();
    const { explorations, sentences, tagging } = this.#parts;
    if (tagging.model.tagger === null) return; // there will be another basis when a model serves
    const isStale = (): boolean => run !== this.#run;
    const slices = new Slices();
    const layers = countedLayers(tagging.model.tagger.layers, this.#layer);
    const undecided = await gatherUndecided(sentences.gather(), layers, slices, isStale);
    if (undecided === undefined || isStale()) return;
    const rank = (waiting: number): Promise<void> =>
      this.#rank({ undecided, layers, waiting }, slices, isStale);
    explorations.keep(undecided.map(({ sentence }) => sentence.content));
    const unknown = this.#unknown(undecided);
    let next = performance.now() + PROGRESS;
    while (unknown.length > 0 && !isStale()) {
      const count = await explorations.lookAt(unknown);
      if (count === null) break;
      unknown.splice(0, count);
      if (performance.now() < next || isStale()) continue;
      await rank(unknown.length);
      next = performance.now() + PROGRESS;
    }
    if (!isStale()) await rank(unknown.length);
  }

  /** What the model has not looked at, in the order in which it should: what the queue shows first. */
  #unknown(undecided: readonly UndecidedSentence[]): SentenceContent[] {
    const shown = new Set(this.#state.items.map(({ uri, start }) => `${uri}#${start}`));
    const unknown = undecided.filter(({ sentence }) => !this.#parts.explorations.isKnown(sentence.content));
    const isShown = ({ sentence: { uri, start } }: UndecidedSentence): boolean =>
      shown.has(`${uri}#${start}`);
    const contentsOf = (some: readonly UndecidedSentence[]) => some.map(({ sentence }) => sentence.content);
    const rest = unknown.filter((one) => !isShown(one));
    return [...contentsOf(unknown.filter(isShown)), ...inMixedOrder(contentsOf(rest))];
  }

  /** Publishes the queue, unless that has become stale. */
  async #rank({ undecided, layers, waiting }: Ranked, slices: Slices, isStale: () => boolean): Promise<void> {
    const { explorations, settings, open } = this.#parts;
    const explored = undecided.flatMap((one) => {
      const exploration = explorations.get(one.sentence.content);
      return exploration === undefined ? [] : [{ ...one, exploration }];
    });
    const { strategy } = settings.current.reviewQueue;
    const ranked = await slices.run(rankQueue(explored, layers, strategy, 2 * ITEMS), isStale);
    if (ranked === undefined || isStale()) return;
    const items: QueueItem[] = [];
    for (const { sentence, labels, worth } of ranked) {
      const item = queueItem(sentence, worth, strategy);
      const given = open.get(item.uri)?.labels ?? labels;
      if (!isDecided(given, item.layer, sentence, item.focus)) items.push(item);
      if (items.length === ITEMS) break;
    }
    const { problem } = this.#parts.sentences;
    const state = { items, sentences: undecided.length, waiting };
    this.#publish(problem === undefined ? state : { ...state, problem });
  }

  #publish(state: ReviewQueueState, decided: readonly string[] = []): void {
    this.#state = state;
    this.changed.fire({ ...state, decided });
  }
}

/** Words that stay together. */
const GROUP_WORDS = 200;

/**
 * Sentences of about equal length beside one another, as the tagger takes them fastest, but short and long groups in a
 * mixed order: a queue made from the first of them is one of all kinds. The same sentences come in the same order.
 */
export function inMixedOrder<T extends { readonly forms: readonly string[] }>(sentences: readonly T[]): T[] {
  const groups: T[][] = [];
  let words = Infinity;
  for (const sentence of [...sentences].sort((a, b) => a.forms.length - b.forms.length)) {
    words += sentence.forms.length;
    if (words > GROUP_WORDS) {
      groups.push([]);
      words = sentence.forms.length;
    }
    groups[groups.length - 1].push(sentence);
  }
  return new Random(1).shuffle(groups).flat();
}
