import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConllu } from '../../../models/data/readConllu';
import { readTextFile } from '../../../models/data/textFile';
import { scoreRawText } from '../../../models/evaluation/scoreRawText';
import {
  segmentedConllu,
  segmentedTokens,
  type SegmentedSentence,
} from '../../../models/evaluation/segmentedText';
import { shared, unlessShared } from '../../shared';

/** Sentences by `|`, tokens by blanks; `don't=do+n't` is a multiword token; `a/NOUN` has a tag. */
function parse(text: string): SegmentedSentence[] {
  return text.split(' | ').map((sentence) =>
    sentence.split(' ').map((token) => {
      const [form, words = form] = token.split('=');
      return {
        form: form.split('/')[0],
        words: words.split('+').map((word) => ({ form: word.split('/')[0], tag: word.split('/')[1] ?? '_' })),
      };
    }),
  );
}

describe('scoreRawText', () => {
  // The number of right items, as conll18_ud_eval.py of the CoNLL 2018 shared task counts them.
  const cases: [gold: string, system: string, tokens: number, sentences: number, words: number][] = [
    ['so it goes .', 'so it goes .', 4, 1, 4],
    ['so it goes .', 'so itgoes .', 2, 1, 2],
    ['so it goes .', 'so it | goes .', 4, 0, 4],
    ['so it | goes .', 'so it | goes .', 4, 2, 4],
    ['so | it | goes', 'so | it goes', 3, 1, 3],
    ["I don't=do+n't know", "I don't=do+n't know", 3, 1, 4],
    ["I don't=do+n't know", "I do n't know", 2, 1, 4],
    ["I don't=do+n't know", "I don 't know", 2, 1, 2],
    ["I don't=do+n't know", "I don't know", 3, 1, 2],
    ["DON'T=Do+Not", "DON'T=do+n't", 1, 1, 1],
    ['uvwx=u+v+w+x yz', 'uv=u+v wxyz=w+x+yz', 0, 1, 5],
    ['uv=uv+q wx=w+x', 'u vw=uv+w x', 0, 1, 3],
    ['vamonos=vamos+nos al=a+el mar', 'vamo nos=nos+x al=a+el mar', 2, 1, 4],
    ['ab=b+a', 'ab=a+b', 1, 1, 1],
  ];
  for (const [gold, system, tokens, sentences, words] of cases) {
    it(`${gold}  ~  ${system}`, () => {
      const scores = scoreRawText(parse(gold), parse(system));
      assert.deepEqual(
        [scores.tokens.correct, scores.sentences.correct, scores.words.correct],
        [tokens, sentences, words],
      );
    });
  }

  it('scores tags on the aligned words', () => {
    const { words, upos } = scoreRawText(parse('a/X bc/Y d/Z e/Z'), parse('a/X b/Y c/Y d/Y e/Z'));
    assert.deepEqual([words.correct, upos.correct, upos.gold, upos.predicted], [3, 2, 4, 5]);
    assert.equal(upos.f1, 4 / 9);
  });

  it('ignores blanks inside tokens, but no other difference', () => {
    assert.equal(scoreRawText(parse('1\u00a0000 km'), parse('1 000 km')).tokens.correct, 1);
    assert.throws(() => scoreRawText(parse('a b c'), parse('a b x')), /"c" and "x"/);
    assert.equal(scoreRawText([], []).tokens.f1, 0);
  });

  it('takes joined tokens as one surface token', () => {
    const form = (
      text: string,
      joined = false,
    ): { form: string; start: number; end: number; joined: boolean } => ({
      form: text,
      start: 0,
      end: 0,
      joined,
    });
    const tokens = [form('I'), form('do'), form("n't", true)];
    assert.deepEqual(
      [segmentedTokens(tokens, ['PRON', 'AUX', 'PART'])],
      parse("I/PRON don't=do/AUX+n't/PART"),
    );
  });

  const path = ['ud-ewt', 'test.conllu'];
  it('gives 1 for a treebank against itself', { skip: unlessShared(...path) }, async () => {
    const gold = Array.from(readConllu(await readTextFile(join(shared, ...path))), segmentedConllu);
    const scores = scoreRawText(gold, gold);
    assert.deepEqual([scores.tokens.f1, scores.sentences.f1, scores.words.f1, scores.upos.f1], [1, 1, 1, 1]);
    assert.deepEqual([scores.sentences.gold, scores.words.gold], [2077, 25094]);
  });
});
