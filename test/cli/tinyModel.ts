import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { loadBackend } from '../../models/backend';
import { BiLmEmbedder } from '../../models/embedders/biLmEmbedder';
import { BiLm } from '../../models/nn/biLm';
import { drawn } from '../../models/nn/parameters';
import { Random } from '../../models/random';
import { Head } from '../../models/taggers/head';
import { headOptionsSchema } from '../../models/taggers/headOptions';
import { writeModelDirectory } from '../../models/taggers/modelDirectory';
import type { LayerSpec } from '../../models/tags/layer';
import { Vocabulary } from '../../models/vocab/vocabulary';

const LAYERS: readonly LayerSpec[] = [
  { name: 'pos', kind: 'token', labels: ['NOUN', 'PROPN', 'PUNCT', 'VERB'] },
  { name: 'ner', kind: 'span', labels: ['LOC', 'PER'] },
];

/** Writes a whole model with random weights, a few kilobytes: what it says is nonsense, but always the same. */
export async function writeTinyModel(directory: string): Promise<void> {
  await loadBackend('auto');
  const source = drawn(new Random(1));
  const biLm = new BiLm(
    {
      lstm: {
        use_skip_connections: true,
        projection_dim: 4,
        cell_clip: 3,
        proj_clip: 3,
        dim: 8,
        n_layers: 2,
      },
      char_cnn: {
        activation: 'relu',
        filters: [[2, 8]],
        n_highway: 1,
        embedding: { dim: 4 },
        n_characters: 262,
        max_characters_per_token: 50,
      },
    },
    source,
  );
  const options = headOptionsSchema.parse({
    cells: 8,
    wordSize: 4,
    characterSize: 4,
    characterFilters: [[2, 8]],
  });
  const embedder = new BiLmEmbedder(biLm);
  const heads = LAYERS.map((layer) => ({
    head: new Head(layer, options, new Vocabulary(['the']), embedder, source),
    temperature: 1,
  }));
  await writeModelDirectory(directory, { language: 'en', embedder, heads, training: {} });
  embedder.dispose();
  for (const { head } of heads) head.dispose();
}

/** A new folder with such a model in it: the caller removes it. */
export async function makeTinyModelFolder(): Promise<{ folder: string; model: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glossator-'));
  const model = path.join(folder, 'model');
  await writeTinyModel(model);
  return { folder, model };
}
