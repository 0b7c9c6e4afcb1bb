import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { countedLayers, layerWorths } from '../../../models/activeLearning/chooseLayer';
import { explore, type SentenceExploration } from '../../../models/activeLearning/explore';
import { briefReason, reasonFor } from '../../../models/activeLearning/reasonFor';
import type { SentenceDoubt } from '../../../models/activeLearning/sentenceDoubt';
import { loadBackend, tf } from '../../../models/backend';
import { Random } from '../../../models/random';
import { Tagger } from '../../../models/taggers/tagger';
import { assertClose } from '../../closeness';
import { examples, nerLayer, posLayer, tinyEmbedder, tinyHead, tinyTerms as terms } from '../tinyModel';

function tinyTagger(): Tagger {
  const embedder = tinyEmbedder();
  const heads = [posLayer, nerLayer].map((layer) => ({ head: tinyHead(layer, embedder), temperature: 1.5 }));
  return new Tagger('tiny', embedder, heads);
}

describe('exploring sentences', () => {
  before(() => loadBackend('auto'));
  const sentences = [...examples.map(({ forms }) => forms), []];

  it('tells of each sentence what it tells of it alone, and leaks nothing', async () => {
    const tagger = tinyTagger();
    const tensors = tf.memory().numTensors;
    const together = await explore(tagger, sentences);
    for (const [i, forms] of sentences.entries()) {
      const [alone] = await explore(tagger, [forms]);
      for (const layer of ['pos', 'ner']) {
        const [a, b] = [together[i].doubts[layer], alone.doubts[layer]];
        if (forms.length === 0) continue;
        assert.equal(a.rows, forms.length);
        for (const key of ['surprise', 'entropy', 'ratio'] as const)
          assertClose(a[key], b[key], { terms: terms + forms.length }, key);
      }
      assertClose(together[i].vector, alone.vector, { terms: terms + forms.length });
    }
    assert.equal(tf.memory().numTensors, tensors);
    tagger.dispose();
  });

  it('the most probable tag of a sure word is that of the tagger', async () => {
    const tagger = tinyTagger();
    const [{ doubts }] = await explore(tagger, [['Ada']], ['pos']);
    assert.deepEqual(Object.keys(doubts), ['pos']);
    const [{ pos }] = await tagger.tag([['Ada']]);
    assert.ok(pos.kind === 'token');
    const { first, second } = doubts.pos.wavering!;
    assert.equal(first.label, pos.tags[0].label);
    assertClose(first.probability, pos.tags[0].probability, { terms });
    assert.equal(second.label, pos.tags[0].runnerUp?.label);
    tagger.dispose();
  });
});

const doubt = (surprise: number, entropy = surprise): SentenceDoubt => ({
  ...{ rows: 4, surprise, entropy, ratio: 0.5 },
  wavering: {
    ...{ start: 1, end: 2 },
    first: { label: 'ORG', probability: 0.51 },
    second: { label: 'PER', probability: 0.44 },
  },
});

describe('which layer a sentence is looked at for', () => {
  const explored = (doubts: Record<string, SentenceDoubt>): SentenceExploration => ({
    doubts,
    vector: new Float32Array(2),
  });

  it('token layers count only where asked for, or where there are no others', () => {
    const ner = { ...nerLayer, name: 'ner' };
    assert.deepEqual(countedLayers([posLayer, ner]), ['ner']);
    assert.deepEqual(countedLayers([posLayer]), ['pos']);
    assert.deepEqual(countedLayers([posLayer, ner], 'pos'), ['pos']);
    assert.deepEqual(countedLayers([posLayer, ner], 'gene'), ['gene']);
  });

  it('worths are compared by their means', () => {
    const pool = [
      explored({ a: doubt(1), b: doubt(50) }),
      explored({ a: doubt(3), b: doubt(100) }),
      explored({ a: doubt(2), b: doubt(400) }),
    ];
    const worths = layerWorths(pool, ['a', 'b'], 'uncertainty', new Random(1));
    assert.deepEqual(
      worths.map(({ layer }) => layer),
      ['a', 'a', 'b'],
    );
  });

  it('a layer that the model does not know is worth the same everywhere', () => {
    const worths = layerWorths([explored({}), explored({})], ['gene'], 'entropy', new Random(1));
    assert.deepEqual(
      worths.map(({ worth, doubt }) => [worth, doubt]),
      [
        [1, null],
        [1, null],
      ],
    );
  });
});

describe('reasons', () => {
  const parts = { strategy: 'uncertainty' as const, layer: 'ner', words: 'Vodafone' };

  it('say what the model wavers between', () => {
    assert.equal(
      reasonFor({ ...parts, doubt: doubt(1) }),
      'The model wavers between ORG (0.51) and PER (0.44) for “Vodafone”.',
    );
  });

  it('say so where nothing is in question', () => {
    const sure = {
      ...doubt(0),
      wavering: {
        ...doubt(0).wavering!,
        first: { label: null, probability: 0.97 },
      },
    };
    assert.match(reasonFor({ ...parts, doubt: sure }), /rather sure: no label \(0\.97\)/);
    assert.match(reasonFor({ ...parts, doubt: null }), /does not know ner yet/);
    assert.equal(reasonFor({ ...parts, strategy: 'random', doubt: doubt(1) }), 'Drawn at random.');
    assert.match(reasonFor({ ...parts, doubt: { ...doubt(1), wavering: null } }), /one label only/);
  });

  it('are told in a few words, too', () => {
    assert.equal(briefReason({ strategy: 'margin', doubt: doubt(1) }), 'ORG 0.51, PER 0.44');
    assert.equal(briefReason({ strategy: 'random', doubt: doubt(1) }), 'at random');
    assert.equal(briefReason({ strategy: 'margin', doubt: null }), 'not known yet');
  });
});
