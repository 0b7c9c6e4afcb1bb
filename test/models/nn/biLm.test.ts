import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { BiLmEmbedder } from '../../../models/embedders/biLmEmbedder';
import { BiLm } from '../../../models/nn/biLm';
import { type ElmoOptions, elmoOptionsSchema } from '../../../models/nn/elmoOptions';
import { drawn } from '../../../models/nn/parameters';
import { Random } from '../../../models/random';
import { assertClose, biLmTerms } from '../../closeness';
import { plainBiLm } from './plainBiLm';

function options(changes: { lstm?: object; char_cnn?: object } = {}): ElmoOptions {
  return elmoOptionsSchema.parse({
    lstm: {
      use_skip_connections: true,
      projection_dim: 6,
      cell_clip: 3,
      proj_clip: 3,
      dim: 10,
      n_layers: 2,
      ...changes.lstm,
    },
    char_cnn: {
      activation: 'relu',
      filters: [
        [1, 4],
        [3, 5],
        [7, 6],
      ],
      n_highway: 2,
      embedding: { dim: 4 },
      n_characters: 262,
      max_characters_per_token: 50,
      ...changes.char_cnn,
    },
  });
}

const cases: [string, ElmoOptions][] = [
  ['two layers, skip connections, clips', options()],
  ['without skip connections', options({ lstm: { use_skip_connections: false } })],
  ['without clips', options({ lstm: { cell_clip: null, proj_clip: 0 } })],
  ['clips that cut', options({ lstm: { cell_clip: 0.2, proj_clip: 0.1 } })],
  ['one highway layer, tanh', options({ char_cnn: { n_highway: 1, activation: 'tanh' } })],
  ['no highway layer, one biLM layer', options({ lstm: { n_layers: 1 }, char_cnn: { n_highway: 0 } })],
  ['three biLM layers', options({ lstm: { n_layers: 3 } })],
  ['1,024 cells, projection 128', options({ lstm: { dim: 1024, projection_dim: 128 } })],
];

// Words of every length: the character CNN cuts its work by length, and at 48 bytes the word itself is cut.
const sentences = [
  ['A', 'naïve', '🙂', 'test'],
  ['x'.repeat(60), 'y'.repeat(47), 'z'.repeat(43), 'Donaudampfschifffahrtsgesellschaft', '.'],
  ['One'],
];

/** Compares a batch's embeddings with the plain implementation. */
function assertAsPlain(biLm: BiLm): void {
  const embedder = new BiLmEmbedder(biLm);
  const layers = tf.tidy(() => embedder.embed(sentences).map((layer) => layer.arraySync()));
  const terms = biLmTerms(biLm.options);
  sentences.forEach((forms, b) =>
    plainBiLm(biLm, forms).forEach((rows, k) =>
      assertClose(
        rows.flatMap((_, t) => layers[k][t][b]),
        rows.flat(),
        { terms },
        `sentence ${b}, layer ${k}`,
      ),
    ),
  );
}

describe('biLM', () => {
  before(() => loadBackend('auto'));

  for (const [name, elmo] of cases)
    it(`${name}: a batch equals an implementation on plain arrays, sentence by sentence`, () => {
      const biLm = new BiLm(elmo, drawn(new Random(3)));
      assertAsPlain(biLm);
      biLm.dispose();
    });

  it('leaves no tensor behind', () => {
    const tensors = tf.memory().numTensors;
    const embedder = new BiLmEmbedder(new BiLm(options(), drawn(new Random(3))));
    for (let round = 0; round < 3; round++) tf.dispose(embedder.embed(sentences));
    embedder.dispose();
    assert.equal(tf.memory().numTensors, tensors);
  });
});
