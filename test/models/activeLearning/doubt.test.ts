import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bestPaths } from '../../../models/activeLearning/bestPaths';
import { sentenceDoubt } from '../../../models/activeLearning/sentenceDoubt';
import { rowEntropies, tagProbabilities } from '../../../models/activeLearning/tagProbabilities';
import { constrained, type CrfScores, pathScore } from '../../../models/nn/crf';
import { Random } from '../../../models/random';
import { TagSet } from '../../../models/tags/tagSet';
import { allowedTransitions, transitionPenalties } from '../../../models/tags/transitions';
import { assertClose, FLOAT64 } from '../../closeness';

const random = new Random(3);
const draws = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
/** At most 5⁴ paths, of four scores and five transitions each. */
const close = (a: number, b: number, what: string): void =>
  assertClose(a, b, { terms: 5 ** 4 + 9, unit: FLOAT64 }, what);

const ner = new TagSet({ kind: 'span', labels: ['PER', 'ORG'] });
const pos = new TagSet({ kind: 'token', labels: ['NOUN', 'VERB', 'ADJ'] });

function bioScores(): CrfScores {
  const trained = { start: draws(5), between: draws(25), end: draws(5) };
  return constrained(trained, transitionPenalties(allowedTransitions(ner)));
}

/** Every tagging of a sentence with its log score, the best first. */
function taggings(
  scores: Float32Array,
  tags: number,
  crf: CrfScores | null,
): { path: number[]; score: number }[] {
  const rows = scores.length / tags;
  const free = {
    start: new Float64Array(tags),
    between: new Float64Array(tags * tags),
    end: new Float64Array(tags),
  };
  return Array.from({ length: tags ** rows }, (_, code) => {
    const path = Array.from({ length: rows }, (_, t) => Math.floor(code / tags ** t) % tags);
    return { path, score: pathScore(path, scores, crf ?? free) };
  }).sort((a, b) => b.score - a.score);
}

describe('doubt about a sentence, against all its taggings', () => {
  for (const [name, tagSet, makeCrf] of [
    ['span layer', ner, bioScores],
    ['token layer', pos, () => null],
  ] as const)
    for (const rows of [1, 2, 4])
      it(`${name}, ${rows} tokens`, () => {
        const crf = makeCrf();
        const scores = draws(rows * tagSet.size);
        const all = taggings(scores, tagSet.size, crf);
        const total = all.reduce((sum, { score }) => sum + Math.exp(score), 0);
        const marginals = new Float64Array(rows * tagSet.size);
        for (const { path, score } of all)
          path.forEach((tag, t) => (marginals[t * tagSet.size + tag] += Math.exp(score) / total));
        tagProbabilities(scores, tagSet.size, crf).forEach((p, at) =>
          close(p, marginals[at], `marginal ${at}`),
        );
        const doubt = sentenceDoubt(scores, tagSet, crf);
        assert.equal(doubt.rows, rows);
        close(doubt.surprise, Math.log(total) - all[0].score, 'surprise');
        close(doubt.ratio, Math.exp(all[1].score - all[0].score), 'ratio');
        const entropy = marginals.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
        close(doubt.entropy, entropy, 'entropy');
      });

  it('finds the two best of many random paths', () => {
    for (let round = 0; round < 50; round++) {
      const crf = bioScores();
      const scores = draws(15);
      const [first, second] = taggings(scores, 5, crf);
      const found = bestPaths(scores, crf);
      close(found.first, first.score, 'first');
      close(found.second, second.score, 'second');
    }
  });

  it('is nothing for a sentence without tokens, and for a layer with one label', () => {
    assert.deepEqual(sentenceDoubt(new Float32Array(0), ner, bioScores()), {
      ...{ rows: 0, surprise: 0, entropy: 0, ratio: 0 },
      wavering: null,
    });
    const one = sentenceDoubt(draws(4), new TagSet({ kind: 'token', labels: ['X'] }), null);
    assert.deepEqual(one, { rows: 4, surprise: 0, entropy: 0, ratio: 0, wavering: null });
  });
});

describe('what a model wavers between', () => {
  const free = constrained(
    { start: new Float32Array(5), between: new Float32Array(25), end: new Float32Array(5) },
    transitionPenalties(allowedTransitions(ner)),
  );
  /** O, B-PER, I-PER, B-ORG, I-ORG. */
  const rows = (...values: number[][]): Float32Array => Float32Array.from(values.flat());

  it('names the words and their two labels', () => {
    const scores = rows([9, 0, 0, 0, 0], [0, 8, 0, 7.6, 0], [0, 0, 8, 0, 7.6], [9, 0, 0, 0, 0]);
    const { wavering } = sentenceDoubt(scores, ner, free);
    assert.ok(wavering);
    assert.deepEqual([wavering.start, wavering.end], [1, 3]);
    assert.deepEqual([wavering.first.label, wavering.second.label], ['PER', 'ORG']);
    assert.ok(wavering.first.probability > wavering.second.probability);
  });

  it('keeps neighbours apart that are spans of their own', () => {
    const scores = rows([0, 9, 0, 0, 0], [0, 8, 0, 7.9, 0], [0, 9, 0, 0, 0]);
    const { wavering } = sentenceDoubt(scores, ner, free);
    assert.deepEqual([wavering?.start, wavering?.end], [1, 2]);
  });

  it('counts no label as one', () => {
    const { wavering } = sentenceDoubt(rows([3, 3, 0, 0, 0]), ner, free);
    assert.deepEqual(new Set([wavering?.first.label, wavering?.second.label]), new Set([null, 'PER']));
  });

  it('has entropies from 0 to log K', () => {
    const entropies = rowEntropies(tagProbabilities(Float32Array.from([0, 0, 0, 50, 0, 0]), 3, null), 3);
    close(entropies[0], Math.log(3), 'even');
    close(entropies[1], 0, 'sure');
  });
});
