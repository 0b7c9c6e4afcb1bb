import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../models/random';
import type { HeadTarget } from '../../../models/retraining/headTarget';
import { knownTarget } from '../../../models/retraining/knownTargets';
import { labelFrequency } from '../../../models/retraining/labelFrequency';
import type { KnownSentence } from '../../../models/retraining/layerKnowledge';
import { NegativeSample } from '../../../models/retraining/negativeSample';
import { ruledOut } from '../../../models/retraining/partialCrf';
import { TagSet } from '../../../models/tags/tagSet';
import { segment } from '../../../models/text/segmenter';

const tagSet = new TagSet({ kind: 'span', labels: ['GENE'] });

/** A sentence in which some of the words that begin with a capital letter are labelled. */
function known(
  text: string,
  labelled: readonly string[],
  changes: Partial<KnownSentence> = {},
): KnownSentence {
  const [sentence] = segment(text, 'plain');
  const { forms } = sentence.content;
  const span = (form: string) => ({
    start: forms.indexOf(form),
    end: forms.indexOf(form) + 1,
    label: 'GENE',
  });
  return {
    text: { name: 'a.txt', text, sentences: [sentence], labels: [], placeOf: () => '' },
    ...{ sentence, spans: labelled.map(span), rejected: [], reviewed: false, corrected: true, ...changes },
  };
}

describe('how much of what could have a label was labelled', () => {
  it('is told by words that are labelled here and left alone there', () => {
    const all = [known('We saw velA.', ['velA']), known('Here velA acts.', ['velA'])];
    const half = [...all, known('There velA rests.', [])];
    assert.equal(labelFrequency(all), 2 / 3);
    assert.equal(labelFrequency(half), 2 / 4);
    const many = Array.from({ length: 99 }, () => known('We saw velA.', ['velA']));
    assert.equal(labelFrequency(many), 0.99);
  });

  it('is a half where nothing tells, and reviewed sentences and rejections tell nothing', () => {
    assert.equal(labelFrequency([known('We saw velA.', ['velA'])]), 0.5);
    const velA = { start: 1, end: 2, label: 'GENE' };
    assert.equal(
      labelFrequency([
        known('We saw velA.', ['velA']),
        known('There velA rests.', [], { reviewed: true }),
        known('There velA rests.', [], { rejected: [velA] }),
      ]),
      0.5,
    );
  });
});

describe('guesses at words without a label', () => {
  const sentences = Array.from({ length: 40 }, () => known('We saw velA there and Nub2 here.', ['velA']));
  const makeTargets = () =>
    sentences.map((sentence) => knownTarget(sentence, tagSet, sentence.sentence.content.forms.length));
  const guesses = (targets: readonly HeadTarget[]): string =>
    targets
      .map(({ weights }) =>
        Array.from({ length: weights!.length / tagSet.size }, (_, row) =>
          weights![row * tagSet.size + tagSet.indexOf('B-GENE')] === ruledOut ? 'O' : '?',
        ).join(''),
      )
      .join(' ');

  it('are about a third of what is unknown, others each time', () => {
    const targets = makeTargets();
    const sample = new NegativeSample(targets, tagSet);
    const random = new Random(3);
    sample.draw(random);
    const first = guesses(targets);
    sample.draw(random);
    assert.notEqual(guesses(targets), first);
    const share = first.replace(/[^O]/g, '').length / first.replace(/ /g, '').length;
    assert.ok(share > 0.2 && share < 0.45, `${share}`);
  });

  it('leave what is known as it is', () => {
    const [targets, before] = [makeTargets(), makeTargets()];
    new NegativeSample(targets, tagSet).draw(new Random(3));
    targets.forEach(({ weights, open }, index) =>
      open.forEach((isOpen, row) => {
        const own = (all: Float64Array) => [...all.subarray(row * tagSet.size, (row + 1) * tagSet.size)];
        if (!isOpen) assert.deepEqual(own(weights!), own(before[index].weights!));
      }),
    );
  });

  it('are none in reviewed sentences, where all is known', () => {
    const reviewed = sentences.map((sentence) => ({ ...sentence, reviewed: true }));
    const make = () =>
      reviewed.map((sentence) => knownTarget(sentence, tagSet, sentence.sentence.content.forms.length));
    const targets = make();
    new NegativeSample(targets, tagSet).draw(new Random(3));
    assert.deepEqual(targets, make());
  });
});
