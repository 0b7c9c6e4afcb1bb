import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { drawn, type NamedArray, readWeights, type Weights } from '../../../models/nn/parameters';
import { Random } from '../../../models/random';
import { createHead } from '../../../models/taggers/createHead';
import type { EmbedderShape } from '../../../models/taggers/layerHead';
import { SentenceHead } from '../../../models/taggers/sentenceHead';
import {
  type SentenceHeadOptions,
  sentenceHeadOptionsSchema,
} from '../../../models/taggers/sentenceHeadOptions';
import { Tagger } from '../../../models/taggers/tagger';
import type { LayerSpec } from '../../../models/tags/layer';
import { layerLoss } from '../../../models/training/layerLoss';
import { Vocabulary } from '../../../models/vocab/vocabulary';
import { assertClose } from '../../closeness';
import { examples, tinyEmbedder, tinyHead, tinyTerms } from '../tinyModel';

const toneLayer: LayerSpec = { name: 'tone', kind: 'sentence', labels: ['glad', 'sad', 'wry'] };
const shape: EmbedderShape = { layers: 3, size: 5 };
/** Terms of its sums: layers, words, then vectors of at most seven numbers twice, query and output. */
const terms = shape.layers + 4 + 2 * (shape.size + 2);
const poolings = ['mean', 'attention'] as const;

/** A head whose weights are all drawn anew, those that start as zeros too. */
function randomHead(options: Partial<SentenceHeadOptions>, embedder: EmbedderShape = shape): SentenceHead {
  const random = new Random(3);
  const source = {
    get: (_name: string, size: readonly number[]) =>
      Float32Array.from({ length: size.reduce((a, b) => a * b, 1) }, () => random.normal()),
  };
  const parsed = sentenceHeadOptionsSchema.parse({ dropout: 0, wordDropout: 0, ...options });
  return new SentenceHead(toneLayer, parsed, new Vocabulary(['the', 'sea']), embedder, source);
}

const sentences = [['the', 'sea', 'is', 'wide'], ['Sea'], ['The', 'sea']];

/** L+1 layers [T, B, D]; what stands after the end of a sentence is large, so that a leak shows. */
function randomLayers(forms: readonly (readonly string[])[], size = shape.size): tf.Tensor3D[] {
  const random = new Random(8);
  const steps = Math.max(...forms.map(({ length }) => length));
  return Array.from({ length: shape.layers }, () => {
    const values = new Float32Array(steps * forms.length * size);
    for (let t = 0; t < steps; t++)
      forms.forEach(({ length }, b) => {
        for (let d = 0; d < size; d++)
          values[(t * forms.length + b) * size + d] = t < length ? random.normal() : 1000 + random.normal();
      });
    return tf.tensor3d(values, [steps, forms.length, size]); // [T, B, D]
  });
}

/** The same on plain arrays, sentence by sentence. */
function plainScores(weights: Weights, layers: readonly Float32Array[], batch: number, b: number): number[] {
  const { size } = shape;
  const length = sentences[b].length;
  const array = (name: string): NamedArray => weights.get(name)!;
  const softmax = (values: readonly number[]): number[] => {
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    return values.map((value) => Math.exp(value) / sum);
  };
  const mix = softmax([...array('mix/scores').data]).map((weight) => weight * array('mix/gamma').data[0]);
  const words = weights.get('words');
  const rows: Readonly<Record<string, number>> = { the: 1, sea: 2 };
  const vectors = Array.from({ length }, (_, t) => [
    ...Array.from({ length: size }, (_, d) =>
      mix.reduce((sum, weight, k) => sum + weight * layers[k][(t * batch + b) * size + d], 0),
    ),
    ...(words
      ? words.data.subarray(
          ...[0, 1].map((k) => ((rows[sentences[b][t].toLowerCase()] ?? 0) + k) * words.shape[1]),
        )
      : []),
  ]);
  const dot = (vector: readonly number[], column: number, name: string): number =>
    vector.reduce((sum, value, d) => sum + value * array(name).data[d * array(name).shape[1] + column], 0);
  const shares = weights.has('query')
    ? softmax(vectors.map((vector) => dot(vector, 0, 'query')))
    : vectors.map(() => 1 / length);
  const pooled = vectors[0].map((_, d) => vectors.reduce((sum, vector, t) => sum + shares[t] * vector[d], 0));
  return toneLayer.labels.map((_, k) => dot(pooled, k, 'output') + array('outputBias').data[k]);
}

