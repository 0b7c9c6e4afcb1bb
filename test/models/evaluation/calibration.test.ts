import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnExamples } from '../../../models/data/taggedExample';
import { Calibration } from '../../../models/evaluation/calibration';
import { evaluateCalibration } from '../../../models/evaluation/evaluateCalibration';
import { RememberingTagger } from '../../../models/evaluation/rememberingTagger';
import type { SentencePrediction, SentenceTagger, SpanPrediction } from '../../../models/taggers/prediction';
import { assertClose, FLOAT64 } from '../../closeness';
import { lexiconTagger } from '../../server/features/lexiconTagger';

/** Four numbers in three bins at most. */
const near = (actual: number, expected: number): void =>
  assertClose(actual, expected, { terms: 7, unit: FLOAT64 });

describe('Calibration', () => {
  const cases: [
    name: string,
    bins: number,
    added: [probability: number, isRight: boolean][],
    error: number,
  ][] = [
    ['nothing', 15, [], 0],
    ['sure and right', 15, [[1, true]], 0],
    ['sure and wrong', 15, [[1, false]], 1],
    ['one right in two at 0.5', 10, [[0.5, true], [0.5, false]], 0], // prettier-ignore
    // Bin (0.8, 0.9]: mean 0.85, right 1 of 2: gap 0.35, half of all. Bin (0.1, 0.2]: 0.2, none: gap 0.2.
    ['two bins', 10, [[0.82, true], [0.88, false], [0.2, false], [0.2, false]], 0.275], // prettier-ignore
    // A probability on the border belongs to the bin below: 0.2 and 0.15 share one, 0.25 does not.
    ['a border', 10, [[0.2, true], [0.15, false], [0.25, false]], (0.65 + 0.25) / 3], // prettier-ignore
    ['zero', 15, [[0, false]], 0],
  ];
  for (const [name, bins, added, error] of cases)
    it(`${name}: ${error.toFixed(3)}`, () => {
      const calibration = new Calibration(bins);
      for (const [probability, isRight] of added) calibration.add(probability, isRight);
      near(calibration.error, error);
      assert.equal(calibration.count, added.length);
    });

  it('tells what is in each bin', () => {
    const calibration = new Calibration(2);
    for (const [probability, isRight] of [
      [0.6, true],
      [0.8, false],
      [0.8, true],
    ] as const)
      // prettier-ignore
      calibration.add(probability, isRight);
    const [low, high] = calibration.bins();
    assert.deepEqual(low, { count: 0, confidence: 0, accuracy: 0 });
    assert.equal(high.count, 3);
    near(high.confidence, 2.2 / 3);
    near(high.accuracy, 2 / 3);
  });
});

/** Says of every sentence the same. */
function fixedTagger(prediction: SentencePrediction): SentenceTagger {
  return {
    modelId: 'fixed',
    layers: [],
    tag: (sentences) => Promise.resolve(sentences.map(() => prediction)),
    dispose: () => undefined,
  };
}

describe('evaluateCalibration', () => {
  it('counts every word of a token layer', async () => {
    const tags = [
      { label: 'NOUN', probability: 0.9, runnerUp: null },
      { label: 'VERB', probability: 0.6, runnerUp: null },
    ];
    const tagger = fixedTagger({ pos: { kind: 'token', tags } });
    const examples = columnExamples('a\tNOUN\nb\tNOUN\n', 'token');
    const calibration = await evaluateCalibration(tagger, 'pos', examples);
    near(calibration.error, (0.1 + 0.6) / 2);
  });

  it('counts every predicted span, right only with its borders and label', async () => {
    const span = (start: number, end: number, label: string, probability: number): SpanPrediction => ({
      start,
      end,
      label,
      probability,
    });
    const spans = [span(0, 1, 'PER', 0.95), span(2, 3, 'LOC', 0.85), span(3, 4, 'PER', 0.7)];
    const tagger = fixedTagger({ ner: { kind: 'span', spans } });
    const examples = columnExamples('a\tB-PER\nb\tO\nc\tB-LOC\nd\tI-LOC\ne\tB-PER\n', 'span');
    const calibration = await evaluateCalibration(tagger, 'ner', examples);
    near(calibration.error, (0.05 + 0.85 + 0.7) / 3);
  });
});

describe('RememberingTagger', () => {
  it('says what the tagger inside says, and asks it once for each sentence', async () => {
    const inner = lexiconTagger();
    let asked = 0;
    const counting: SentenceTagger = {
      modelId: inner.modelId,
      layers: inner.layers,
      tag: (sentences, options) => {
        asked += sentences.length;
        return inner.tag(sentences, options);
      },
      dispose: () => inner.dispose(),
    };
    const tagger = new RememberingTagger(counting);
    const sentences = [['Ada', 'met', 'Ada'], ['London'], ['Ada', 'met', 'Ada'], []];
    for (const layers of [['pos'], ['ner'], undefined]) {
      const expected = await inner.tag(sentences, { layers });
      for (let time = 0; time < 2; time++)
        assert.deepEqual(await tagger.tag(sentences, { layers }), expected);
    }
    assert.equal(asked, 9); // three different sentences, three choices of layers
  });
});
