import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from '../../../models/atOnce';
import { type Candidate, rankSentences } from '../../../models/activeLearning/rankSentences';
import { SentencePool } from '../../../models/activeLearning/sentencePool';
import { type SentenceDoubt } from '../../../models/activeLearning/sentenceDoubt';
import { strategies, worthOf } from '../../../models/activeLearning/strategy';
import { cosine } from '../../../models/similarity/nearestUses';
import { Random } from '../../../models/random';
import { assertClose } from '../../closeness';

const random = new Random(17);
const draw = (size: number): Float32Array => Float32Array.from({ length: size }, () => random.normal());

/** Topics of ten sentences each whose vectors are nearly equal; the first topics are worth most. */
function topics(count: number): Candidate[] {
  return Array.from({ length: count }, (_, topic) => {
    const middle = draw(16);
    return Array.from({ length: 10 }, (): Candidate => {
      const vector = middle.map((value) => value + 0.01 * random.normal());
      return { worth: 1 - topic / 100 - random.uniform() / 1000, vector };
    });
  }).flat();
}

describe('ranking sentences', () => {
  it('goes by worth alone where nothing else counts', () => {
    const candidates = topics(5);
    const ranked = rankSentences(candidates, { count: 50, density: 0, diversity: 0 });
    const worths = ranked.map((i) => candidates[i].worth);
    assert.deepEqual(
      worths,
      [...worths].sort((a, b) => b - a),
    );
    assert.equal(new Set(ranked).size, 50);
  });

  it('shows ten topics before it shows one of them twice', () => {
    const ranked = rankSentences(topics(10), { count: 10, density: 0 });
    assert.equal(new Set(ranked.map((i) => Math.floor(i / 10))).size, 10);
  });

  it('without diversity shows ten of the same', () => {
    const ranked = rankSentences(topics(10), { count: 10, density: 0, diversity: 0 });
    assert.deepEqual(new Set(ranked.map((i) => Math.floor(i / 10))), new Set([0]));
  });

  it('prefers what is common among equals', () => {
    const common = draw(16);
    const near = Array.from({ length: 20 }, () => ({
      worth: 0.5,
      vector: common.map((value) => value + 0.1 * random.normal()),
    }));
    const odd = { worth: 0.5, vector: common.map((value) => -value) };
    const ranked = rankSentences([odd, ...near], { count: 21, diversity: 0 });
    assert.equal(ranked.at(-1), 0);
  });

  it('ranks each once, the same every time, and copes with few, equal, empty and zero', () => {
    const candidates = topics(3);
    const all = rankSentences(candidates, { count: 1000 });
    assert.deepEqual(
      [...all].sort((a, b) => a - b),
      candidates.map((_, i) => i),
    );
    assert.deepEqual(rankSentences(candidates, { count: 1000 }), all);
    assert.deepEqual(rankSentences([], { count: 3 }), []);
    const nothing = { worth: 0, vector: new Float32Array(16) };
    assert.deepEqual(rankSentences([nothing, nothing, nothing], { count: 2 }), [0, 1]);
  });
});

describe('how common and how alike sentences are', () => {
  const vectors = Array.from({ length: 30 }, () => draw(8).map((value) => value + 1));
  const pool = atOnce(SentencePool.of(vectors));

  it('density is the mean cosine to all', () => {
    for (const [i, vector] of vectors.entries()) {
      const mean = vectors.reduce((sum, other) => sum + cosine(vector, other), 0) / vectors.length;
      assertClose(pool.densityOf(i), Math.max(0, mean), { terms: vector.length + vectors.length });
    }
  });

  it('likeness is 1 for the same and symmetric', () => {
    assertClose(pool.likeness(3, 3), 1, { terms: vectors[3].length });
    assert.equal(pool.likeness(3, 4), pool.likeness(4, 3));
  });
});

describe('strategies', () => {
  const doubt = (changes: Partial<SentenceDoubt>): SentenceDoubt => ({
    ...{ rows: 10, surprise: 1, entropy: 1, ratio: 0.5, wavering: null },
    ...changes,
  });
  const cases: readonly [(typeof strategies)[number], SentenceDoubt, SentenceDoubt][] = [
    ['uncertainty', doubt({ surprise: 2 }), doubt({})],
    ['uncertainty', doubt({ rows: 5 }), doubt({})],
    ['uncertainty', doubt({ rows: 6 }), doubt({ rows: 1, surprise: 0.5 })],
    ['entropy', doubt({ entropy: 2 }), doubt({ rows: 5 })],
    ['margin', doubt({ ratio: 0.9 }), doubt({ surprise: 9 })],
  ];
  for (const [strategy, more, less] of cases)
    it(`${strategy}: ${JSON.stringify(more)} before ${JSON.stringify(less)}`, () => {
      assert.ok(worthOf(strategy, more, random) > worthOf(strategy, less, random));
    });

  it('random is seeded and heeds nothing', () => {
    const draws = (seed: number): number[] => {
      const own = new Random(seed);
      return [1, 2, 3].map(() => worthOf('random', doubt({}), own));
    };
    assert.deepEqual(draws(1), draws(1));
    assert.notDeepEqual(draws(1), draws(2));
  });

  it('a sentence without words is worth nothing', () => {
    const empty = doubt({ rows: 0, surprise: 0, entropy: 0, ratio: 0 });
    for (const strategy of strategies.filter((name) => name !== 'random'))
      assert.equal(worthOf(strategy, empty, random), 0);
  });
});
