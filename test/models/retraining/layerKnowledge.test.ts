import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Label, reviewedLayer } from '../../../models/annotations/label';
import { quoteAt } from '../../../models/annotations/quoteLabel';
import { knownTarget, setPrior } from '../../../models/retraining/knownTargets';
import { layerKnowledge } from '../../../models/retraining/layerKnowledge';
import { ruledOut } from '../../../models/retraining/partialCrf';
import type { RetrainingText } from '../../../models/retraining/retrainingText';
import type { LayerSpec } from '../../../models/tags/layer';
import { TagSet } from '../../../models/tags/tagSet';
import { segment } from '../../../models/text/segmenter';

const text = 'Ada Lovelace met Charles in London. Nobody wrote to Ada.';
const ner: LayerSpec = { name: 'ner', kind: 'span', labels: ['PER', 'LOC'] };

/** A label on words of the text, at their first place. */
function on(words: string, changes: Partial<Label> = {}): Label {
  const start = text.indexOf(words);
  const end = start + words.length;
  return {
    ...{ id: `${changes.layer ?? 'ner'} ${words} ${changes.label ?? ''}`, layer: 'ner', label: 'PER' },
    ...{ start, end, ...quoteAt(text, start, end) },
    ...{ state: 'confirmed', annotator: 'Test', time: '2026-01-01T00:00:00.000Z', ...changes },
  };
}

function read(...labels: Label[]): RetrainingText {
  const sentences = segment(text, 'plain');
  return { name: 'a.txt', text, sentences, labels, placeOf: ({ id }) => `a.jsonl:${id}` };
}

describe('what the labels of a layer say', () => {
  it('brings labels to tokens, sentence by sentence', () => {
    const { known, examples } = layerKnowledge(
      [read(on('Ada Lovelace'), on('London', { label: 'LOC', state: 'rejected' }))],
      ner,
    );
    assert.equal(known.length, 1);
    assert.deepEqual(known[0].spans, [{ start: 0, end: 2, label: 'PER' }]);
    assert.deepEqual(known[0].rejected, [{ start: 5, end: 6, label: 'LOC' }]);
    assert.deepEqual(examples, { PER: 1 });
    assert.equal(known[0].corrected, true);
  });

  it('tells suggestions that were only accepted from what a person had to say', () => {
    const { known } = layerKnowledge([read(on('Charles', { confidence: 0.8 }))], ner);
    assert.equal(known[0].corrected, false);
  });

  it('knows sentences that were reviewed, for all layers or for one', () => {
    const sentence = text.slice(text.indexOf('Nobody'));
    for (const [label, count] of [
      ['*', 1],
      ['ner', 1],
      ['pos', 0],
    ] as const) {
      const { known } = layerKnowledge([read(on(sentence, { layer: reviewedLayer, label }))], ner);
      assert.equal(known.length, count, label);
      if (count) assert.equal(known[0].reviewed, true);
    }
  });

  for (const [what, label, notice] of [
    ['cuts a word', on('Ada Love'), /cuts through a word \(a\.jsonl:ner Ada Love/],
    ['crosses sentences', on('London. Nobody'), /crosses the end of a sentence/],
    ['waits for review', on('Charles', { review: 'changed' }), /waits for review/],
    ['has a rival', on('Charles', { rivalOf: 'x' }), /waits for review/],
    ['is unknown', on('Charles', { label: 'ANIMAL' }), /“ANIMAL” is no label of the layer ner/],
  ] as const)
    it(`leaves out what ${what}, and says where`, () => {
      const { known, notices } = layerKnowledge([read(label)], ner);
      assert.equal(known.length, 0);
      assert.equal(notices.length, 1);
      assert.match(notices[0], notice);
    });

  it('takes the newest of labels that contradict each other', () => {
    const newer = on('Ada Lovelace', { label: 'LOC', time: '2026-02-01T00:00:00.000Z' });
    const { known, notices } = layerKnowledge([read(on('Lovelace'), newer)], ner);
    assert.deepEqual(known[0].spans, [{ start: 0, end: 2, label: 'LOC' }]);
    assert.match(notices[0], /a newer label contradicts it/);
  });

  it('labels words in token layers and whole sentences in sentence layers', () => {
    const pos: LayerSpec = { name: 'pos', kind: 'token', labels: ['NOUN', 'VERB'] };
    const words = read(
      on('met', { layer: 'pos', label: 'VERB' }),
      on('Ada Lovelace', { layer: 'pos', label: 'NOUN' }),
    );
    const { known, notices } = layerKnowledge([words], pos);
    assert.deepEqual(known[0].spans, [{ start: 2, end: 3, label: 'VERB' }]);
    assert.match(notices[0], /more than one word/);
    const tone: LayerSpec = { name: 'tone', kind: 'sentence', labels: ['dry'] };
    const first = text.slice(0, text.indexOf(' Nobody'));
    const whole = layerKnowledge([read(on(first, { layer: 'tone', label: 'dry' }))], tone);
    assert.deepEqual(whole.known[0].spans, [{ start: 0, end: 1, label: 'dry' }]);
  });
});

describe('what a head may learn of a sentence', () => {
  const tags = new TagSet(ner);
  const allowed = (weights: Float64Array, row: number): string[] =>
    tags.tags.filter((_, k) => weights[row * tags.size + k] !== ruledOut);

  it('leaves unlabelled words open, unless the sentence was reviewed', () => {
    const labels = [on('Ada Lovelace'), on('London', { label: 'LOC', state: 'rejected' })];
    const [open] = layerKnowledge([read(...labels)], ner).known;
    const target = knownTarget(open, tags, 8);
    assert.deepEqual(
      Array.from({ length: 8 }, (_, row) => allowed(target.weights!, row)),
      [
        ['B-PER'],
        ['I-PER'],
        ['O', 'B-PER', 'B-LOC', 'I-LOC'],
        tags.tags,
        tags.tags,
        ['O', 'B-PER', 'I-PER'],
        tags.tags,
        tags.tags,
      ],
    );
    const reviewed = knownTarget({ ...open, reviewed: true }, tags, 8);
    assert.deepEqual(allowed(reviewed.weights!, 3), ['O']);
    assert.deepEqual(allowed(reviewed.weights!, 1), ['I-PER']);
    setPrior([target, reviewed], tags, -2);
    assert.equal(target.weights![3 * tags.size + tags.indexOf('B-LOC')], -2);
    assert.equal(target.weights![0 * tags.size + tags.indexOf('B-PER')], 0);
    assert.equal(target.weights![5 * tags.size + tags.indexOf('B-LOC')], ruledOut);
    assert.equal(reviewed.weights![3 * tags.size + tags.indexOf('B-LOC')], ruledOut);
  });
});
