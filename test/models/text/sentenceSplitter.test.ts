import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitSentences } from '../../../models/text/sentenceSplitter';
import { tokenize } from '../../../models/text/tokenizer';

/** Splits the text at its bars and expects the sentences to end exactly there. */
function check(marked: string): void {
  const parts = marked.split('|').map((part) => part.trim());
  const text = parts.join(' ');
  const found = splitSentences(tokenize(text)).map((tokens) =>
    text.slice(tokens[0].start, tokens[tokens.length - 1].end),
  );
  assert.deepEqual(found, parts);
}

const forms = (text: string): string[][] =>
  splitSentences(tokenize(text)).map((tokens) => tokens.map(({ form }) => form));

describe('splitSentences', () => {
  it('splits news', () => {
    check(
      'The council met on Monday. | It voted 5 to 4 to mend the bell, Mr. Dale said. | Work begins in May.',
    );
    check('Shares of Bellworks Inc. rose 3.5% to $12.40. | The U.S. market fell.');
    check('Dr. A. B. Hart of St. Anne spoke at 10 a.m. on Friday. | No one else did.');
    check('The report (see Fig. 3) names J. Dale, R. Hart, et al. | It runs to 40 pages.');
  });

  it('splits fiction with dialogue', () => {
    check('“Stop!” he cried. | “I won’t go.” | She turned. | “Why not?” she asked, and waited.');
    check('"It was you," said Mrs. Dale. | "Who else has the key?"');
    check('He rang... and rang. | Nobody came.');
  });

  it('splits mail and the web', () => {
    check('thanks for the bell!! | it looks great :) | See you soon');
    check('Have you seen http://bell.org/a.b? | I have.');
    check("The food was great! | The service wasn't.");
    check('It rang! 🔔 | Nobody came. :( | We waited.');
  });

  it('never splits inside words, addresses, numbers and initials', () => {
    for (const text of ['J. K. Hart', 'www.bell.org', '3.14', 'e.g. this', 'Mr. Bell', "don't", 'a.m.']) {
      assert.equal(splitSentences(tokenize(text)).length, 1, text);
    }
  });

  it('takes the last period of a sentence off its abbreviation', () => {
    assert.deepEqual(forms('We ring at 5 p.m.'), [['We', 'ring', 'at', '5', 'p.m', '.']]);
    assert.deepEqual(forms('(bells, ropes, etc.)'), [['(', 'bells', ',', 'ropes', ',', 'etc', '.', ')']]);
    assert.deepEqual(forms('Mr. Dale rang.'), [['Mr.', 'Dale', 'rang', '.']]);
  });

  it('gives every token to one sentence', () => {
    assert.deepEqual(splitSentences([]), []);
    const tokens = tokenize('a. B c! :-) "D?" e - f: G');
    assert.deepEqual(splitSentences(tokens).flat(), tokens);
  });
});
