import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { type MixWeights, spreadMix, storedMixWeights } from '../../models/nn/scalarMix';
import { openModelDirectory } from '../../models/taggers/modelDirectory';
import { mixSentence } from './mixSentence';
import { textTable } from '../terminal/textTable';

/** What `glossator model` says of one layer. */
export interface LayerFacts {
  readonly name: string;
  readonly kind: string;
  readonly labels: readonly string[];
  /** What scores are divided by before probabilities are taken. */
  readonly temperature: number;
  /** What the head takes of each layer of the embedder; null where it does not read it. */
  readonly mix: MixWeights | null;
  /** Names of the embedder's parts that were trained further for this layer. */
  readonly tuned: readonly string[];
}

export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a model directory says of itself, without loading the model. */
export interface ModelFacts {
  readonly modelId: string;
  readonly version: number;
  readonly language: string;
  /** One line. */
  readonly embedder: string;
  readonly layers: readonly LayerFacts[];
  readonly files: readonly FileFacts[];
  readonly training: Readonly<Record<string, unknown>>;
}

/** @throws InputError where the directory is no whole model */
export async function modelFacts(directory: string): Promise<ModelFacts> {
  const model = await openModelDirectory(directory);
  const { config, modelId } = model;
  const { embedder } = config;
  const embedderLayers = 'external' in embedder ? embedder.layers : embedder.options.lstm.n_layers + 1;
  const layers = config.heads.map(({ layer, options, temperature, weights, tuned }): LayerFacts => {
    const stored = storedMixWeights(model.weights(weights));
    const mix = stored && spreadMix(stored, options.embedderLayers, embedderLayers);
    return { ...layer, temperature, mix, tuned: tuned?.layers ?? [] };
  });
  const files: FileFacts[] = [];
  for (const [name, sha256] of Object.entries(config.checksums))
    files.push({ name, bytes: (await stat(path.join(directory, name))).size, sha256 });
  const { version, language, training } = config;
  return { modelId, version, language, embedder: embedderLine(embedder), layers, files, training };
}

type EmbedderConfig = Awaited<ReturnType<typeof openModelDirectory>>['config']['embedder'];

function embedderLine(embedder: EmbedderConfig): string {
  if ('external' in embedder)
    return `${embedder.name}, not in the folder (${embedder.layers} layers of ${embedder.size} numbers, id ${embedder.external})`;
  const { lstm, char_cnn: characters } = embedder.options;
  const filters = characters.filters.reduce((sum, [, count]) => sum + count, 0);
  const network = `${lstm.n_layers} layers of ${lstm.dim} cells, projection ${lstm.projection_dim}, ${filters} character filters`;
  return `ELMo biLM, ${network}${embedder.id === undefined ? '' : `, id ${embedder.id}`}`;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** The facts for people: some lines, then a table of the files. */
export function factsAsText(facts: ModelFacts): string {
  const size = facts.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const { mix: _shownByLayer, ...training } = facts.training;
  const lines: [string, string][] = [
    ['model', `${facts.modelId}, format ${facts.version}, ${megabytes(size)}`],
    ['language', facts.language],
    ['embedder', facts.embedder],
    ...facts.layers.map((layer): [string, string] => [layer.name, layerLine(layer)]),
    ...Object.entries(training).map(([name, value]): [string, string] => [
      `training ${name}`,
      inWords(value),
    ]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const rows = facts.files.map(({ name, bytes, sha256 }) => [name, megabytes(bytes), sha256]);
  const table = textTable([['file', 'size', 'SHA-256'], ...rows]);
  return `${lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n\n${table}`;
}

function layerLine({ kind, labels, temperature, mix, tuned }: LayerFacts): string {
  return [
    `${kind} layer, ${labels.length} labels: ${labels.join(' ')}`,
    `temperature ${temperature}`,
    mix ? mixSentence(mix) : 'reads no embedder',
    ...(tuned.length > 0 ? [`fine-tuned: ${tuned.join(', ')}`] : []),
  ].join('; ');
}

/** A value of the training record on one line: `pos 0.955, ner 0.685`. */
function inWords(value: unknown): string {
  if (typeof value === 'number')
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  return Object.entries(value)
    .map(([name, inner]) => {
      const text = inWords(inner);
      return typeof inner === 'object' && inner !== null ? `${name} (${text})` : `${name} ${text}`;
    })
    .join(', ');
}
