import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import type { BiLmEmbedder } from '../../../models/embedders/biLmEmbedder';
import { TunedEmbedder } from '../../../models/embedders/tunedEmbedder';
import { biLmParts, namedBiLmParts } from '../../../models/nn/biLmParts';
import { drawn, readWeights } from '../../../models/nn/parameters';
import { Random } from '../../../models/random';
import { createHead } from '../../../models/taggers/createHead';
import type { LayerHead } from '../../../models/taggers/layerHead';
import { sentenceHeadOptionsSchema } from '../../../models/taggers/sentenceHeadOptions';
import { EmbeddedCorpus } from '../../../models/training/embeddedCorpus';
import { fineTuneSchema } from '../../../models/training/fineTuneConfig';
import { FineTuner } from '../../../models/training/fineTuner';
import { HeadTrainer, type LabelledCorpus } from '../../../models/training/headTrainer';
import { layerLoss } from '../../../models/training/layerLoss';
import { Vocabulary } from '../../../models/vocab/vocabulary';
import { assertClose, biLmTerms } from '../../closeness';
import { checkVariableGradients } from '../nn/gradients';
import { examples, nerLayer, posLayer, tinyElmo, tinyEmbedder, tinyHead } from '../tinyModel';

const names = biLmParts(tinyElmo).map(({ name }) => name);
const sentences = examples.map(({ forms }) => forms);

async function corpusOf(embedder: TunedEmbedder): Promise<EmbeddedCorpus> {
  const steps = EmbeddedCorpus.of(sentences, embedder);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

interface Case {
  readonly base: BiLmEmbedder;
  readonly embedder: TunedEmbedder;
  readonly corpus: EmbeddedCorpus;
  readonly tuner: FineTuner;
  readonly dispose: () => void;
}

async function tuning(layers: readonly string[], changes: object = {}): Promise<Case> {
  const base = tinyEmbedder();
  const embedder = new TunedEmbedder(base, namedBiLmParts(tinyElmo, layers));
  const config = fineTuneSchema.parse({ layers, learningRate: 0.01, warmup: 1, ...changes });
  const tuner = new FineTuner(embedder, config);
  const dispose = (): void => [tuner, embedder, base].forEach((each) => each.dispose());
  return { base, embedder, corpus: await corpusOf(embedder), tuner, dispose };
}

function sentenceHead(base: BiLmEmbedder): LayerHead {
  const layer = { name: 'mood', kind: 'sentence', labels: ['long', 'short'] } as const;
  const options = sentenceHeadOptionsSchema.parse({ dropout: 0, wordDropout: 0 });
  return createHead(layer, options, Vocabulary.ofTexts(sentences, 1), base, drawn(new Random(3)));
}

const heads: Readonly<Record<string, (base: BiLmEmbedder) => { head: LayerHead; labels: string[][] }>> = {
  token: (base) => ({ head: tinyHead(posLayer, base), labels: examples.map(({ pos }) => pos) }),
  span: (base) => ({ head: tinyHead(nerLayer, base), labels: examples.map(({ ner }) => ner) }),
  sentence: (base) => ({
    head: sentenceHead(base),
    labels: sentences.map(({ length }) => [length > 4 ? 'long' : 'short']),
  }),
};

/** Mean train loss of each epoch. */
async function train(
  head: LayerHead,
  train: LabelledCorpus,
  tuner: FineTuner,
  { epochs = 3, learningRate = 0.02 } = {},
): Promise<number[]> {
  const trainer = new HeadTrainer(
    head,
    train,
    { batchPlaces: 24, learningRate, epochs },
    new Random(1),
    tuner,
  );
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++)
    for await (const { loss } of trainer.epoch()) losses[epoch] = loss;
  trainer.dispose();
  return losses;
}

/** Largest change of each variable. */
function movements(embedder: TunedEmbedder): Map<string, number> {
  const base = new Map(embedder.base.biLm.variables());
  return new Map(
    embedder.variables().map(([name, variable]) => {
      const before = base.get(name)!.dataSync<'float32'>();
      const moved = variable.dataSync<'float32'>().map((value, k) => Math.abs(value - before[k]));
      return [name, Math.max(...moved)];
    }),
  );
}

