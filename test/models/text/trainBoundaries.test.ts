import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BoundaryClassifier, type BoundaryWeights } from '../../../models/text/boundaryClassifier';
import { splitSentences } from '../../../models/text/sentenceSplitter';
import { tokenize } from '../../../models/text/tokenizer';
import { trainBoundaries, type SplitParagraph } from '../../../models/text/trainBoundaries';

/** Bars stand at the ends of sentences. */
function paragraph(marked: string): SplitParagraph {
  const parts = marked.split('|');
  const ends = parts.map(
    (_, i) =>
      parts
        .slice(0, i + 1)
        .join('')
        .trimEnd().length,
  );
  return { text: parts.join(''), ends: new Set(ends) };
}

const PARAGRAPHS = [
  'the bell rang | it was old | it cracked',
  'it rang again | it stopped',
  'nobody knew it | it was the frost',
].map(paragraph);
const OPTIONS = { seed: 3, epochs: 20, rate: 0.1, dropout: 0.2, threshold: 0 };

describe('trainBoundaries', () => {
  const weights = trainBoundaries(PARAGRAPHS, OPTIONS);

  it('learns where sentences end', () => {
    for (const { text, ends } of PARAGRAPHS) {
      const found = splitSentences(tokenize(text), new BoundaryClassifier(weights)).map(
        (tokens) => tokens.at(-1)?.end,
      );
      assert.deepEqual(new Set(found), ends);
    }
  });

  it('gives the same weights for the same seed', () => {
    assert.deepEqual(trainBoundaries(PARAGRAPHS, OPTIONS), weights);
    assert.notEqual(trainBoundaries(PARAGRAPHS, { ...OPTIONS, seed: 4 }).weights, weights.weights);
  });

  it('refuses weights of other features', () => {
    for (const wrong of [{ bits: 12 }, { version: 2 }, { format: 'other' }]) {
      assert.throws(() => new BoundaryClassifier({ ...weights, ...wrong } as BoundaryWeights), RangeError);
    }
  });
});
