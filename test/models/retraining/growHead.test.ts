import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { drawn } from '../../../models/nn/parameters';
import { Random } from '../../../models/random';
import { growHead } from '../../../models/retraining/growHead';
import { createHead } from '../../../models/taggers/createHead';
import { headOptionsSchema } from '../../../models/taggers/headOptions';
import type { LayerHead } from '../../../models/taggers/layerHead';
import { sentenceHeadOptionsSchema } from '../../../models/taggers/sentenceHeadOptions';
import type { LayerKind } from '../../../models/tags/layer';
import { Vocabulary } from '../../../models/vocab/vocabulary';
import { assertClose, headTerms } from '../../closeness';

const shape = { layers: 2, size: 6 };
const sentences = [
  ['Ada', 'met', 'Mary', 'in', 'Paris'],
  ['Nobody', 'came'],
];
const wordOptions = headOptionsSchema.parse({
  ...{ cells: 5, wordSize: 3, characterSize: 3, characterFilters: [[2, 4]] },
});
const sentenceOptions = sentenceHeadOptionsSchema.parse({});

/** Columns for other labels are another shape of product, so the last bits of the scores may differ. */
const terms = headTerms(wordOptions, shape.size);

const layerOf = (kind: LayerKind, labels: string[]) => ({ name: 'ner', kind, labels });

/** A head whose weights are all something, transitions too. */
function makeHead(kind: LayerKind, labels: string[]): LayerHead {
  const options = kind === 'sentence' ? sentenceOptions : wordOptions;
  const vocabulary = new Vocabulary(['Ada', 'Paris']);
  const head = createHead(layerOf(kind, labels), options, vocabulary, shape, drawn(new Random(2)));
  const random = new Random(5);
  for (const [, variable] of head.variables())
    tf.tidy(() =>
      variable.assign(
        tf.tensor(
          Float32Array.from({ length: variable.size }, () => random.normal()),
          variable.shape,
        ),
      ),
    );
  return head;
}

/** Scores of all rows by tag. */
function scores(head: LayerHead): Map<string, number[]> {
  const random = new Random(7);
  const values = tf.tidy(() => {
    const embedded = Array.from({ length: shape.layers }, () =>
      tf.tensor3d(
        Float32Array.from({ length: 5 * 2 * shape.size }, () => random.normal()),
        [5, 2, shape.size], // [T, B, D]
      ),
    );
    return head.call(embedded, head.batch(sentences)).dataSync<'float32'>(); // [R, B, K]
  });
  const { tags, size } = head.tagSet;
  return new Map(tags.map((tag, k) => [tag, [...values].filter((_, at) => at % size === k)]));
}

function between(head: LayerHead, from: string, to: string): number {
  const { tagSet } = head;
  return head.crfScores()!.between[tagSet.indexOf(from) * tagSet.size + tagSet.indexOf(to)];
}

async function grown(old: LayerHead, labels: string[]): Promise<LayerHead> {
  return growHead(old, layerOf(old.layer.kind, labels), shape);
}

describe('a head whose layer has other labels now', () => {
  before(() => loadBackend('auto'));

  for (const [what, labels] of [
    ['the same', ['PER', 'LOC', 'ORG']],
    ['another order', ['ORG', 'PER', 'LOC']],
    ['one fewer', ['PER', 'ORG']],
    ['one more', ['PER', 'LOC', 'ORG', 'GENE']],
    ['some dropped, some added, in another order', ['GENE', 'ORG', 'EVENT', 'PER']],
  ] as const)
    for (const kind of ['span', 'token', 'sentence'] as const)
      it(`keeps the scores of those that stay: ${kind} layer, ${what}`, async () => {
        const old = makeHead(kind, ['PER', 'LOC', 'ORG']);
        const head = await grown(old, [...labels]);
        const [was, is] = [scores(old), scores(head)];
        assert.deepEqual(head.layer.labels, labels);
        for (const tag of head.tagSet.tags) {
          if (was.has(tag)) assertClose(is.get(tag)!, was.get(tag)!, { terms }, `${tag}, row`);
          if (kind === 'span' && !was.has(tag))
            assertClose(
              is.get(tag)!,
              was.get('O')!.map((score) => score - 4),
              { terms },
              `${tag}, row`,
            );
        }
        if (kind === 'span')
          for (const from of head.tagSet.tags)
            for (const to of head.tagSet.tags)
              if (was.has(from) && was.has(to))
                assert.equal(between(head, from, to), between(old, from, to), `${from} to ${to}`);
        for (const each of [old, head]) each.dispose();
      });

  it('begins new labels of a token layer as unlikely means of all', async () => {
    const old = makeHead('token', ['NOUN', 'VERB']);
    const head = await grown(old, ['NOUN', 'VERB', 'X']);
    const [was, is] = [scores(old), scores(head)];
    const means = was.get('NOUN')!.map((score, row) => (score + was.get('VERB')![row]) / 2);
    assertClose(
      is.get('X')!,
      means.map((mean) => mean - 4),
      { terms },
    );
    for (const each of [old, head]) each.dispose();
  });

  it('is a copy that shares nothing with the old one, and leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    const old = makeHead('span', ['PER', 'LOC']);
    const was = scores(old);
    const head = await grown(old, ['LOC', 'GENE']);
    for (const [, variable] of head.variables()) tf.tidy(() => variable.assign(tf.zerosLike(variable)));
    assert.deepEqual(scores(old), was);
    for (const each of [old, head]) each.dispose();
    assert.equal(tf.memory().numTensors, tensors);
  });
});
