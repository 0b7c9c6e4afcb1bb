import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { openEmbedder } from '../../../models/embedders/openEmbedder';
import { nearestUses, type VectorChoice, cosine } from '../../../models/similarity/nearestUses';
import { tokenize } from '../../../models/text/tokenizer';
import { assertClose, biLmTerms, FLOAT64 } from '../../closeness';
import { examples, tinyElmo, tinyEmbedder } from '../tinyModel';

describe('cosine', () => {
  const cases: [number[], number[], number][] = [
    [[1, 0], [0, 2], 0],
    [[3, 4], [3, 4], 1],
    [[3, 4], [-6, -8], -1],
    [[1, 1], [1, 0], Math.SQRT1_2],
    [[0, 0], [1, 0], 0],
  ]; // prettier-ignore
  for (const [a, b, expected] of cases)
    it(`of ${a.join()} and ${b.join()}`, () => {
      assertClose(cosine(Float32Array.from(a), Float32Array.from(b)), expected, {
        terms: 3 * 2,
        unit: FLOAT64,
      });
    });
});

describe('nearest uses', () => {
  before(() => loadBackend('auto'));

  const sentences = [
    ...examples.map(({ forms }) => forms),
    [],
    ...examples.map(({ forms }) => forms).reverse(),
  ];

  for (const layer of [0, 1, 2, 'mix'] as VectorChoice[])
    it(`layer ${layer}: are ranked as plain arrays say`, async () => {
      const embedder = tinyEmbedder();
      const query = { sentence: 1, word: 1 };
      const vectors = sentences.map((forms) => (forms.length > 0 ? vectorsOf(forms, layer) : []));
      function vectorsOf(forms: readonly string[], choice: VectorChoice): number[][] {
        return tf.tidy(() => {
          const layers = embedder.embed([forms]); // [T, 1, D] each
          const chosen = choice === 'mix' ? tf.div(tf.addN(layers), layers.length) : layers[choice];
          return (chosen.arraySync() as number[][][]).map(([vector]) => vector);
        });
      }
      const dot = (a: number[], b: number[]): number => a.reduce((sum, value, k) => sum + value * b[k], 0);
      const wanted = vectors[1][1];
      const expected = sentences.flatMap((forms, sentence) =>
        forms.flatMap((form, word) => {
          if (form === '.' || (sentence === 1 && word === 1)) return [];
          const own = vectors[sentence][word];
          return [
            { sentence, word, cosine: dot(own, wanted) / Math.sqrt(dot(own, own) * dot(wanted, wanted)) },
          ];
        }),
      );
      const tensors = tf.memory().numTensors;
      const uses = await nearestUses(sentences, query, embedder, { layer, accepts: (form) => form !== '.' });
      assert.equal(tf.memory().numTensors, tensors);
      assert.equal(uses.length, expected.length);
      uses.forEach((use, k) => {
        const same = expected.find(({ sentence, word }) => sentence === use.sentence && word === use.word)!;
        assertClose(use.cosine, same.cosine, { terms: biLmTerms(tinyElmo) + 2 * embedder.size }, 'cosine');
        if (k > 0) assert.ok(use.cosine <= uses[k - 1].cosine);
      });
      embedder.dispose();
    });
});

const river = [
  'We sat on the bank and watched the river go by.',
  'The boat lay against the muddy bank until the tide came in.',
  'Otters had dug their holes into the bank above the water.',
  'He walked along the bank of the stream, looking for trout.',
  'Willows grow along the bank, and their roots hold the soil.',
  'Children were swimming from the left bank to the right shore.',
];
const money = [
  'She opened an account at the bank and paid in two hundred pounds.',
  'The bank refused the loan because his income was too small.',
  'My bank charges a fee for every transfer to a foreign country.',
  'Her father works at the bank as an investment adviser.',
  'The bank raised its interest rate again in March.',
  'The manager of the bank shook his head and closed the file.',
];

describe('nearest uses of "bank" by the embedded model', () => {
  before(() => loadBackend('auto'));

  it('are mostly those of the same sense, whichever use one starts from', async () => {
    const sentences = [...river, ...money].map((text) => tokenize(text).map(({ form }) => form));
    const embedder = await openEmbedder('models/pretrained');
    let [right, pairs] = [0, 0];
    for (const [sentence, forms] of sentences.entries()) {
      const query = { sentence, word: forms.indexOf('bank') };
      const options = { layer: embedder.layers - 1, accepts: (form: string) => form === 'bank' };
      const uses = await nearestUses(sentences, query, embedder, options);
      assert.equal(uses.length, 11);
      const isSame = uses.map((use) => use.sentence < river.length === sentence < river.length);
      for (const [k, same] of isSame.entries())
        for (const other of isSame.slice(k + 1))
          if (same !== other) [right, pairs] = [right + (same ? 1 : 0), pairs + 1];
    }
    embedder.dispose();
    // Of one use in the same sense and one in the other, the first should stand above: by chance in half of the pairs.
    assert.ok(right / pairs > 0.65, `${right} of ${pairs}`);
  });
});
