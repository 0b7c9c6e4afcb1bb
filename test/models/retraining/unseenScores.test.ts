import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../models/random';
import type { KnownSentence } from '../../../models/retraining/layerKnowledge';
import { UnseenScores } from '../../../models/retraining/unseenScores';
import { TagSet } from '../../../models/tags/tagSet';
import { segment } from '../../../models/text/segmenter';

const tagSet = new TagSet({ kind: 'token', labels: ['NOUN', 'VERB', 'X'] });
const text = 'Fish sleep.';
const [sentence] = segment(text, 'plain');

/** Scores of words whose tag was drawn by half of them: a head that is twice too sure. */
function tooSure(words: number): UnseenScores {
  const random = new Random(6);
  const unseen = new UnseenScores();
  for (let word = 0; word < words; word++) {
    const scores = Float32Array.from({ length: 3 * tagSet.size }, () => 4 * random.normal());
    const weights = [0, 1, 2].map((k) => Math.exp(scores[k] / 2));
    let left = random.uniform() * weights.reduce((a, b) => a + b);
    const drawn = weights.findIndex((weight) => (left -= weight) <= 0);
    const known: KnownSentence = {
      text: { name: 'a.txt', text, sentences: [sentence], labels: [], placeOf: () => '' },
      ...{ sentence, rejected: [], reviewed: false, corrected: true },
      spans: [{ start: 0, end: 1, label: tagSet.tagOf(Math.max(0, drawn)) }],
    };
    unseen.add({ tagSet, crfScores: () => null }, [known], [scores]);
  }
  return unseen;
}

describe('the temperature after a retraining', () => {
  it('is fitted for a new layer', () => {
    const { before, temperature, predictions, fitted } = tooSure(600).fit(null);
    assert.deepEqual([before, predictions, fitted], [1, 600, true]);
    assert.ok(temperature > 1.7 && temperature < 2.2, `${temperature}`);
  });

  it('moves little where the layer is known and predictions are few', () => {
    const { temperature, fitted } = tooSure(60).fit(1.25);
    assert.ok(fitted && temperature >= 1.25 && temperature < 1.5, `${temperature}`);
  });

  it('stays where there is hardly anything to fit it on', () => {
    assert.deepEqual(tooSure(29).fit(1.25), {
      ...{ before: 1.25, temperature: 1.25, predictions: 29, fitted: false },
    });
    assert.deepEqual(new UnseenScores().fit(null), {
      ...{ before: 1, temperature: 1, predictions: 0, fitted: false },
    });
  });

  it('makes probabilities more honest on sentences that it was not fitted on', () => {
    const unseen = tooSure(600);
    const error = (refitted: boolean): number => {
      const measure = refitted ? unseen.measureRefitted('token', null) : unseen.measure('token', 1);
      return measure.scores().calibration!.error;
    };
    assert.ok(error(true) < error(false) / 2, `${error(true)} and ${error(false)}`);
    assert.equal(unseen.measureRefitted('token', null).score, unseen.measure('token', 1).score);
  });
});
