import type { TaggedExample } from '../data/taggedExample';
import type { Embedder } from '../embedders/embedder';
import type { EmbedderOptions } from '../embedders/openEmbedder';
import { drawn, type NamedArray } from '../nn/parameters';
import { Random } from '../random';
import { createHead } from '../taggers/createHead';
import { writeModelDirectory } from '../taggers/modelDirectory';
import type { TaggerHead } from '../taggers/tagger';
import { Vocabulary } from '../vocab/vocabulary';
import { EmbeddedCorpus } from './embeddedCorpus';
import { headScores, HeadTrainer, type LabelledCorpus, scoreHead } from './headTrainer';
import { readLayerExamples } from './layerExamples';
import { fitTemperature } from './temperature';
import type { LayerConfig, TrainConfig } from './trainConfig';
import { openTrainingEmbedder } from './trainingEmbedder';

export type TrainProgress =
  | {
      readonly phase: 'read';
      readonly layer: string;
      /** Examples to learn from, and examples to judge by. */
      readonly train: number;
      readonly dev: number;
      /** True where those to judge by were held out of one file. */
      readonly heldOut: boolean;
    }
  | { readonly phase: 'embedding'; readonly layer: string; readonly share: number }
  | {
      readonly phase: 'epoch';
      readonly layer: string;
      readonly epoch: number;
      readonly share: number;
      readonly loss: number;
    }
  | {
      readonly phase: 'scored';
      readonly layer: string;
      readonly epoch: number;
      readonly dev: number;
      readonly best: boolean;
    }
  | { readonly phase: 'done'; readonly modelId: string; readonly dev: Readonly<Record<string, number>> };

async function* embed(
  layer: string,
  examples: readonly TaggedExample[],
  embedder: Embedder,
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

async function* trainLayer(
  config: LayerConfig,
  embedder: Embedder,
  seed: number,
): AsyncGenerator<TrainProgress, { trained: TaggerHead; dev: number }> {
  const { name, kind } = config;
  const { layer, train, dev } = await readLayerExamples(config);
  const heldOut = config.dev === undefined;
  yield { phase: 'read', layer: name, train: train.length, dev: dev.length, heldOut };
  const vocabulary = Vocabulary.ofTexts(
    train.map(({ forms }) => forms),
    config.head.wordMinimum,
  );
  const random = new Random(seed);
  const head = createHead(layer, config.head, vocabulary, embedder, drawn(random));
  const trainCorpus = yield* embed(name, train, embedder);
  const devCorpus = yield* embed(name, dev, embedder);
  const trainer = new HeadTrainer(head, trainCorpus, config, random);
  let best: { dev: number; epoch: number; weights: Map<string, NamedArray> } | null = null;
  try {
    for (let epoch = 1; epoch <= config.epochs; epoch++) {
      for await (const { share, loss } of trainer.epoch())
        yield { phase: 'epoch', layer: name, epoch, share, loss };
      const score = scoreHead(head, await headScores(head, devCorpus.corpus), devCorpus.labels);
      const isBest = !best || score > best.dev;
      if (isBest) best = { dev: score, epoch, weights: await trainer.weights() };
      yield { phase: 'scored', layer: name, epoch, dev: score, best: isBest };
      if (best && epoch - best.epoch >= config.patience) break;
    }
    if (best) trainer.restore(best.weights);
  } finally {
    trainer.dispose();
  }
  let temperature = 1;
  if (kind !== 'span') {
    // A tag that only dev has says nothing of how sure the head may be.
    const isKnown = (labels: readonly string[]): boolean => labels.every((label) => head.tagSet.has(label));
    const known = devCorpus.labels.map(isKnown);
    const gold = devCorpus.labels.filter(isKnown).map((labels) => head.tagSet.indicesOf(labels));
    const scores = (await headScores(head, devCorpus.corpus)).filter((_, index) => known[index]);
    temperature = fitTemperature(scores, gold, head.tagSet.size);
  }
  return { trained: { head, temperature }, dev: best?.dev ?? 0 };
}

/**
 * Trains one head for each layer on a frozen embedder and writes a model directory. The best weights on dev are kept.
 * The same configuration, data and seed give the same model on the same backend and machine.
 * @throws InputError where a file is missing or broken
 */
export async function* trainTagger(
  config: TrainConfig,
  out: string,
  options: EmbedderOptions = {},
): AsyncGenerator<TrainProgress> {
  const { embedder, kept } = await openTrainingEmbedder(config.biLm, config.embedder, options);
  const heads: TaggerHead[] = [];
  const dev: Record<string, number> = {};
  try {
    for (const layer of config.layers) {
      const result = yield* trainLayer(layer, embedder, config.seed);
      heads.push(result.trained);
      dev[layer.name] = result.dev;
    }
    const training = { seed: config.seed, dev };
    const modelId = await writeModelDirectory(out, {
      language: config.language,
      embedder: kept,
      heads,
      training,
    });
    yield { phase: 'done', modelId, dev };
  } finally {
    for (const { head } of heads) head.dispose();
    embedder.dispose();
  }
}
