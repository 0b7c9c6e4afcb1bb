import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { Random } from '../../../models/random';
import { Tagger } from '../../../models/taggers/tagger';
import { examples, nerLayer, posLayer, tinyEmbedder, tinyHead } from '../tinyModel';
import { withoutTemperature } from '../../../models/evaluation/evaluateAll';

const sentences = examples.map(({ forms }) => forms).slice(0, 3);

before(() => loadBackend('auto'));

describe('the layers that a head mixes', () => {
  /** Which layers of the embedder change the scores of a head. */
  function layersRead(embedderLayers?: number[]): number[] {
    const embedder = tinyEmbedder();
    const head = tinyHead(posLayer, embedder, { embedderLayers });
    const batch = head.batch(sentences);
    const read = tf.tidy(() => {
      const embedded = embedder.embed(sentences); // 3 times [T, B, D]
      const scores = (layers: tf.Tensor3D[]): number[] => [...head.call(layers, batch).dataSync()];
      const before = scores(embedded);
      return embedded.flatMap((layer, k) => {
        const changed = embedded.map((own, j) => (j === k ? tf.mul<tf.Tensor3D>(layer, 2) : own)); // [T, B, D]
        return scores(changed).some((score, at) => score !== before[at]) ? [k] : [];
      });
    });
    head.dispose();
    embedder.dispose();
    return read;
  }

  it('are all by default', () => assert.deepEqual(layersRead(), [0, 1, 2]));
  it('are the ones that are named', () => {
    assert.deepEqual(layersRead([0]), [0]);
    assert.deepEqual(layersRead([2, 1]), [1, 2]);
  });

  it('learn, one alone, too', () => {
    const embedder = tinyEmbedder();
    for (const embedderLayers of [[0], [1, 2]]) {
      const head = tinyHead(posLayer, embedder, { embedderLayers });
      const batch = head.batch(sentences);
      const gradients = tf.tidy(() => {
        const embedded = embedder.embed(sentences); // 3 times [T, B, D]
        const { grads } = tf.variableGrads(() => tf.sum(tf.square(head.call(embedded, batch))));
        return Object.values(grads).map((gradient) => tf.sum(tf.abs(gradient)).dataSync()[0]);
      });
      assert.equal(gradients.length, head.variables().length);
      // Only the shares of a single layer have nothing to learn: softmax makes them 1.
      assert.equal(gradients.filter((size) => size === 0).length, embedderLayers.length === 1 ? 1 : 0);
      head.dispose();
    }
    embedder.dispose();
  });

  it('must be there', () => {
    const embedder = tinyEmbedder();
    assert.throws(() => tinyHead(posLayer, embedder, { embedderLayers: [0, 3] }), /no layer 3\./);
    embedder.dispose();
  });
});

describe('the temperature of a span layer', () => {
  it('changes probabilities, not spans, and without it they are as before', async () => {
    const embedder = tinyEmbedder();
    const head = tinyHead(nerLayer, embedder);
    const random = new Random(2);
    for (const [, variable] of head.variables()) {
      const values = Float32Array.from({ length: variable.size }, () => random.normal());
      const sharper = tf.tensor(values, variable.shape); // the variable's own shape
      variable.assign(sharper);
      sharper.dispose();
    }
    const [plain, warm] = [1, 2].map((temperature) => new Tagger('tiny', embedder, [{ head, temperature }]));
    const spansOf = async (tagger: Tagger): Promise<[string, number][]> =>
      (await tagger.tag(sentences)).flatMap(({ ner }) =>
        ner.kind === 'span'
          ? ner.spans.map(({ start, end, label, probability }): [string, number] => [
              `${start} ${end} ${label}`,
              probability,
            ])
          : [],
      );
    const [before, after] = [await spansOf(plain), await spansOf(warm)];
    assert.ok(before.length > 0);
    assert.deepEqual(
      after.map(([span]) => span),
      before.map(([span]) => span),
    );
    assert.ok(after.some(([, probability], k) => probability !== before[k][1]));
    assert.deepEqual(await spansOf(withoutTemperature(warm)), before);
    warm.dispose();
  });
});
