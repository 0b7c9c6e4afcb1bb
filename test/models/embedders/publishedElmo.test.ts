import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { openHdf5 } from '../../../models/embedders/hdf5';
import { loadPublishedElmo } from '../../../models/embedders/publishedElmo';
import { InputError } from '../../../models/errors';
import { type BiLm, wordBatch } from '../../../models/nn/biLm';
import { lookup } from '../../../models/nn/gather';
import { assertClose, biLmTerms } from '../../closeness';
import { shared, unlessShared } from '../../shared';

const fixture = path.join(shared, 'elmo-fixture');

/** The top layer of one sentence, [T, 2P] flat. */
function topLayer(biLm: BiLm, forms: string[]): Float32Array {
  const words = wordBatch([forms], biLm.options.char_cnn.max_characters_per_token);
  const top = tf.tidy(() => {
    const embedded = lookup(biLm.encoder.call(words.words), words.places); // [T, P]
    const x = tf.reshape<tf.Rank.R3>(embedded, [words.steps, 1, biLm.projection]); // [T, 1, P]
    const { layers } = biLm.representations(x, words.lengths);
    return layers[layers.length - 1]; // [T-2, 1, 2P]
  });
  const values = top.dataSync<'float32'>();
  top.dispose();
  return values;
}

describe('published ELMo weights', { skip: unlessShared('elmo-fixture') }, () => {
  before(() => loadBackend('auto'));

  for (const stream of [0, 1])
    it(`sentence 0 of stream ${stream} has the vectors that the original program gave`, async () => {
      const biLm = await loadPublishedElmo(
        path.join(fixture, 'options.json'),
        path.join(fixture, 'lm_weights.hdf5'),
      );
      const streams = JSON.parse(readFileSync(path.join(fixture, 'sentences.json'), 'utf8')) as string[][];
      const forms = streams[stream][0].split(' ');
      const recorded = await openHdf5(path.join(fixture, `lm_embeddings_${stream}.hdf5`));
      const expected = recorded.read('0'); // [2, T, P]
      recorded.close();
      const [, tokens, size] = expected.shape;
      assert.equal(tokens, forms.length);
      const top = topLayer(biLm, forms); // [T, 2, P]
      const turned = top.map((_, k) => {
        const [token, direction, unit] = [Math.floor(k / (2 * size)), Math.floor(k / size) % 2, k % size];
        return expected.data[(direction * tokens + token) * size + unit];
      });
      assertClose(top, turned, { terms: biLmTerms(biLm.options) });
      biLm.dispose();
    });

  it('says what is wrong with other files', async () => {
    const options = path.join(fixture, 'options.json');
    const weights = path.join(fixture, 'lm_weights.hdf5');
    const embeddings = path.join(fixture, 'lm_embeddings_0.hdf5');
    const table: [string, string, RegExp][] = [
      [weights, weights, /binary/],
      [options, options, /not HDF5/],
      [options, `${weights}.old`, /no such file/],
      [options, embeddings, /dataset "char_embed" is missing/],
    ];
    for (const [optionsFile, weightsFile, message] of table)
      await assert.rejects(loadPublishedElmo(optionsFile, weightsFile), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.format(), message);
        return true;
      });
  });
});
