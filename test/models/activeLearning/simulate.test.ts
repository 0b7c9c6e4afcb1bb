import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { curvesCsv } from '../../../models/activeLearning/curvesCsv';
import { labelsSaved, meanCurves } from '../../../models/activeLearning/meanCurves';
import {
  type CurvePoint,
  type GoldData,
  simulate,
  type SimulationOptions,
} from '../../../models/activeLearning/simulate';
import { loadBackend, tf } from '../../../models/backend';
import { examples, nerLayer, posLayer, tinyEmbedder } from '../tinyModel';

const options: SimulationOptions = {
  ...{ strategies: ['uncertainty', 'random'], start: 2, step: 2, until: 5, seeds: [1, 2] },
  ...{ density: 1, diversity: 0.3 },
};

function gold(layer: typeof nerLayer): GoldData {
  const data = examples.map((example) => ({
    forms: example.forms,
    labels: example[layer.name as 'pos' | 'ner'],
  }));
  return { layer, train: data, test: data };
}

async function curves(data: GoldData): Promise<CurvePoint[]> {
  const embedder = tinyEmbedder();
  const points: CurvePoint[] = [];
  for await (const step of simulate(data, embedder, options)) if (step.phase === 'scored') points.push(step);
  embedder.dispose();
  return points;
}

describe('replaying the loop of labelling', () => {
  before(() => loadBackend('auto'));

  for (const layer of [nerLayer, posLayer])
    it(`${layer.name}: the same curves every time, from the same start`, async () => {
      const tensors = tf.memory().numTensors;
      const points = await curves(gold(layer));
      assert.equal(tf.memory().numTensors, tensors);
      assert.deepEqual(
        points.map(({ strategy, seed, sentences }) => `${strategy} ${seed} ${sentences}`),
        [1, 2].flatMap((seed) =>
          ['uncertainty', 'random'].flatMap((strategy) => [2, 4, 5].map((n) => `${strategy} ${seed} ${n}`)),
        ),
      );
      for (const seed of [1, 2]) {
        const first = points.filter((point) => point.seed === seed && point.sentences === 2);
        assert.deepEqual({ ...first[0], strategy: '' }, { ...first[1], strategy: '' });
      }
      for (const { score } of points) assert.ok(score >= 0 && score <= 1);
      assert.deepEqual(await curves(gold(layer)), points);
    });
});

describe('curves', () => {
  const point = (
    strategy: CurvePoint['strategy'],
    seed: number,
    sentences: number,
    score: number,
  ): CurvePoint => ({ ...{ strategy, seed, sentences, score }, tokens: 10 * sentences });
  const points = [
    ...[point('random', 1, 100, 0.4), point('random', 2, 100, 0.6), point('random', 1, 200, 0.6)],
    ...[point('random', 2, 200, 0.6), point('margin', 1, 100, 0.5), point('margin', 1, 200, 0.7)],
  ];

  it('have means, lowest and highest', () => {
    const [random] = meanCurves(points);
    assert.deepEqual(random.points[0], {
      ...{ sentences: 100, tokens: 1000, score: 0.5 },
      ...{ lowest: 0.4, highest: 0.6 },
    });
  });

  it('tell what a strategy saves', () => {
    const means = meanCurves(points);
    assert.equal(
      labelsSaved(means, 'margin'),
      'margin reaches what random has at 200 sentences with 200 (2000 tokens against 2000).',
    );
    assert.equal(labelsSaved(means, 'random'), null);
    assert.match(
      labelsSaved(meanCurves([...points.slice(0, 5)]), 'margin') ?? '',
      /margin does not reach what random has/,
    );
  });

  it('are written as values separated by commas', () => {
    assert.equal(
      curvesCsv(points.slice(0, 1)),
      'strategy,seed,sentences,tokens,score\nrandom,1,100,1000,0.4000\n',
    );
  });
});
