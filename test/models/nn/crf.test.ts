import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CrfScores,
  constrained,
  lattice,
  negativeLogLikelihood,
  pathScore,
  runProbability,
  viterbi,
} from '../../../models/nn/crf';
import { Random } from '../../../models/random';
import { spansOfTags } from '../../../models/tags/bio';
import { TagSet } from '../../../models/tags/tagSet';
import { allowedTransitions, transitionPenalties } from '../../../models/tags/transitions';
import { assertClose, FLOAT64 } from '../../closeness';

const random = new Random(11);
const draws = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());
/** At most 5⁴ paths, of four scores and five transitions each. */
const close = (a: number, b: number, what: string): void =>
  assertClose(a, b, { terms: 5 ** 4 + 9, unit: FLOAT64 }, what);

function freeScores(tags: number): CrfScores {
  return { start: draws(tags), between: draws(tags * tags), end: draws(tags) };
}

const bio = new TagSet({ kind: 'span', labels: ['PER', 'LOC'] });

/** Scores that forbid ill-formed BIO. */
function bioScores(): CrfScores {
  const single = (count: number): Float32Array => Float32Array.from(draws(count));
  const trained = { start: single(5), between: single(25), end: single(5) };
  return constrained(trained, transitionPenalties(allowedTransitions(bio)));
}

/** Every sequence of `tokens` tags. */
function* allPaths(tokens: number, tags: number): Generator<number[]> {
  for (let code = 0; code < tags ** tokens; code++)
    yield Array.from({ length: tokens }, (_, t) => Math.floor(code / tags ** t) % tags);
}

function probabilities(emissions: Float64Array, scores: CrfScores): { path: number[]; p: number }[] {
  const tags = scores.start.length;
  const all = [...allPaths(emissions.length / tags, tags)].map((path) => ({
    path,
    weight: Math.exp(pathScore(path, emissions, scores)),
  }));
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return all.map(({ path, weight }) => ({ path, p: weight / total }));
}

describe('linear-chain CRF, against all paths', () => {
  for (const tokens of [1, 2, 4])
    for (const [name, make] of [
      ['free', () => freeScores(5)],
      ['BIO', bioScores],
    ] as const) {
      it(`${tokens} tokens, ${name}: partition, marginals, best path`, () => {
        const scores = make();
        const emissions = draws(tokens * 5);
        const paths = probabilities(emissions, scores);
        const { forward, backward, partition } = lattice(emissions, scores);
        const sum = paths.reduce(
          (total, { path }) => total + Math.exp(pathScore(path, emissions, scores)),
          0,
        );
        close(partition, Math.log(sum), 'partition');
        for (let at = 0; at < tokens * 5; at++) {
          const marginal = paths
            .filter(({ path }) => path[Math.floor(at / 5)] === at % 5)
            .reduce((total, { p }) => total + p, 0);
          close(Math.exp(forward[at] + backward[at] - partition), marginal, 'marginal');
        }
        const best = paths.reduce((a, b) => (b.p > a.p ? b : a));
        assert.deepEqual([...viterbi(emissions, scores)], best.path);
      });

      it(`${tokens} tokens, ${name}: the gradient is the slope`, () => {
        const scores = make();
        const emissions = draws(tokens * 5);
        const path = viterbi(draws(tokens * 5), scores);
        const zero = (count: number): Float32Array => new Float32Array(count);
        const into = { emissions: zero(tokens * 5), start: zero(5), between: zero(25), end: zero(5) };
        const scratch = {
          ...into,
          emissions: zero(tokens * 5),
          start: zero(5),
          between: zero(25),
          end: zero(5),
        };
        negativeLogLikelihood(path, emissions, scores, into);
        const slopes = { emissions, ...scores };
        for (const part of ['emissions', 'start', 'between', 'end'] as const)
          slopes[part].forEach((value, k) => {
            const lossAt = (delta: number): number => {
              slopes[part][k] = value + delta;
              const loss = negativeLogLikelihood(path, emissions, scores, scratch);
              slopes[part][k] = value;
              return loss;
            };
            const slope = (lossAt(1e-4) - lossAt(-1e-4)) / 2e-4;
            assert.ok(Math.abs(slope - into[part][k]) < 1e-5, `${part}[${k}]: ${slope}, ${into[part][k]}`);
          });
      });
    }

  it('gives each span the sum of the paths that hold it', () => {
    const scores = bioScores();
    const emissions = draws(4 * 5);
    const found = lattice(emissions, scores);
    const sums = new Map<string, number>();
    for (const { path, p } of probabilities(emissions, scores))
      for (const { start, end, label } of spansOfTags(bio.tagsOf(path)))
        sums.set(`${start} ${end} ${label}`, (sums.get(`${start} ${end} ${label}`) ?? 0) + p);
    for (let start = 0; start < 4; start++)
      for (let end = start + 1; end <= 4; end++)
        for (const label of ['PER', 'LOC']) {
          const inside = bio.indexOf(`I-${label}`);
          const tags = [bio.indexOf(`B-${label}`), ...Array<number>(end - start - 1).fill(inside)];
          const p = runProbability({ start, tags, continuation: inside }, emissions, scores, found);
          close(p, sums.get(`${start} ${end} ${label}`) ?? 0, `${label} ${start}-${end}`);
        }
  });
});
