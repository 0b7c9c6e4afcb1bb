import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { documentText } from '../../../models/data/conllu';
import { readConllu } from '../../../models/data/readConllu';
import { readTextFile } from '../../../models/data/textFile';
import { scoreRawText } from '../../../models/evaluation/scoreRawText';
import { segmentedConllu, segmentedTokens } from '../../../models/evaluation/segmentedText';
import { segment } from '../../../models/text/segmenter';

const root = path.join(__dirname, '..', '..', '..', '..');
const file = path.join(root, '..', 'shared', 'data', 'ud-ewt', 'dev.conllu');
const skip = existsSync(file) ? false : `${file} is absent`;

describe('segmentation of the English Web Treebank', () => {
  it('reaches the F1 that the training of the splitter reported on dev', { skip }, async () => {
    const gold = [...readConllu(await readTextFile(file), file)];
    const sentences = segment(documentText(gold), 'plain');
    const scores = scoreRawText(
      gold.map(segmentedConllu),
      sentences.map(({ tokens }) => segmentedTokens(tokens, [])),
    );
    assert.ok(scores.tokens.f1 > 0.996, `Tokens ${scores.tokens.f1}`);
    assert.ok(scores.words.f1 > 0.994, `Words ${scores.words.f1}`);
    assert.ok(scores.sentences.f1 > 0.89, `Sentences ${scores.sentences.f1}`);
  });
});
