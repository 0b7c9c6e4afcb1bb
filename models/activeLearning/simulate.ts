import type { TaggedExample } from '../data/taggedExample';
import type { Embedder } from '../embedders/embedder';
import { drawn } from '../nn/parameters';
import { Random } from '../random';
import { createHead } from '../taggers/createHead';
import type { LayerHead } from '../taggers/layerHead';
import type { LayerSpec, LayerKind } from '../tags/layer';
import { EmbeddedCorpus } from '../training/embeddedCorpus';
import { headScores, HeadTrainer, type LabelledCorpus, scoreHead } from '../training/headTrainer';
import { Vocabulary } from '../vocab/vocabulary';
import { rankSentences } from './rankSentences';
import { sentenceDoubt } from './sentenceDoubt';
import { type Strategy, worthOf } from './strategy';
import { type HeadOptions, headOptionsSchema } from '../taggers/headOptions';
import { type SentenceHeadOptions, sentenceHeadOptionsSchema } from '../taggers/sentenceHeadOptions';
import type { HeadTrainerOptions } from '../training/headTrainer';

/** What the loop of labelling and training is replayed on. */
export interface SimulationOptions {
  readonly strategies: readonly Strategy[];
  /** Sentences that are labelled at first, drawn at random: the same for all strategies of a seed. */
  readonly start: number;
  /** Sentences that are labelled between two trainings. */
  readonly step: number;
  /** Sentences that are labelled at the end. */
  readonly until: number;
  readonly seeds: readonly number[];
  /** As in `RankingOptions`; not for `random`. */
  readonly density: number;
  readonly diversity: number;
}

/** The score of a head that learnt from so many labels. */
export interface CurvePoint {
  readonly strategy: Strategy;
  readonly seed: number;
  readonly sentences: number;
  readonly tokens: number;
  /** F1 of a span layer, accuracy of a token layer, in [0, 1]. */
  readonly score: number;
}

export type SimulationProgress =
  { readonly phase: 'embedding'; readonly share: number } | ({ readonly phase: 'scored' } & CurvePoint);

/** Gold labels to learn from and to judge by. */
export interface GoldData {
  readonly layer: LayerSpec;
  readonly train: readonly TaggedExample[];
  readonly test: readonly TaggedExample[];
}

/**
 * Replays on gold data what a person does who labels sentence after sentence and retrains: a new head learns from
 * the labels so far, is scored, and the strategy chooses the next sentences among the rest. The embedder is frozen and
 * every sentence embedded once. The same options give the same curves on the same backend and machine.
 */
export async function* simulate(
  { layer, train, test }: GoldData,
  embedder: Embedder,
  options: SimulationOptions,
): AsyncGenerator<SimulationProgress, CurvePoint[]> {
  const pool = yield* embedded(train, embedder);
  const judged = yield* embedded(test, embedder);
  const points: CurvePoint[] = [];
  for (const seed of options.seeds)
    for (const strategy of options.strategies) {
      const loop = new LabellingLoop(layer, pool, judged, embedder, options, strategy, seed);
      for await (const point of loop.run()) {
        points.push(point);
        yield { phase: 'scored', ...point };
      }
    }
  return points;
}

async function* embedded(
  examples: readonly TaggedExample[],
  embedder: Embedder,
): AsyncGenerator<SimulationProgress, LabelledCorpus> {
  const steps = EmbeddedCorpus.of(
    examples.map(({ forms }) => forms),
    embedder,
  );
  for (;;) {
    const step = await steps.next();
    if (step.done) return { corpus: step.value, labels: examples.map(({ labels }) => labels) };
    yield { phase: 'embedding', share: step.value };
  }
}

/** One strategy with one seed, from the first labels to the last. */
class LabellingLoop {
  readonly #random: Random;
  /** Sentences of the pool that are not labelled. */
  #rest: number[];
  readonly #labelled: number[] = [];

  constructor(
    readonly layer: LayerSpec,
    readonly pool: LabelledCorpus,
    readonly judged: LabelledCorpus,
    readonly embedder: Embedder,
    readonly options: SimulationOptions,
    readonly strategy: Strategy,
    readonly seed: number,
  ) {
    this.#random = new Random(seed);
    this.#rest = this.#random.shuffle(pool.labels.map((_, index) => index));
  }

  async *run(): AsyncGenerator<CurvePoint> {
    const { start, step, until } = this.options;
    this.#label(this.#rest.slice(0, start));
    for (;;) {
      const head = await this.#train();
      try {
        const scores = await headScores(head, this.judged.corpus);
        const score = scoreHead(head, scores, this.judged.labels);
        const tokens = this.#labelled.reduce(
          (sum, index) => sum + this.pool.corpus.sentences[index].length,
          0,
        );
        yield { strategy: this.strategy, seed: this.seed, sentences: this.#labelled.length, tokens, score };
        const count = Math.min(step, until - this.#labelled.length);
        if (count <= 0 || this.#rest.length === 0) return;
        this.#label(await this.#choose(head, count));
      } finally {
        head.dispose();
      }
    }
  }

  #label(indices: readonly number[]): void {
    const chosen = new Set(indices);
    this.#labelled.push(...indices);
    this.#rest = this.#rest.filter((index) => !chosen.has(index));
  }

  async #train(): Promise<LayerHead> {
    const corpus = this.pool.corpus.subset(this.#labelled);
    const train = { corpus, labels: this.#labelled.map((index) => this.pool.labels[index]) };
    const { options, training } = simulationHead(this.layer.kind, corpus.sentences);
    const vocabulary = Vocabulary.ofTexts(corpus.sentences, 2);
    const random = new Random(this.seed);
    const head = createHead(this.layer, options, vocabulary, this.embedder, drawn(random));
    const trainer = new HeadTrainer(head, train, training, random);
    for (let epoch = 0; epoch < training.epochs; epoch++) for await (const part of trainer.epoch()) void part;
    trainer.dispose();
    return head;
  }

  async #choose(head: LayerHead, count: number): Promise<number[]> {
    if (this.strategy === 'random') return this.#rest.slice(0, count);
    const scores = await headScores(head, this.pool.corpus.subset(this.#rest));
    const crf = head.crfScores();
    const candidates = scores.map((own, i) => {
      const doubt = sentenceDoubt(own, head.tagSet, crf);
      const worth = worthOf(this.strategy, doubt, this.#random);
      return { worth, vector: this.pool.corpus.meanVector(this.#rest[i]) };
    });
    return rankSentences(candidates, { ...this.options, count }).map((i) => this.#rest[i]);
  }
}

const batchPlaces = 320;
/** Few labels are gone through more often, so that every head takes about so many steps at least. */
const leastSteps = 240;

/**
 * A head that trains in seconds, scores straight from the vectors with a CRF in span layers: what matters in a simulation is how strategies compare.
 * @param sentences what it will learn from
 */
function simulationHead(
  kind: LayerKind,
  sentences: readonly (readonly string[])[],
): { readonly options: HeadOptions | SentenceHeadOptions; readonly training: HeadTrainerOptions } {
  const options =
    kind === 'sentence'
      ? sentenceHeadOptionsSchema.parse({})
      : headOptionsSchema.parse({ layers: 0, wordSize: 0, characterFilters: [], dropout: 0.3 });
  const words = sentences.reduce((sum, forms) => sum + forms.length, 0);
  const epochs = Math.max(6, Math.ceil((leastSteps * batchPlaces) / Math.max(1, words)));
  return { options, training: { batchPlaces, learningRate: 1e-2, epochs: Math.min(60, epochs) } };
}
