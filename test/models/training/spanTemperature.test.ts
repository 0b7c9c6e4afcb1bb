import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { constrained, cooled, type CrfScores, pathScore, viterbi } from '../../../models/nn/crf';
import { Random } from '../../../models/random';
import { TagSet } from '../../../models/tags/tagSet';
import { allowedTransitions, transitionPenalties } from '../../../models/tags/transitions';
import { fitSpanTemperature } from '../../../models/training/spanTemperature';

const tagSet = new TagSet({ kind: 'span', labels: ['X'] });
const tags = tagSet.size;
const penalties = transitionPenalties(allowedTransitions(tagSet));
const scores = constrained(
  {
    start: new Float32Array(tags),
    between: Float32Array.from({ length: tags * tags }, (_, k) => (k % 4) / 2),
    end: new Float32Array(tags),
  },
  penalties,
);

const tokens = 4;
const paths = Array.from({ length: tags ** tokens }, (_, k) =>
  Array.from({ length: tokens }, (_unused, t) => Math.floor(k / tags ** t) % tags),
);

/** A path drawn from the distribution that the scores stand for, out of all there are. */
function drawPath(emissions: Float32Array, crf: CrfScores, random: Random): number[] {
  const weights = paths.map((path) => Math.exp(pathScore(path, emissions, crf)));
  let left = random.uniform() * weights.reduce((a, b) => a + b);
  return paths.find((_, k) => (left -= weights[k]) <= 0) ?? paths[0];
}

describe('the temperature of a span layer', () => {
  it('finds by how much the scores were too large', () => {
    const random = new Random(3);
    const emissions = Array.from({ length: 3000 }, () =>
      Float32Array.from({ length: tokens * tags }, () => 2 * random.normal()),
    );
    const labels = emissions.map((own) => tagSet.tagsOf(drawPath(own, scores, random)));
    for (const factor of [1, 2]) {
      const larger = emissions.map((own) => own.map((score) => score * factor));
      const fitted = fitSpanTemperature(tagSet, cooled(scores, 1 / factor), larger, labels);
      assert.ok(Math.abs(fitted / factor - 1) < 0.1, `${fitted}`);
    }
  });

  it('leaves the best path as it is', () => {
    const random = new Random(4);
    for (let time = 0; time < 200; time++) {
      const emissions = Float32Array.from({ length: tokens * tags }, () => random.normal());
      const divided = emissions.map((score) => score / 1.7);
      assert.deepEqual(viterbi(divided, cooled(scores, 1.7)), viterbi(emissions, scores));
    }
  });
});
