import * as path from 'node:path';
import * as z from 'zod';
import { readTextFile } from '../data/textFile';
import { InputError } from '../errors';
import { headOptionsSchema } from '../taggers/headOptions';

const layerSchema = z.strictObject({
  name: z.string().regex(/^[\w-]+$/, 'may hold letters, digits, _ and - only'),
  kind: z.enum(['token', 'span']),
  /** CoNLL-U or two-column files, relative to the configuration. */
  train: z.string(),
  dev: z.string(),
  head: headOptionsSchema.prefault({}),
  epochs: z.int().positive().default(10),
  /** Stop after so many epochs without a better score on dev. */
  patience: z.int().positive().default(3),
  /** Places of a batch, padding counted. */
  batchPlaces: z.int().positive().default(640),
  learningRate: z.number().positive().default(2e-3),
});

/** A training run: one head for each layer, all on the same frozen biLM. */
export const trainConfigSchema = z.strictObject({
  language: z.string().default('en'),
  seed: z.int().default(1),
  /** Folder of a biLM that `pretrain` made, or of a model whose biLM to use; relative to the configuration. */
  biLm: z.string(),
  layers: z.array(layerSchema).min(1),
});

export type TrainConfig = z.infer<typeof trainConfigSchema>;
export type LayerConfig = TrainConfig['layers'][number];

/**
 * Reads a configuration and makes its paths absolute.
 * @throws InputError where it is missing, no JSON, or has a wrong setting
 */
export async function readTrainConfig(file: string): Promise<TrainConfig> {
  const text = await readTextFile(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(`The configuration is not JSON: ${(error as Error).message}.`, { file });
  }
  const parsed = trainConfigSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue.path.join('.') || 'the top';
    throw new InputError(`The configuration is wrong at "${where}": ${issue.message}.`, { file });
  }
  const resolve = (name: string): string => path.resolve(path.dirname(file), name);
  const { data } = parsed;
  return {
    ...data,
    biLm: resolve(data.biLm),
    layers: data.layers.map((layer) => ({ ...layer, train: resolve(layer.train), dev: resolve(layer.dev) })),
  };
}
