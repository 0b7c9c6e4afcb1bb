import * as z from 'zod';
import { elmoOptionsSchema } from '../nn/elmoOptions';
import { isLayerName } from '../tags/layer';
import { headOptionsSchema } from './headOptions';
import { sentenceHeadOptionsSchema } from './sentenceHeadOptions';

/** The newest format of a model directory that this version reads and writes. */
export const formatVersion = 1;

/** Beyond these a small file would ask for gigabytes: transitions grow with the square of the labels. */
const [MOST_LABELS, MOST_HEADS] = [2000, 50];

const headSchema = z.object({
  layer: z.object({
    name: z
      .string()
      .min(1)
      .refine(isLayerName, 'is taken by JavaScript')
      .refine((name) => !/[\\/:\0]/.test(name), 'cannot be the name of a file'), // whoever retrains it writes one
    kind: z.enum(['token', 'span', 'sentence']),
    labels: z.array(z.string().min(1)).min(1).max(MOST_LABELS),
  }),
  options: z.union([headOptionsSchema, sentenceHeadOptionsSchema]),
  temperature: z.number().positive(),
  weights: z.string(),
  vocabulary: z.string(),
  /** Parts of the biLM that were trained further for this head, as a difference to the embedder in float16. */
  tuned: z.object({ layers: z.array(z.string()).min(1), weights: z.string() }).optional(),
});

/** A biLM that the directory holds itself. Directories made before embedders had ids lack it. */
const ownEmbedderSchema = z.object({
  options: elmoOptionsSchema,
  weights: z.string(),
  id: z.string().optional(),
});

/** An embedder that lies elsewhere: whoever loads the model names it, and it must have this id. */
const externalEmbedderSchema = z.object({
  external: z.string().min(1),
  /** What it was called when the heads were trained, for people. */
  name: z.string(),
  layers: z.int().positive(),
  size: z.int().positive(),
});

export type ExternalEmbedder = z.infer<typeof externalEmbedderSchema>;

/** `config.json` of a model directory. Its hash is the model's id, because it holds the hashes of all other files. */
export const modelConfigSchema = z.object({
  format: z.literal('glossator-model'),
  version: z.int().positive(),
  language: z.string(),
  embedder: z.union([ownEmbedderSchema, externalEmbedderSchema]),
  heads: z.array(headSchema).min(1).max(MOST_HEADS),
  /** SHA-256 of every other file, by name. */
  checksums: z.record(z.string(), z.string()),
  /** How the model came to be, for people: data, seed, scores. */
  training: z.record(z.string(), z.unknown()).default({}),
});

export type ModelConfig = z.infer<typeof modelConfigSchema>;
