import { roundToHalf } from '../data/halfFloat';
import type { TaggedExample } from '../data/taggedExample';
import type { Embedder } from '../embedders/embedder';
import type { TunedEmbedder } from '../embedders/tunedEmbedder';
import { drawn, type NamedArray, readWeights, writeWeights } from '../nn/parameters';
import { Random } from '../random';
import { createHead } from '../taggers/createHead';
import type { LayerHead } from '../taggers/layerHead';
import type { TaggerHead } from '../taggers/tagger';
import { Vocabulary } from '../vocab/vocabulary';
import { EmbeddedCorpus } from './embeddedCorpus';
import { FineTuner } from './fineTuner';
import { headScores, HeadTrainer, type LabelledCorpus, scoreHead } from './headTrainer';
import { heldOutLoss } from './layerLoss';
import { type LayerExamples, readLayerExamples } from './layerExamples';
import { OverfittingWatch, smallDataWarning } from './overfittingWatch';
import type { LayerConfig } from './trainConfig';
import type { TrainProgress } from './trainProgress';
import { tuneEmbedder } from './tuneEmbedder';
import { fitSpanTemperature } from './spanTemperature';
import { fitTemperature } from './temperature';

/** A trained head, and its score on dev. */
export interface TrainedLayer {
  readonly trained: TaggerHead;
  readonly dev: number;
}

async function* embed(
  layer: string,
  examples: readonly TaggedExample[],
  embedder: Embedder | TunedEmbedder,
): AsyncGenerator<TrainProgress, LabelledCorpus> {
  const steps = EmbeddedCorpus.of(
    examples.map(({ forms }) => forms),
    embedder,
  );
  for (;;) {
    const step = await steps.next();
    if (step.done) return { corpus: step.value, labels: examples.map(({ labels }) => labels) };
    yield { phase: 'embedding', layer, share: step.value };
  }
}

function warningOfSize(train: readonly TaggedExample[], tuned: TunedEmbedder): string | null {
  const items = train.reduce((sum, { labels }) => sum + labels.length, 0);
  const weights = tuned.variables().reduce((sum, [, { size }]) => sum + size, 0);
  return smallDataWarning({ sentences: train.length, items }, weights);
}

/** Trains epoch after epoch and leaves the weights that were best on dev. @returns the score on dev of these */
async function* trainEpochs(
  config: LayerConfig,
  trainer: HeadTrainer,
  { corpus, labels }: LabelledCorpus,
): AsyncGenerator<TrainProgress, number> {
  const { name } = config;
  const { head } = trainer;
  const watch = new OverfittingWatch(
    config.fineTune
      ? 'it begins to learn its examples by heart. The best epoch on dev is kept; to get further, freeze, tune fewer layers, lower the rate, or label more.'
      : 'it begins to learn its examples by heart. The best epoch on dev is kept; to get further, label more, or raise "dropout".',
  );
  let best: { dev: number; epoch: number; weights: Map<string, NamedArray> } | null = null;
  for (let epoch = 1; epoch <= config.epochs; epoch++) {
    let trainLoss = NaN;
    for await (const { share, loss } of trainer.epoch()) {
      trainLoss = loss;
      yield { phase: 'epoch', layer: name, epoch, share, loss };
    }
    const scores = await headScores(head, corpus);
    const dev = scoreHead(head, scores, labels);
    const devLoss = heldOutLoss(head, scores, labels);
    const isBest = !best || dev > best.dev;
    if (isBest) best = { dev, epoch, weights: await trainer.weights() };
    yield { phase: 'scored', layer: name, epoch, trainLoss, devLoss, dev, best: isBest };
    const warning = watch.see(trainLoss, devLoss);
    if (warning) yield { phase: 'warning', layer: name, message: warning };
    if (best && epoch - best.epoch >= config.patience) break;
  }
  if (best) trainer.restore(best.weights);
  return best?.dev ?? 0;
}

/** Sets weights to what a model directory will hold, so that scores are those of the model that is loaded from it. */
async function round(head: LayerHead, tuned: TunedEmbedder): Promise<void> {
  await tuned.round();
  const weights = await readWeights(head.variables());
  writeWeights(
    head.variables(),
    new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: roundToHalf(data) }])),
  );
}

async function* trainHead(
  config: LayerConfig,
  { train, dev }: LayerExamples,
  { head, tuned, embedder }: { head: LayerHead; tuned: TunedEmbedder | null; embedder: Embedder },
  random: Random,
): AsyncGenerator<TrainProgress, TrainedLayer> {
  const { name, fineTune } = config;
  const trainCorpus = yield* embed(name, train, tuned ?? embedder);
  const devCorpus = yield* embed(name, dev, tuned ?? embedder);
  const tuner = tuned && fineTune ? new FineTuner(tuned, fineTune) : null;
  const trainer = new HeadTrainer(head, trainCorpus, config, random, tuner);
  let best: number;
  try {
    best = yield* trainEpochs(config, trainer, devCorpus);
  } finally {
    trainer.dispose();
    tuner?.dispose();
  }
  if (tuned) await round(head, tuned);
  const scores = await headScores(head, devCorpus.corpus);
  const temperature = headTemperature(head, scores, devCorpus.labels);
  return {
    trained: { head, temperature, ...(tuned && { tuned }) },
    dev: tuned ? scoreHead(head, scores, devCorpus.labels) : best,
  };
}

/**
 * Trains the head of one layer, and what its configuration tunes of the embedder.
 * @returns the head, owned by the caller
 * @throws InputError where a file is missing or broken, or the embedder cannot be tuned so
 */
export async function* trainLayer(
  config: LayerConfig,
  embedder: Embedder,
  seed: number,
): AsyncGenerator<TrainProgress, TrainedLayer> {
  const { name } = config;
  const examples = await readLayerExamples(config);
  const { layer, train, dev } = examples;
  const heldOut = config.dev === undefined;
  yield { phase: 'read', layer: name, train: train.length, dev: dev.length, heldOut };
  const tuned = tuneEmbedder(embedder, config);
  const warning = tuned && warningOfSize(train, tuned);
  if (warning) yield { phase: 'warning', layer: name, message: warning };
  const vocabulary = Vocabulary.ofTexts(
    train.map(({ forms }) => forms),
    config.head.wordMinimum,
  );
  const random = new Random(seed);
  const head = createHead(layer, config.head, vocabulary, embedder, drawn(random));
  let isDone = false;
  try {
    const result = yield* trainHead(config, examples, { head, tuned, embedder }, random);
    isDone = true;
    return result;
  } finally {
    if (!isDone) {
      head.dispose();
      tuned?.dispose();
    }
  }
}

/**
 * The temperature of a trained head, fitted on examples that it was not trained on.
 * @param scores [R·K] of each example @param labels tags of the rows of each example
 */
function headTemperature(
  head: LayerHead,
  scores: readonly Float32Array[],
  labels: readonly (readonly string[])[],
): number {
  const { tagSet } = head;
  const crf = head.crfScores();
  if (crf) return fitSpanTemperature(tagSet, crf, scores, labels);
  // A tag that only these examples have says nothing of how sure the head may be.
  const known = labels.map((tags) => tags.every((tag) => tagSet.has(tag)));
  const isKnown = (_: unknown, index: number): boolean => known[index];
  const gold = labels.filter(isKnown).map((tags) => tagSet.indicesOf(tags));
  return fitTemperature(scores.filter(isKnown), gold, tagSet.size);
}
