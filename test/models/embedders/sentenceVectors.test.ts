import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { BiLmEmbedder } from '../../../models/embedders/biLmEmbedder';
import { openHdf5 } from '../../../models/embedders/hdf5';
import { loadPublishedElmo } from '../../../models/embedders/publishedElmo';
import {
  embedRunningText,
  embedSentences,
  type LayerChoice,
  type SentenceVectors,
} from '../../../models/embedders/sentenceVectors';
import { InputError } from '../../../models/errors';
import { Random } from '../../../models/random';
import { assertClose, biLmTerms } from '../../closeness';
import { shared, unlessShared } from '../../shared';
import { plainBiLm } from '../nn/plainBiLm';
import { tinyElmo, tinyEmbedder } from '../tinyModel';

type Embed = typeof embedRunningText;

async function* each(sentences: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  for (const sentence of sentences) yield await Promise.resolve(sentence);
}

async function all(
  embed: Embed,
  sentences: readonly (readonly string[])[],
  embedder: BiLmEmbedder,
  choice: LayerChoice = 'all',
): Promise<SentenceVectors[]> {
  const results: SentenceVectors[] = [];
  for await (const result of embed(each(sentences), embedder, choice)) results.push(result);
  return results;
}

const terms = biLmTerms(tinyElmo);

describe('vectors of sentences', () => {
  before(() => loadBackend('auto'));

  const words = ['Ada', 'wrote', 'letters', 'to', 'Rome', ',', 'naïve', '🙂', '.'];
  const sentences = [[words[0]], [], words.slice(0, 4), [], words, words.slice(2, 5)];

  it('are those of the independent implementation, each sentence on its own', async () => {
    const embedder = tinyEmbedder();
    const results = await all(embedSentences, sentences, embedder);
    assert.deepEqual(
      results.map(({ tokens }) => tokens),
      sentences,
    );
    for (const { tokens, layers, size } of results) {
      assert.equal(size, 16);
      assert.equal(layers.length, 3);
      assert.ok(layers.every(({ length }) => length === tokens.length * size));
      if (tokens.length > 0)
        plainBiLm(embedder.biLm, tokens).forEach((layer, k) =>
          assertClose(layers[k], layer.flat(), { terms }),
        );
    }
    embedder.dispose();
  });

  it('come in their order where there are more than a window of them', async () => {
    const embedder = tinyEmbedder();
    const random = new Random(11);
    const many = Array.from({ length: 900 }, () =>
      Array.from({ length: random.below(12) }, () => words[random.below(words.length)]),
    );
    const results = await all(embedSentences, many, embedder, 'top');
    assert.deepEqual(
      results.map(({ tokens }) => tokens),
      many,
    );
    for (const k of [0, 450, 899]) {
      const [alone] = await all(embedSentences, [many[k]], embedder, 'top');
      assertClose(results[k].layers[0], alone.layers[0], { terms });
    }
    embedder.dispose();
  });

  for (const [name, embed] of [
    ['on their own', embedSentences],
    ['in a running text', embedRunningText],
  ] as const)
    it(`${name}: the top layer is the last of all, the mix is the mean, and no tensor stays behind`, async () => {
      const embedder = tinyEmbedder();
      const tensors = tf.memory().numTensors;
      const every = await all(embed, sentences, embedder);
      const top = await all(embed, sentences, embedder, 'top');
      const mix = await all(embed, sentences, embedder, 'mix');
      every.forEach(({ layers }, k) => {
        assert.deepEqual(top[k].layers, layers.slice(-1));
        assert.equal(mix[k].layers.length, 1);
        const mean = Array.from(layers[0], (value, i) => (value + layers[1][i] + layers[2][i]) / 3);
        assertClose(mix[k].layers[0], mean, { terms: 3 });
      });
      assert.equal(tf.memory().numTensors, tensors);
      embedder.dispose();
    });

  it('in a running text depend on what came before, but not on empty sentences', async () => {
    const embedder = tinyEmbedder();
    const text = [words, words];
    const running = await all(embedRunningText, text, embedder, 'top');
    const [alone] = await all(embedSentences, text, embedder, 'top');
    assertClose(running[0].layers[0], alone.layers[0], { terms });
    assert.throws(() => assertClose(running[1].layers[0], alone.layers[0], { terms }), /expected/);
    const spaced = await all(embedRunningText, [[], words, [], [], words], embedder, 'top');
    assert.deepEqual([spaced[1], spaced[4]], running);
    embedder.dispose();
  });

  it('are refused where they are not finite', async () => {
    const embedder = tinyEmbedder();
    const [, variable] = embedder.biLm.variables()[0];
    tf.tidy(() => variable.assign(tf.fill(variable.shape, NaN)));
    await assert.rejects(all(embedSentences, sentences, embedder), InputError);
    embedder.dispose();
  });

  for (const stream of [0, 1])
    it(
      `of stream ${stream}, read as a running text, are what the original program gave for all its sentences`,
      { skip: unlessShared('elmo-fixture') },
      async () => {
        const fixture = path.join(shared, 'elmo-fixture');
        const file = (name: string): string => path.join(fixture, name);
        const embedder = new BiLmEmbedder(
          await loadPublishedElmo(file('options.json'), file('lm_weights.hdf5')),
        );
        const streams = JSON.parse(readFileSync(file('sentences.json'), 'utf8')) as string[][];
        const text = streams[stream].map((line) => line.split(' '));
        assert.equal(text.length, 10);
        const recorded = await openHdf5(file(`lm_embeddings_${stream}.hdf5`));
        const results = await all(embedRunningText, text, embedder, 'top');
        results.forEach(({ tokens, layers }, k) => {
          const expected = recorded.read(String(k)); // [2, T, P]
          const [, steps, p] = expected.shape;
          assert.equal(steps, tokens.length);
          const pairs = Array.from(
            layers[0],
            (_, at) =>
              expected.data[((Math.floor(at / p) % 2) * steps + Math.floor(at / (2 * p))) * p + (at % p)],
          ); // [T, 2, P]
          assertClose(layers[0], pairs, { terms: biLmTerms(embedder.biLm.options) }, `sentence ${k}`);
        });
        recorded.close();
        embedder.dispose();
      },
    );
});