describe('sentence head', () => {
  before(() => loadBackend('auto'));

  for (const pooling of poolings)
    for (const wordSize of [0, 2])
      it(`${pooling}, word vectors of ${wordSize}: computes what plain arrays do, and padding leaks nothing`, async () => {
        const head = randomHead({ pooling, wordSize });
        const weights = await readWeights(head.variables());
        const layers = randomLayers(sentences);
        const values = layers.map((layer) => layer.dataSync<'float32'>());
        const scores = head.call(layers, head.batch(sentences)); // [1, B, K]
        assert.deepEqual(scores.shape, [1, 3, 3]);
        const expected = sentences.flatMap((_, b) => plainScores(weights, values, sentences.length, b));
        assertClose(scores.dataSync(), expected, { terms });
        tf.dispose([scores, ...layers]);
        head.dispose();
      });

  it('starts attention as the mean', () => {
    const [mean, attention] = poolings.map((pooling) => {
      const options = sentenceHeadOptionsSchema.parse({ pooling });
      return new SentenceHead(toneLayer, options, new Vocabulary([]), shape, drawn(new Random(1)));
    });
    const layers = randomLayers(sentences);
    const scores = [mean, attention].map((head) => head.call(layers, head.batch(sentences)).dataSync());
    assertClose(scores[0], scores[1], { terms });
    tf.dispose(layers);
    mean.dispose();
    attention.dispose();
  });

  for (const pooling of poolings)
    it(`${pooling}: the gradients of its variables are the slopes of the loss`, async () => {
      const head = randomHead({ pooling, wordSize: 2, characterSize: 3, characterFilters: [[2, 3]] });
      const layers = randomLayers(sentences);
      const gold = [[2], [0], [1]];
      const loss = (): tf.Scalar => layerLoss(head, head.call(layers, head.batch(sentences)), gold);
      const entries = head.variables();
      const { value, grads } = tf.variableGrads(
        loss,
        entries.map(([, variable]) => variable),
      );
      value.dispose();
      for (const [name, variable] of entries) {
        const gradient = grads[variable.name].dataSync<'float32'>();
        const start = Float32Array.from(variable.dataSync<'float32'>());
        const scale = Math.max(1e-2, ...Array.from(gradient, Math.abs));
        const lossAt = (at: number, delta: number): number => {
          const moved = Float32Array.from(start);
          moved[at] += delta;
          return tf.tidy(() => {
            variable.assign(tf.tensor(moved, variable.shape));
            return loss().dataSync()[0];
          });
        };
        for (let at = 0; at < start.length; at += Math.max(1, Math.floor(start.length / 7))) {
          const slope = (lossAt(at, 2e-3) - lossAt(at, -2e-3)) / 4e-3;
          assert.ok(
            Math.abs(slope - gradient[at]) <= 0.03 * scale,
            `${name}[${at}]: ${gradient[at]}, slope ${slope}`,
          );
        }
        tf.tidy(() => variable.assign(tf.tensor(start, variable.shape)));
      }
      tf.dispose([...layers, ...Object.values(grads)]);
      head.dispose();
    });

  it('refuses the options of another kind of layer', () => {
    const wordOptions = tinyHead({ name: 'pos', kind: 'token', labels: ['NOUN'] }, tinyEmbedder()).options;
    assert.throws(
      () => createHead(toneLayer, wordOptions, new Vocabulary([]), shape, drawn(new Random(1))),
      /not those of a sentence layer/,
    );
  });
});

describe('a tagger of sentences', () => {
  before(() => loadBackend('auto'));

  function toneTagger(pooling: SentenceHeadOptions['pooling']): Tagger {
    const embedder = tinyEmbedder();
    return new Tagger('tiny', embedder, [{ head: randomHead({ pooling }, embedder), temperature: 1.3 }]);
  }

  const texts = [...examples.map(({ forms }) => forms), [], ['🙂'], Array<string>(120).fill('long')];

  for (const pooling of poolings)
    it(`${pooling}: says the same of a sentence alone and in a batch, and leaves no tensor behind`, async () => {
      const before = tf.memory().numTensors;
      const tagger = toneTagger(pooling);
      const together = await tagger.tag(texts);
      for (const [index, forms] of texts.entries()) {
        const [{ tone }] = await tagger.tag([forms]);
        const other = together[index].tone;
        assert.ok(tone.kind === 'sentence' && other.kind === 'sentence');
        assert.equal(tone.labels.length, forms.length === 0 ? 0 : 3);
        assert.deepEqual(
          tone.labels.map(({ label }) => label),
          other.labels.map(({ label }) => label),
        );
        const numbers = tone.labels.map(({ probability }) => probability);
        assertClose(
          numbers,
          other.labels.map(({ probability }) => probability),
          { terms: tinyTerms + forms.length },
        );
        assert.deepEqual(
          numbers,
          [...numbers].sort((a, b) => b - a),
        );
        if (forms.length > 0)
          assertClose(
            numbers.reduce((a, b) => a + b),
            1,
            { terms: 3 },
          );
      }
      tagger.dispose();
      assert.equal(tf.memory().numTensors, before);
    });
});
