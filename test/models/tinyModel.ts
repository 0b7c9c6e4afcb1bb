import { BiLmEmbedder } from '../../models/embedders/biLmEmbedder';
import { BiLm } from '../../models/nn/biLm';
import { elmoOptionsSchema } from '../../models/nn/elmoOptions';
import { drawn } from '../../models/nn/parameters';
import { Random } from '../../models/random';
import { Head } from '../../models/taggers/head';
import { type HeadOptions, headOptionsSchema } from '../../models/taggers/headOptions';
import type { LayerSpec } from '../../models/tags/layer';
import { Vocabulary } from '../../models/vocab/vocabulary';
import { biLmTerms, headTerms } from '../closeness';

/** A biLM of a few hundred weights, for tests that need a real one but no knowledge. */
export const tinyElmo = elmoOptionsSchema.parse({
  lstm: { use_skip_connections: true, projection_dim: 8, cell_clip: 3, proj_clip: 3, dim: 16, n_layers: 2 },
  char_cnn: {
    activation: 'relu',
    filters: [
      [1, 8],
      [3, 8],
    ],
    n_highway: 1,
    embedding: { dim: 4 },
    n_characters: 262,
    max_characters_per_token: 50,
  },
});

export function tinyEmbedder(seed = 5): BiLmEmbedder {
  return new BiLmEmbedder(new BiLm(tinyElmo, drawn(new Random(seed))));
}

export const posLayer: LayerSpec = {
  name: 'pos',
  kind: 'token',
  labels: ['DET', 'NOUN', 'VERB', 'PROPN', 'PUNCT'],
};
export const nerLayer: LayerSpec = { name: 'ner', kind: 'span', labels: ['LOC', 'PER'] };

const tinyOptions = { cells: 12, wordSize: 6, wordMinimum: 1, dropout: 0, wordDropout: 0 };

/** Terms of the sums from the characters of a word to its scores under a tiny head. */
export const tinyTerms =
  biLmTerms(tinyElmo) + headTerms(headOptionsSchema.parse(tinyOptions), 2 * tinyElmo.lstm.projection_dim);

export function tinyHead(layer: LayerSpec, embedder: BiLmEmbedder, changes: Partial<HeadOptions> = {}): Head {
  const options = headOptionsSchema.parse({ ...tinyOptions, ...changes });
  const vocabulary = Vocabulary.ofTexts(
    examples.map(({ forms }) => forms),
    1,
  );
  return new Head(layer, options, vocabulary, embedder, drawn(new Random(9)));
}

const line = (text: string): { forms: string[]; pos: string[]; ner: string[] } => {
  const parts = text.split(' ').map((word) => word.split('/'));
  const column = (k: number): string[] => parts.map((part) => part[k]);
  return { forms: column(0), pos: column(1), ner: column(2) };
};

/** Sentences of our own with a part of speech and an entity tag for each word. */
export const examples = [
  'Ada/PROPN/B-PER Lovelace/PROPN/I-PER wrote/VERB/O a/DET/O program/NOUN/O ./PUNCT/O',
  'The/DET/O ship/NOUN/O left/VERB/O Genoa/PROPN/B-LOC ./PUNCT/O',
  'Rome/PROPN/B-LOC won/VERB/O',
  'A/DET/O bird/NOUN/O sings/VERB/O ./PUNCT/O',
  'Charles/PROPN/B-PER met/VERB/O Ada/PROPN/B-PER Lovelace/PROPN/I-PER ./PUNCT/O',
  'The/DET/O program/NOUN/O reached/VERB/O New/PROPN/B-LOC York/PROPN/I-LOC ./PUNCT/O',
  'Birds/NOUN/O left/VERB/O the/DET/O ship/NOUN/O',
  'Sings/VERB/O Charles/PROPN/B-PER ?/PUNCT/O',
].map(line);
