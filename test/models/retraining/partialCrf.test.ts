import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CrfScores, constrained, negativeLogLikelihood, pathScore } from '../../../models/nn/crf';
import { Random } from '../../../models/random';
import {
  type PathGradients,
  type PathTarget,
  partialLoss,
  pathExpectations,
  ruledOut,
} from '../../../models/retraining/partialCrf';
import { TagSet } from '../../../models/tags/tagSet';
import { allowedTransitions, transitionPenalties } from '../../../models/tags/transitions';
import { assertClose, FLOAT32, FLOAT64 } from '../../closeness';

const random = new Random(23);
const draws = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());
const bio = new TagSet({ kind: 'span', labels: ['PER', 'LOC'] });
const tags = bio.size;

function bioScores(): CrfScores {
  const single = (count: number): Float32Array => Float32Array.from(draws(count));
  const trained = { start: single(tags), between: single(tags * tags), end: single(tags) };
  return constrained(trained, transitionPenalties(allowedTransitions(bio)));
}

function* allPaths(tokens: number): Generator<number[]> {
  for (let code = 0; code < tags ** tokens; code++)
    yield Array.from({ length: tokens }, (_, t) => Math.floor(code / tags ** t) % tags);
}

const zeroGradients = (tokens: number): PathGradients => ({
  emissions: new Float32Array(tokens * tags),
  start: new Float32Array(tags),
  between: new Float32Array(tags * tags),
  end: new Float32Array(tags),
});

/** Each tag ruled out with some probability, never all of a token; some only made unlikely. */
function someWeights(tokens: number): Float64Array {
  const weights = new Float64Array(tokens * tags);
  for (let t = 0; t < tokens; t++)
    for (let k = 1; k < tags; k++)
      weights[t * tags + k] = random.uniform() < 0.4 ? ruledOut : random.uniform() < 0.3 ? -1.5 : 0;
  return weights;
}

/** At most so many paths, of four scores and five transitions each. */
const sums = { terms: tags ** 4 + 9, unit: FLOAT64 };

describe('partial CRF, against all paths', () => {
  for (const tokens of [1, 2, 4]) {
    it(`${tokens} tokens: loss of what is allowed`, () => {
      for (let round = 0; round < 10; round++) {
        const [scores, emissions, weights] = [bioScores(), draws(tokens * tags), someWeights(tokens)];
        let [all, allowed] = [0, 0];
        for (const path of allPaths(tokens)) {
          const whole = Math.exp(pathScore(path, emissions, scores));
          all += whole;
          allowed += whole * Math.exp(path.reduce((sum, k, t) => sum + weights[t * tags + k], 0));
        }
        const target = { weights, weight: 2, teacher: null, teacherWeight: 0 };
        const loss = partialLoss(emissions, scores, target, zeroGradients(tokens));
        assertClose(loss, -2 * Math.log(allowed / all), sums);
      }
    });

    it(`${tokens} tokens: expectations and the cross-entropy of a teacher`, () => {
      const [scores, emissions] = [bioScores(), draws(tokens * tags)];
      const [other, others, weights] = [bioScores(), draws(tokens * tags), someWeights(tokens)];
      const teacher = pathExpectations(others, other, weights);
      const logOf = (path: number[], e: Float64Array, s: CrfScores, w?: Float64Array): number =>
        pathScore(path, e, s) + (w ? path.reduce((sum, k, t) => sum + w[t * tags + k], 0) : 0);
      const paths = [...allPaths(tokens)];
      const total = (weigh: (path: number[]) => number): number =>
        Math.log(paths.reduce((sum, path) => sum + Math.exp(weigh(path)), 0));
      const [own, theirs] = [
        total((path) => logOf(path, emissions, scores)),
        total((path) => logOf(path, others, other, weights)),
      ];
      let entropy = 0;
      const unary = new Float64Array(tokens * tags);
      for (const path of paths) {
        const q = Math.exp(logOf(path, others, other, weights) - theirs);
        if (q > 0) entropy -= q * (logOf(path, emissions, scores) - own);
        path.forEach((k, t) => (unary[t * tags + k] += q));
      }
      assertClose(teacher.unary, unary, sums);
      const target = { weights: null, weight: 0, teacher, teacherWeight: 1 };
      const loss = partialLoss(emissions, scores, target, zeroGradients(tokens));
      assertClose(loss, entropy, sums);
    });

    it(`${tokens} tokens: the gradient is the slope`, () => {
      const [scores, emissions] = [bioScores(), draws(tokens * tags)];
      const teacher = pathExpectations(draws(tokens * tags), bioScores());
      const target: PathTarget = {
        ...{ weights: someWeights(tokens), weight: 1.5, teacher, teacherWeight: 0.5 },
      };
      const into = zeroGradients(tokens);
      partialLoss(emissions, scores, target, into);
      const slopes = { emissions, ...scores };
      for (const part of ['emissions', 'start', 'between', 'end'] as const)
        slopes[part].forEach((value, k) => {
          if (value < -100) return; // what is forbidden has no slope
          const lossAt = (delta: number): number => {
            slopes[part][k] = value + delta;
            const loss = partialLoss(emissions, scores, target, zeroGradients(tokens));
            slopes[part][k] = value;
            return loss;
          };
          const slope = (lossAt(1e-4) - lossAt(-1e-4)) / 2e-4;
          assert.ok(Math.abs(slope - into[part][k]) < 1e-5, `${part}[${k}]: ${slope}, ${into[part][k]}`);
        });
    });
  }

  it('is the loss of one path where all is known, and nothing where nothing is', () => {
    const [scores, emissions] = [bioScores(), draws(4 * tags)];
    const path = [1, 2, 0, 3];
    const weights = new Float64Array(4 * tags).fill(ruledOut);
    path.forEach((k, t) => (weights[t * tags + k] = 0));
    const known = { weights, weight: 1, teacher: null, teacherWeight: 0 };
    const [partial, full] = [zeroGradients(4), zeroGradients(4)];
    const loss = partialLoss(emissions, scores, known, partial);
    assertClose(loss, negativeLogLikelihood(path, emissions, scores, full), sums);
    for (const part of ['emissions', 'start', 'between', 'end'] as const)
      assertClose(partial[part], full[part], { ...sums, unit: FLOAT32 });
    const open = { ...known, weights: new Float64Array(4 * tags) };
    assert.equal(partialLoss(emissions, scores, open, zeroGradients(4)), 0);
  });
});
