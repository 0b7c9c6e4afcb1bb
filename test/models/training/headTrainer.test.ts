import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import type { BiLmEmbedder } from '../../../models/embedders/biLmEmbedder';
import { Random } from '../../../models/random';
import type { Head } from '../../../models/taggers/head';
import type { LayerSpec } from '../../../models/tags/layer';
import { EmbeddedCorpus } from '../../../models/training/embeddedCorpus';
import {
  headScores,
  HeadTrainer,
  type LabelledCorpus,
  scoreHead,
} from '../../../models/training/headTrainer';
import { layerLoss } from '../../../models/training/layerLoss';
import { checkGradients } from '../nn/gradients';
import { examples, nerLayer, posLayer, tinyEmbedder, tinyHead } from '../tinyModel';

async function embedded(embedder: BiLmEmbedder, layer: LayerSpec): Promise<LabelledCorpus> {
  const steps = EmbeddedCorpus.of(
    examples.map(({ forms }) => forms),
    embedder,
  );
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  return { corpus: step.value, labels: examples.map((example) => example[layer.name as 'pos' | 'ner']) };
}

async function trained(
  layer: LayerSpec,
  seed: number,
): Promise<{ head: Head; score: number; embedder: BiLmEmbedder }> {
  const embedder = tinyEmbedder();
  const head = tinyHead(layer, embedder);
  const corpus = await embedded(embedder, layer);
  const options = { batchPlaces: 24, learningRate: 0.02, epochs: 40 };
  const trainer = new HeadTrainer(head, corpus, options, new Random(seed));
  for (let epoch = 0; epoch < options.epochs; epoch++)
    for await (const progress of trainer.epoch()) void progress;
  trainer.dispose();
  return { head, score: scoreHead(head, await headScores(head, corpus.corpus), corpus.labels), embedder };
}

describe('head training', () => {
  before(() => loadBackend('auto'));

  for (const layer of [posLayer, nerLayer]) {
    it(`${layer.name}: learns eight sentences by heart`, async () => {
      const { head, score, embedder } = await trained(layer, 1);
      head.dispose();
      embedder.dispose();
      assert.equal(score, 1);
    });

    it(`${layer.name}: the loss has the gradient that its slope shows`, async () => {
      const embedder = tinyEmbedder();
      const head = tinyHead(layer, embedder);
      const { labels } = await embedded(embedder, layer);
      const gold = labels.slice(0, 3).map((tags) => head.tagSet.indicesOf(tags));
      const steps = Math.max(...gold.map((line) => line.length));
      const random = new Random(2);
      const k = head.tagSet.size;
      const values = Float32Array.from({ length: steps * 3 * k }, () => random.normal());
      checkGradients(
        { logits: tf.tensor(values, [steps, 3, k]) },
        ({ logits }) => layerLoss(head, logits as tf.Tensor3D, gold),
        { entries: 40 },
      );
      head.dispose();
      embedder.dispose();
    });
  }

  it('gives the same weights for the same seed', async () => {
    const runs = [await trained(nerLayer, 4), await trained(nerLayer, 4), await trained(nerLayer, 5)];
    const weights = runs.map(({ head }) =>
      head.variables().map(([, variable]) => Array.from(variable.dataSync())),
    );
    for (const { head, embedder } of runs) {
      head.dispose();
      embedder.dispose();
    }
    assert.deepEqual(weights[0], weights[1]);
    assert.notDeepEqual(weights[0], weights[2]);
  });

  it('leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    const { head, embedder } = await trained(posLayer, 1);
    head.dispose();
    embedder.dispose();
    assert.equal(tf.memory().numTensors, tensors);
  });
});
