import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConllu } from '../../../models/data/readConllu';
import { columnExamples } from '../../../models/data/taggedExample';
import { InputError } from '../../../models/errors';
import { evaluateLayer } from '../../../models/evaluation/evaluateLayer';
import { evaluateRawText } from '../../../models/evaluation/evaluateRawText';
import { lexiconTagger } from '../../server/features/lexiconTagger';

describe('evaluateLayer', () => {
  it('scores a token layer by word', async () => {
    const examples = columnExamples('Ada\tPROPN\nmet\tVERB\nhim\tPRON\n\nLondon\tPROPN\n', 'token');
    const progress: number[] = [];
    const scores = await evaluateLayer(lexiconTagger(), 'pos', examples, {
      onProgress: (n) => progress.push(n),
    });
    assert.equal(scores.kind === 'token' && scores.scorer.accuracy, 0.75);
    assert.deepEqual(progress, [2]);
  });

  it('scores a span layer by span', async () => {
    const examples = columnExamples('Ada\tB-PER\nmet\tO\nLondon\tB-PER\n\nRome\tB-LOC\n', 'span');
    const scores = await evaluateLayer(lexiconTagger(), 'ner', examples);
    assert.ok(scores.kind === 'span');
    const { gold, predicted, correct } = scores.scorer.overall();
    assert.deepEqual([gold, predicted, correct], [3, 2, 1]);
  });

  it('hands over many sentences in chunks', async () => {
    const progress: number[] = [];
    const examples = columnExamples('Ada\tPROPN\n\n'.repeat(2500), 'token');
    await evaluateLayer(lexiconTagger(), 'pos', examples, { onProgress: (n) => progress.push(n) });
    assert.deepEqual(progress, [1000, 2000, 2500]);
  });

  it('refuses a layer that the model has not', async () => {
    await assert.rejects(evaluateLayer(lexiconTagger(), 'sense', []), RangeError);
  });
});

/** A CoNLL-U sentence of `form/UPOS` words; a leading `~` glues a word to the one before. */
function conllu(text: string, words: string): string {
  const rows = words.split(' ').map((word, i, all) => {
    const [form, upos] = word.replace(/^~/, '').split('/');
    const misc = all[i + 1]?.startsWith('~') ? 'SpaceAfter=No' : '_';
    return [i + 1, form, '_', upos, '_', '_', '_', '_', '_', misc].join('\t');
  });
  return `# text = ${text}\n${rows.join('\n')}\n\n`;
}

describe('evaluateRawText', () => {
  it('scores our own segmentation and tags against the gold ones', async () => {
    const gold = [
      ...readConllu(
        conllu('Ada met Ada.', 'Ada/PROPN met/VERB Ada/PROPN ~./PUNCT') +
          conllu('London saw it-all.', 'London/PROPN saw/NOUN it-all/NOUN ~./PUNCT'),
      ),
    ];
    const { tokens, sentences, words, upos } = await evaluateRawText(lexiconTagger(), 'pos', gold);
    assert.deepEqual([sentences.gold, sentences.correct], [2, 2]);
    assert.deepEqual([tokens.gold, tokens.correct], [8, 7]);
    assert.deepEqual([words.gold, words.correct], [8, 7]);
    assert.equal(upos.correct, 6);
  });

  it('refuses a text that is not that of its tokens', async () => {
    const gold = [...readConllu(`\n${conllu('Ada left.', 'Ada/PROPN met/VERB ~./PUNCT')}`)];
    await assert.rejects(
      evaluateRawText(lexiconTagger(), 'pos', gold, { file: 'x.conllu' }),
      (error) => error instanceof InputError && error.format().startsWith('x.conllu:2: '),
    );
  });
});
