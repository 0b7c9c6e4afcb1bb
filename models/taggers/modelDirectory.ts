import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { parseJson } from '../data/parseJson';
import { requireFinite } from '../data/finiteNumbers';
import { readRegularFile } from '../data/regularFile';
import { decodeSafetensors, encodeSafetensors } from '../data/safetensors';
import { configLimit, weightsLimit } from '../data/sizeLimits';
import type { BiLmEmbedder } from '../embedders/biLmEmbedder';
import { InputError } from '../errors';
import { type NamedArray, readWeights } from '../nn/parameters';
import type { TaggerHead } from './tagger';
import { type ExternalEmbedder, formatVersion, type ModelConfig, modelConfigSchema } from './modelConfig';

const embedderFile = 'embedder.safetensors';
/** What is advised where a model directory is no good. */
export const modelRemedy = 'Name a folder that `glossator train` made, or make it again.';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A model directory that was opened and found whole. */
export interface ModelDirectory {
  readonly config: ModelConfig;
  readonly modelId: string;
  /** Weights of one of its files. @throws InputError where they are damaged, or some are NaN or infinite */
  weights(name: string): Map<string, NamedArray>;
  /** Lines of one of its files. */
  lines(name: string): string[];
}

function parseConfig(text: string, file: string): ModelConfig {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    throw new InputError('The model’s configuration is not JSON.', { file }, modelRemedy);
  }
  const version = (json as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > formatVersion)
    throw new InputError(
      `The model has format ${version}; this version of Glossator reads up to ${formatVersion}.`,
      { file },
      'Update Glossator.',
    );
  const parsed = modelConfigSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.join('.') || 'the whole';
  throw new InputError(
    `The model’s configuration is wrong at "${where}": ${issue.message}.`,
    { file },
    modelRemedy,
  );
}

async function readConfig(directory: string): Promise<string> {
  const file = path.join(directory, 'config.json');
  const bytes = await readRegularFile(file, configLimit).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    throw new InputError(
      'This is not a model directory: it has no config.json.',
      { file: directory },
      modelRemedy,
    );
  });
  return bytes.toString('utf8');
}

const idOf = (config: string): string => sha256(config).slice(0, 12);

/** The id of the model in a directory, whether it is whole or not. @throws InputError where there is none */
export async function modelIdOf(directory: string): Promise<string> {
  return idOf(await readConfig(directory));
}

/**
 * Opens a model directory and checks every file against its checksum.
 * @throws InputError where it is no model directory, of a newer format, incomplete or damaged
 */
export async function openModelDirectory(directory: string): Promise<ModelDirectory> {
  const file = path.join(directory, 'config.json');
  const text = await readConfig(directory);
  const config = parseConfig(text, file);
  const contents = new Map<string, Buffer>();
  for (const [name, checksum] of Object.entries(config.checksums)) {
    const part = path.join(directory, path.basename(name));
    const bytes = await readRegularFile(part, weightsLimit).catch((error: unknown) => {
      if (error instanceof InputError) throw error;
      throw new InputError('A file of the model is missing.', { file: part }, modelRemedy);
    });
    if (sha256(bytes) !== checksum)
      throw new InputError(
        'The file is damaged: its checksum is not the one in config.json.',
        { file: part },
        modelRemedy,
      );
    contents.set(name, bytes);
  }
  const bytesOf = (name: string): Buffer => {
    const bytes = contents.get(name);
    if (!bytes)
      throw new InputError(`The model’s configuration has no checksum of "${name}".`, { file }, modelRemedy);
    return bytes;
  };
  return {
    config,
    modelId: idOf(text),
    weights: (name) => {
      const part = path.join(directory, path.basename(name));
      const weights = decodeSafetensors(bytesOf(name), part);
      for (const [weight, { data }] of weights) requireFinite(weight, data, part);
      return weights;
    },
    lines: (name) => bytesOf(name).toString('utf8').split('\n').filter(Boolean),
  };
}

type HeadConfig = ModelConfig['heads'][number];

/** What a model directory is written from; nothing of it is taken over. */
export interface ModelParts {
  readonly language: string;
  /** A biLM is written into the directory; of any other embedder only the description is. */
  readonly embedder: BiLmEmbedder | ExternalEmbedder;
  readonly heads: readonly TaggerHead[];
  readonly training: Record<string, unknown>;
}

/**
 * Writes a model directory with weights in float16, `config.json` last, so that a directory with one is whole.
 * @returns the model's id
 */
export async function writeModelDirectory(directory: string, parts: ModelParts): Promise<string> {
  await mkdir(directory, { recursive: true });
  const checksums: Record<string, string> = {};
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    checksums[name] = sha256(bytes);
    await writeFileAtomically(path.join(directory, name), bytes);
    return name;
  };
  const writeEmbedder = async (embedder: ModelParts['embedder']): Promise<ModelConfig['embedder']> => {
    if ('external' in embedder) return embedder;
    const { biLm, id } = embedder;
    const weights = encodeSafetensors(await readWeights(biLm.variables()), 'F16');
    return { options: biLm.options, weights: await write(embedderFile, weights), id };
  };
  const embedder = await writeEmbedder(parts.embedder);
  const writeTuned = async (layer: string, { tuned }: TaggerHead): Promise<Pick<HeadConfig, 'tuned'>> => {
    if (!tuned) return {};
    const weights = await write(`${layer}.tuned.safetensors`, encodeSafetensors(await tuned.deltas(), 'F16'));
    return { tuned: { layers: tuned.parts.map(({ name }) => name), weights } };
  };
  const heads: HeadConfig[] = [];
  for (const part of parts.heads) {
    const { head, temperature } = part;
    const { name, kind, labels } = head.layer;
    heads.push({
      layer: { name, kind, labels: [...labels] },
      options: head.options,
      temperature,
      weights: await write(
        `${name}.safetensors`,
        encodeSafetensors(await readWeights(head.variables()), 'F16'),
      ),
      vocabulary: await write(`${name}.words.txt`, Buffer.from(`${head.vocabulary.words.join('\n')}\n`)),
      ...(await writeTuned(name, part)),
    });
  }
  const config: ModelConfig = {
    format: 'glossator-model',
    version: formatVersion,
    language: parts.language,
    embedder,
    heads,
    checksums,
    training: parts.training,
  };
  const text = `${JSON.stringify(config, null, 2)}\n`;
  await writeFileAtomically(path.join(directory, 'config.json'), text);
  return idOf(text);
}