describe('fine-tuning', () => {
  before(() => loadBackend('auto'));

  const choices = [...names.map((name) => [name]), ['lstm1', 'lstm2'], ['lstm2', 'projection'], names];
  for (const layers of choices)
    it(`of ${layers.join(', ')}: changes every weight array of it, the head and the mix, and nothing else`, async () => {
      const { base, embedder, corpus, tuner, dispose } = await tuning(layers);
      const untouched = await readWeights(base.biLm.variables());
      const { head, labels } = heads.token(base);
      const headBefore = await readWeights(head.variables());
      await train(head, { corpus, labels }, tuner);
      assert.deepEqual(await readWeights(base.biLm.variables()), untouched);
      const expected = namedBiLmParts(tinyElmo, layers).flatMap(({ weights }) => weights);
      const moved = movements(embedder);
      assert.deepEqual([...moved.keys()].sort(), [...expected].sort());
      for (const [name, change] of moved) assert.ok(change > 0, name);
      const headAfter = await readWeights(head.variables());
      for (const [name, { data }] of headBefore) assert.notDeepEqual(headAfter.get(name)!.data, data, name);
      head.dispose();
      dispose();
    });

  for (const [kind, make] of Object.entries(heads)) {
    it(`of all parts under a ${kind} layer: the gradient is the slope`, async () => {
      const { base, embedder, corpus, dispose } = await tuning(names);
      const { head, labels } = make(base);
      const indices = [0, 3, 6];
      const gold = indices.map((index) => head.tagSet.indicesOf(labels[index]));
      const batch = head.batch(indices.map((index) => sentences[index]));
      const loss = (): tf.Scalar =>
        layerLoss(head, head.call(corpus.complete(corpus.batch(indices), indices), batch), gold);
      // The loss is near 1 and known to 1e-7, so over 2e-2 its slope is known to 1e-5; the largest gradients are 1e-3.
      // Those of the characters are larger, and so long a step would cross the bends of their ReLUs.
      const [below, above] = [true, false].map((isBelow) =>
        embedder.variables().filter(([name]) => /^(char_embed|CNN\/)/.test(name) === isBelow),
      );
      checkVariableGradients(above, loss, { entries: 4, step: 1e-2, tolerance: 0.03 });
      checkVariableGradients(below, loss, { entries: 4, step: 2e-3, tolerance: 0.03 });
      head.dispose();
      dispose();
    });

    it(`of lstm2 under a ${kind} layer: lowers the loss of a head that stands still, and leaves no tensor`, async () => {
      const tensors = tf.memory().numTensors;
      const { base, corpus, tuner, dispose } = await tuning(['lstm2'], { learningRate: 0.01 });
      const { head, labels } = make(base);
      const losses = await train(head, { corpus, labels }, tuner, { epochs: 12, learningRate: 1e-9 });
      assert.ok(losses[11] < losses[0], losses.join());
      head.dispose();
      dispose();
      assert.equal(tf.memory().numTensors, tensors);
    });
  }

  it('computes what is frozen once: vectors before and after training are those of a whole pass', async () => {
    for (const layers of choices) {
      const { base, embedder, corpus, tuner, dispose } = await tuning(layers);
      const { head, labels } = heads.token(base);
      const whole = (): number[][] =>
        tf.tidy(() => embedder.embed([sentences[4], sentences[2]]).map((x) => Array.from(x.dataSync())));
      const cached = tf.tidy(() =>
        corpus.complete(corpus.batch([4, 2]), [4, 2]).map((x) => Array.from(x.dataSync())),
      );
      const frozen = tf.tidy(() =>
        base.embed([sentences[4], sentences[2]]).map((x) => Array.from(x.dataSync())),
      );
      // Sentence 2 is shorter: what stands after its end means nothing.
      const meant = (layers3: number[][]): number[] =>
        layers3.flatMap((layer) => layer.filter((_, at) => Math.floor(at / 16) % 2 === 0 || at < 2 * 2 * 16));
      const terms = biLmTerms(tinyElmo);
      assertClose(meant(cached), meant(frozen), { terms }, layers.join());
      await train(head, { corpus, labels }, tuner, { epochs: 1 });
      await embedder.round();
      const after = tf.tidy(() =>
        corpus.complete(corpus.batch([4, 2]), [4, 2]).map((x) => Array.from(x.dataSync())),
      );
      assertClose(meant(after), meant(whole()), { terms }, layers.join());
      head.dispose();
      dispose();
    }
  });
});

describe('the rates of fine-tuning', () => {
  before(() => loadBackend('auto'));

  /** One step with gradients of ones: Adam's first step moves every weight by its rate. */
  async function firstStep(changes: object, epoch = 1): Promise<Map<string, number>> {
    const { embedder, tuner, dispose } = await tuning(['lstm2', 'lstm1', 'characters'], changes);
    const gradients = tuner.variables(epoch).map((variable) => tf.onesLike(variable));
    tuner.step(gradients, epoch, 0.5);
    const moved = movements(embedder);
    tf.dispose(gradients);
    dispose();
    return moved;
  }

  const near = (actual = NaN, expected: number): void =>
    assert.ok(Math.abs(actual - expected) < 0.02 * expected + 1e-9, `${actual} is not ${expected}`);

  it('fall with depth, rise over the warm-up and follow the schedule', async () => {
    const moved = await firstStep({ learningRate: 0.01, decay: 0.5, warmup: 4 });
    near(moved.get('Layer1/bias'), (0.01 * 0.5) / 4);
    near(moved.get('Layer0/bias'), (0.01 * 0.5 * 0.5) / 4);
    near(moved.get('char_embed'), (0.01 * 0.5 * 0.5 ** 4) / 4);
  });

  it('thaw part after part from the top where unfreezing is gradual', async () => {
    const moving = async (epoch: number): Promise<string[]> =>
      [...(await firstStep({ unfreezeAfter: 1 }, epoch))].filter(([, by]) => by > 0).map(([name]) => name);
    assert.deepEqual(await moving(1), []);
    const lstm2 = await moving(2);
    assert.ok(lstm2.length === 4 && lstm2.every((name) => name.startsWith('Layer1/')), lstm2.join());
    assert.equal((await moving(3)).length, 8);
    assert.ok((await moving(4)).includes('char_embed'));
  });

  it('pull back to the base where l2 is set', async () => {
    const { embedder, tuner, dispose } = await tuning(['lstm2'], { l2: 0.1 });
    for (const [, variable] of embedder.variables()) tf.tidy(() => variable.assign(tf.add(variable, 0.5)));
    const gradients = tuner.variables(1).map((variable) => tf.zerosLike(variable));
    for (let step = 0; step < 5; step++) tuner.step(gradients, 1, 1);
    for (const [name, distance] of movements(embedder)) assert.ok(distance < 0.46, `${name}: ${distance}`);
    tf.dispose(gradients);
    dispose();
  });
});
