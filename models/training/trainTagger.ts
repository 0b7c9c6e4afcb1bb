import type { TaggedExample } from '../data/taggedExample';
import type { Embedder } from '../embedders/embedder';
import type { EmbedderOptions } from '../embedders/openEmbedder';
import { drawn, type NamedArray } from '../nn/parameters';
import { Random } from '../random';
import { createHead } from '../taggers/createHead';
import { writeModelDirectory } from '../taggers/modelDirectory';
import type { TaggerHead } from '../taggers/tagger';
import { Vocabulary } from '../vocab/vocabulary';
import { biLmRecord } from './biLmRecord';
import { EmbeddedCorpus } from './embeddedCorpus';
import { headTemperature } from './headTemperature';
import { headScores, HeadTrainer, type LabelledCorpus, scoreHead } from './headTrainer';
import { readLayerExamples } from './layerExamples';
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
  const { name } = config;
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
  const temperature = headTemperature(head, await headScores(head, devCorpus.corpus), devCorpus.labels);
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
    const biLm = await biLmRecord(config.biLm);
    const training = { seed: config.seed, dev, ...(biLm ? { biLm } : {}) };
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
