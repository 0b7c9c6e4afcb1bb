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

  /** Where an abbreviation ends a sentence, and where it does not. */
  const abbreviations = [
    'He lives in the U.S. | They met at noon.',
    'I was born in the U.S.A. | My name is Mira.',
    'They are on St. James St. | Ask for Berg.',
    'The house is on Main St. | It is old.',
    'They live on 42nd St. | The house is old.',
    'Mira left Acme Inc. | She now works for Bellworks Co. | We know her.',
    'We met at 5 p.m. | I left.',
    'He has a Ph.D. | His wife has none.',
    'She moved to the U.K. | However, she came back.',
    'He came to the U.S. | In 1990 he left.',
    '“I live in the U.S.” | They laughed.',
    'He stayed (in the U.S.) | They left.',
    'The U.S. Army came.',
    'He met St. Mary there.',
    'In the U.S. Congress voted.',
    'We left at 5 p.m. on Friday.',
    'She asked Dr. Who about it.',
    'They saw Mt. St. Helens.',
    'Many birds, e.g. The Raven, speak.',
    'The band of George W. They sang.',
    'They live in Palo Alto, Calif. | Their house is old.',
    'It is in Sect. 4 of the law. | Then see § 5 Abs. 2 of it.',
    'Yahoo! Inc. is big. | We met at Yahoo! Mail on Monday.',
    'I use Yahoo! | It is old.',
    'They waited... | She left. | He slept… | Then it rang.',
    '“He left.” | “Why?” | “Nobody knows.”',
    '«Il part.» | «Oui.»',
    'Mira vino. | ¿Qué pasa? | ¡Hola!',
  ];
  for (const marked of abbreviations) it(`reads ${marked}`, () => check(marked));

  it('splits behind the stops of scripts that need no blanks', () => {
    assert.deepEqual(
      forms('彼は行った。彼女も「行く。」').map((sentence) => sentence.join('')),
      ['彼は行った。', '彼女も「行く。」'],
    );
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
