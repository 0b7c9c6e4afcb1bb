import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { score } from '../../../models/evaluation/score';
import { SpanScorer } from '../../../models/evaluation/spanScorer';
import { TagScorer } from '../../../models/evaluation/tagScorer';
import { Random } from '../../../models/random';
import { TagSet } from '../../../models/tags/tagSet';

const percent = (fraction: number): string => (100 * fraction).toFixed(2);

describe('score', () => {
  it('rounds to the figures of the example on the CoNLL-2000 page', () => {
    const { precision, recall, f1 } = score({ gold: 459, predicted: 539, correct: 371 });
    assert.deepEqual([precision, recall, f1].map(percent), ['68.83', '80.83', '74.35']);
  });

  it('is 0 for nothing', () => {
    const { precision, recall, f1 } = score({ gold: 0, predicted: 0, correct: 0 });
    assert.deepEqual([precision, recall, f1], [0, 0, 0]);
  });
});

describe('TagScorer', () => {
  it('counts words overall and by tag', () => {
    const scorer = new TagScorer();
    scorer.add(['NOUN', 'VERB', 'NOUN'], ['NOUN', 'NOUN', 'NOUN']);
    scorer.add(['VERB'], ['VERB']);
    assert.equal(scorer.accuracy, 0.75);
    const noun = scorer.byTag().get('NOUN');
    assert.deepEqual([noun?.gold, noun?.predicted, noun?.correct, noun?.recall], [2, 3, 2, 1]);
    assert.deepEqual([...scorer.byTag().keys()], ['NOUN', 'VERB']);
    assert.throws(() => scorer.add(['NOUN'], []), RangeError);
  });

  it('is 0 for no words', () => assert.equal(new TagScorer().accuracy, 0));
});

/** Gold and predicted tags of one text, a blank line between sentences, and the phrases conlleval reports. */
interface Case {
  readonly name: string;
  readonly gold: string;
  readonly predicted: string;
  readonly counts: [gold: number, predicted: number, correct: number];
}

describe('SpanScorer', () => {
  const cases: Case[] = [
    { name: 'agrees', gold: 'B-A I-A O', predicted: 'B-A I-A O', counts: [1, 1, 1] },
    { name: 'reads IOB1', gold: 'B-A I-A O', predicted: 'I-A I-A O', counts: [1, 1, 1] },
    { name: 'I- after O begins a span', gold: 'O B-A', predicted: 'O I-A', counts: [1, 1, 1] },
    { name: 'I- of another type begins a span', gold: 'B-A B-B', predicted: 'B-A I-B', counts: [2, 2, 2] },
    { name: 'B- splits', gold: 'B-A I-A', predicted: 'B-A B-A', counts: [1, 2, 0] },
    { name: 'too short', gold: 'B-A I-A O', predicted: 'B-A O O', counts: [1, 1, 0] },
    { name: 'too long', gold: 'B-A I-A O', predicted: 'B-A I-A I-A', counts: [1, 1, 0] },
    { name: 'wrong type', gold: 'B-A I-A', predicted: 'B-B I-B', counts: [1, 1, 0] },
    { name: 'type changes inside', gold: 'B-A I-A I-A', predicted: 'B-A I-B I-A', counts: [1, 3, 0] },
    { name: 'a span ends with the sentence', gold: 'I-A\n\nI-A', predicted: 'I-A\n\nI-A', counts: [2, 2, 2] },
    { name: 'nothing there', gold: 'O O', predicted: 'O O', counts: [0, 0, 0] },
    { name: 'all missed', gold: 'B-A B-B', predicted: 'O O', counts: [2, 0, 0] },
    { name: 'all invented', gold: 'O O', predicted: 'B-A B-B', counts: [0, 2, 0] },
  ];
  for (const { name, gold, predicted, counts } of cases) {
    it(name, () => {
      const scorer = new SpanScorer();
      const predictions = predicted.split('\n\n');
      gold.split('\n\n').forEach((tags, i) => scorer.addTags(tags.split(' '), predictions[i].split(' ')));
      const overall = scorer.overall();
      assert.deepEqual([overall.gold, overall.predicted, overall.correct], counts);
    });
  }

  it('counts by label', () => {
    const scorer = new SpanScorer();
    scorer.addTags(['B-LOC', 'O', 'B-PER', 'I-PER'], ['B-LOC', 'B-LOC', 'B-PER', 'O']);
    const [loc, per] = [scorer.byLabel().get('LOC'), scorer.byLabel().get('PER')];
    assert.deepEqual([loc?.precision, loc?.recall, per?.f1], [0.5, 1, 0]);
    assert.equal(scorer.overall().f1, 0.4);
  });

  it('counts as the streaming algorithm of conlleval on random tags', () => {
    const random = new Random(7);
    const tags = new TagSet({ kind: 'span', labels: ['A', 'B'] });
    const draw = (): string => tags.tagOf(random.below(tags.size));
    for (let round = 0; round < 300; round++) {
      const gold = Array.from({ length: random.below(15) }, draw);
      const predicted = gold.map((tag) => (random.below(3) ? tag : draw()));
      const scorer = new SpanScorer();
      scorer.addTags(gold, predicted);
      const overall = scorer.overall();
      assert.deepEqual([overall.gold, overall.predicted, overall.correct], streamingCounts(gold, predicted));
    }
  });
});

/** Chunk counts word by word: starts and ends at every change, a chunk right while both sides move together. */
function streamingCounts(gold: readonly string[], predicted: readonly string[]): number[] {
  const typeOf = (tag = 'O'): string => tag.slice(2);
  const starts = (before = 'O', tag = 'O'): boolean =>
    tag !== 'O' && (tag[0] === 'B' || typeOf(before) !== typeOf(tag));
  const ends = (before = 'O', tag = 'O'): boolean =>
    before !== 'O' && (tag === 'O' || tag[0] === 'B' || typeOf(before) !== typeOf(tag));
  const counts = [0, 0, 0];
  let right = false;
  for (let i = 0; i <= gold.length; i++) {
    const goldEnds = ends(gold[i - 1], gold[i]);
    const predictedEnds = ends(predicted[i - 1], predicted[i]);
    if (right && goldEnds && predictedEnds) counts[2]++;
    if (goldEnds || predictedEnds) right = false;
    const goldStarts = starts(gold[i - 1], gold[i]);
    const predictedStarts = starts(predicted[i - 1], predicted[i]);
    if (goldStarts) counts[0]++;
    if (predictedStarts) counts[1]++;
    if (goldStarts && predictedStarts && typeOf(gold[i]) === typeOf(predicted[i])) right = true;
  }
  return counts;
}
