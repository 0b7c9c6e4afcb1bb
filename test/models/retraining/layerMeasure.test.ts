import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KnownSentence } from '../../../models/retraining/layerKnowledge';
import { LayerMeasure } from '../../../models/retraining/layerMeasure';
import { missingNotices } from '../../../models/retraining/missingNotices';
import type { LayerRecord } from '../../../models/retraining/runRecord';
import type { LayerPrediction } from '../../../models/taggers/prediction';
import type { LabelledSpan } from '../../../models/tags/bio';
import type { LayerSpec } from '../../../models/tags/layer';
import { segment } from '../../../models/text/segmenter';
import { assertClose, FLOAT64 } from '../../closeness';

const gene: LayerSpec = { name: 'gene', kind: 'span', labels: ['GENE'] };
const text = 'The gene velA acts on Nub2 in moths.';
const at = (token: number): LabelledSpan => ({ start: token, end: token + 1, label: 'GENE' });
/** velA and Nub2, and a word that is no gene. */
const [velA, nub2, moths] = [at(2), at(5), at(7)];

function known(reviewed: boolean, rejected: LabelledSpan[] = []): KnownSentence {
  const sentences = segment(text, 'plain');
  const own = { name: 'a.txt', text, sentences, labels: [], placeOf: () => '' };
  return {
    text: own,
    sentence: sentences[0],
    spans: [velA, nub2],
    rejected,
    reviewed,
    corrected: true,
  };
}

const says = (...spans: LabelledSpan[]): LayerPrediction => ({
  kind: 'span',
  spans: spans.map((span) => ({ ...span, probability: 0.75 })),
});

function measured(sentences: readonly KnownSentence[], prediction: LayerPrediction): LayerMeasure {
  const measure = new LayerMeasure('span');
  for (const sentence of sentences) measure.add(sentence, prediction);
  return measure;
}

const many = (count: number, sentence: KnownSentence): KnownSentence[] =>
  new Array<KnownSentence>(count).fill(sentence);

describe('what is measured of a span layer', () => {
  it('is recall alone where no sentence was reviewed: nothing could be wrong', () => {
    const { measure, score, labels, calibration, suggested, reviewed } = measured(
      many(30, known(false)),
      says(velA, moths),
    ).scores();
    assert.deepEqual([measure, score, calibration, suggested, reviewed], ['recall', 0.5, null, 60, 0]);
    assert.deepEqual(labels.GENE, {
      ...{ gold: 60, correct: 30, predicted: 0 },
      ...{ precision: null, recall: 0.5, f1: null },
    });
  });

  it('is F1 where enough sentences were reviewed, with precision from these', () => {
    const sentences = [...many(10, known(true)), ...many(20, known(false))];
    const { measure, score, labels, calibration } = measured(sentences, says(velA, moths)).scores();
    assert.deepEqual([measure, score], ['F1', 0.5]);
    assert.deepEqual(labels.GENE, {
      ...{ gold: 60, correct: 30, predicted: 20 },
      ...{ precision: 0.5, recall: 0.5, f1: 0.5 },
    });
    assert.equal(calibration?.error, 0.25);
  });

  it('equals conlleval where all sentences were reviewed', () => {
    const { labels } = measured(many(12, known(true)), says(velA, nub2, moths)).scores();
    assert.deepEqual([labels.GENE.precision, labels.GENE.recall], [2 / 3, 1]);
    assertClose(labels.GENE.f1!, 0.8, { terms: 2, unit: FLOAT64 });
  });

  it('counts nothing where nothing was predicted, and 0 of what was asked for', () => {
    const { score, labels } = measured(many(12, known(true)), says()).scores();
    assert.deepEqual([score, labels.GENE.precision, labels.GENE.recall, labels.GENE.f1], [0, null, 0, 0]);
  });

  it('shows a rejected suggestion among the confusions, reviewed or not', () => {
    const cells = measured([known(false, [moths])], says(velA, moths)).confusion();
    assert.deepEqual(
      cells.map(({ gold, predicted, count }) => [gold, predicted, count]),
      [
        ['GENE', 'GENE', 1],
        ['GENE', 'O', 1],
        ['O', 'GENE', 1],
      ],
    );
  });
});

describe('what is said to be missing', () => {
  const notices = (sentences: readonly KnownSentence[], isMeasured = true): string => {
    const after = isMeasured ? measured(sentences, says(velA, moths)).scores() : null;
    const record = { layer: gene, change: 'new', after } as LayerRecord;
    const knowledge = { layer: gene, known: sentences, examples: { GENE: 60 }, notices: [] };
    return missingNotices(knowledge, record).join(' ');
  };

  it('says that precision is unknown, and how many suggestions there are beside the labels', () => {
    assert.match(
      notices(many(30, known(false))),
      /^No sentence is marked as reviewed, so it is unknown how many gene suggestions are wrong, and recall alone is compared\. You labelled 60; the model suggests 60\.$/,
    );
    assert.match(
      notices([...many(3, known(true)), ...many(27, known(false))]),
      /^Only 3 of the 30 sentences to measure on are marked as reviewed/,
    );
  });

  it('says nothing of that where enough was reviewed, and what it means for learning where nothing was measured', () => {
    assert.equal(notices(many(30, known(true))), '');
    assert.match(notices(many(5, known(false)), false), /hardly learns which words have no label/);
    assert.equal(notices(many(5, known(true)), false), '');
  });
});
