import * as path from 'node:path';
import * as z from 'zod';
import { readTextFile } from '../data/textFile';
import { resolveSource } from '../embedders/embedderSource';
import { InputError } from '../errors';
import { pretrainedModel } from '../packageRoot';
import { headOptionsSchema } from '../taggers/headOptions';
import { sentenceHeadOptionsSchema } from '../taggers/sentenceHeadOptions';
import { fineTuneSchema } from './fineTuneConfig';

/** What every layer may set; defaults that differ by kind stand below. */
const commonSettings = {
  name: z.string().regex(/^[\w-]+$/, 'may hold letters, digits, _ and - only'),
  /** Examples, relative to the configuration: CoNLL-U or two columns; for sentence layers TSV or JSON Lines. */
  train: z.string(),
  /** Examples that training is judged by; without them a part of `train` is held out. */
  dev: z.string().optional(),
  /** Share of `train` to hold out where there is no `dev`. */
  heldOut: z.number().min(0.01).max(0.9).default(0.2),
  /** Train parts of the biLM further, for this layer alone; without it the biLM is frozen. */
  fineTune: fineTuneSchema.optional(),
};

const wordLayerSchema = z.strictObject({
  ...commonSettings,
  kind: z.enum(['token', 'span']),
  head: headOptionsSchema.prefault({}),
  epochs: z.int().positive().default(10),
  /** Stop after so many epochs without a better score on dev. */
  patience: z.int().positive().default(3),
  /** Places of a batch, padding counted. */
  batchPlaces: z.int().positive().default(640),
  learningRate: z.number().positive().default(2e-3),
});

/** As above, with defaults for hundreds of texts rather than tens of thousands of words. */
const sentenceLayerSchema = z.strictObject({
  ...commonSettings,
  kind: z.literal('sentence'),
  head: sentenceHeadOptionsSchema.prefault({}),
  epochs: z.int().positive().default(30),
  patience: z.int().positive().default(10),
  batchPlaces: z.int().positive().default(320),
  learningRate: z.number().positive().default(1e-2),
});

const layerSchema = z.discriminatedUnion('kind', [wordLayerSchema, sentenceLayerSchema]);

/** A training run: one head for each layer, all on the same frozen biLM. */
export const trainConfigSchema = z.strictObject({
  language: z.string().default('en'),
  seed: z.int().default(1),
  /**
   * An embedder in any form that `openEmbedder` takes, relative to the configuration; without it the one that
   * whoever reads the configuration names.
   */
  biLm: z.string().optional(),
  /** Whether the model gets a copy of the embedder or refers to it; by default this depends on its size. */
  embedder: z.enum(['inside', 'external']).optional(),
  layers: z.array(layerSchema).min(1),
});

export type TrainConfig = z.infer<typeof trainConfigSchema> & { readonly biLm: string };
export type LayerConfig = TrainConfig['layers'][number];

/** A training run as people write it: what has a default may be left out. */
export type TrainSettings = z.input<typeof trainConfigSchema>;

export interface TrainConfigPlace {
  /** The folder that relative paths are meant from; by default the working directory. */
  readonly folder?: string;
  /** What to build on where the settings name no `biLm`; by default the embedded model. */
  readonly biLm?: string;
  /** The file that the settings stand in, for errors. */
  readonly file?: string;
}

/**
 * Checks settings, fills in defaults, and makes paths absolute.
 * @throws InputError where a setting is wrong
 */
export function trainConfig(settings: TrainSettings, place: TrainConfigPlace = {}): TrainConfig {
  const { folder = process.cwd(), biLm = pretrainedModel(), file } = place;
  const parsed = trainConfigSchema.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue.path.join('.') || 'the top';
    throw new InputError(`The configuration is wrong at "${where}": ${issue.message}.`, { file });
  }
  const { data } = parsed;
  return {
    ...data,
    biLm: data.biLm === undefined ? biLm : resolveSource(data.biLm, path.resolve(folder)),
    layers: data.layers.map((layer) => ({
      ...layer,
      train: path.resolve(folder, layer.train),
      dev: layer.dev === undefined ? undefined : path.resolve(folder, layer.dev),
    })),
  };
}

/**
 * Reads a configuration; paths in it are relative to it.
 * @param biLm what to build on where it names none
 * @throws InputError where it is missing, no JSON, or has a wrong setting
 */
export async function readTrainConfig(file: string, biLm = pretrainedModel()): Promise<TrainConfig> {
  const text = await readTextFile(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(`The configuration is not JSON: ${(error as Error).message}.`, { file });
  }
  return trainConfig(json as TrainSettings, { folder: path.dirname(file), biLm, file });
}
