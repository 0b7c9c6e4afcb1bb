import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../../models/random';
import { segment, type TextFormat } from '../../../../models/text/segmenter';

/** What a markup does to words, and what it puts between paragraphs without showing it. */
const MARKUPS: Readonly<
  Partial<
    Record<TextFormat, { readonly marks: readonly [string, string][]; readonly hidden: readonly string[] }>
  >
> = {
  markdown: {
    marks: [
      ['*', '*'],
      ['**', '**'],
      ['[', '](http://a.org)'],
      ['==', '=='],
      ['[[Page|', ']]'],
    ],
    hidden: ['```\nno\n```', '<!-- no -->', '$$\nx\n$$', '<div>\n</div>'],
  },
  latex: {
    marks: [
      ['\\emph{', '}'],
      ['{\\bf ', '}'],
      ['\\textcolor{red}{', '}'],
      ['\\href{http://a.org}{', '}'],
    ],
    hidden: [
      '% no',
      '\\begin{verbatim}\nno\n\nno\n\\end{verbatim}',
      '\\[ x \\]',
      '\\newcommand{\\x}{no}',
      '\\vspace{2cm}',
    ],
  },
  restructuredtext: {
    marks: [
      ['*', '*'],
      ['**', '**'],
      ['`', ' <http://a.org>`_'],
      [':emphasis:`', '`'],
    ],
    hidden: ['.. no\n   no', '.. code:: c\n\n   no\n\n   no', '.. _x: http://a.org', '.. image:: a.png'],
  },
  asciidoc: {
    marks: [
      ['*', '*'],
      ['_', '_'],
      ['https://a.org[', ']'],
      ['<<x,', '>>'],
    ],
    hidden: ['// no', '----\nno\n\nno\n----', ':a: no', 'image::a.png[no]', '[[x]]'],
  },
  org: {
    marks: [
      ['*', '*'],
      ['/', '/'],
      ['[[http://a.org][', ']]'],
    ],
    hidden: ['# no', '#+begin_src c\nno\n\nno\n#+end_src', '#+OPTIONS: no', ':D:\nno\n:END:'],
  },
};

const WORDS =
  `Mira Olsen Oslo went saw the bell don't U.S. 3,400 kg 5pm “yes” café naïve 😀 Mr. Dale's rock'n'roll
  well-known e.g. http://b.org/x (twice) שלום 東京`.split(/\s+/u);

for (const [format, { marks, hidden }] of Object.entries(MARKUPS))
  it(`${format}: what is no markup reads as it would in plain text`, () => {
    const random = new Random(17);
    const pick = <T>(from: readonly T[]): T => from[random.below(from.length)];
    for (let round = 0; round < 60; round++) {
      const [marked, plain]: string[][] = [[], []];
      for (let i = 0; i < 3; i++) {
        const words = Array.from({ length: 4 + random.below(12) }, () => pick(WORDS));
        const end = pick(['.', '!', '?', ' .']);
        plain.push(words.join(' ') + end);
        const shown = words.map((word) => {
          const [open, close] = pick(marks);
          return random.below(4) === 0 && /^[\p{L}]+$/u.test(word) ? open + word + close : word;
        });
        marked.push(pick(hidden), shown.join(' ') + end);
      }
      const forms = (text: string, as: TextFormat): string[] =>
        segment(text, as).map(({ tokens }) => tokens.map(({ form }) => form).join(' '));
      assert.deepEqual(
        forms(marked.join('\n\n'), format as TextFormat),
        forms(plain.join('\n\n'), 'plain'),
        JSON.stringify(marked),
      );
    }
  });

describe('signs that are no markup', () => {
  for (const format of Object.keys(MARKUPS) as TextFormat[])
    it(`stay in ${format}`, () => {
      const text = 'It weighs 5 kg (about 11 lb), says Mira; "twice", 3 < 4 and 1 + 1 = 2.';
      const forms = (as: TextFormat): string[] => segment(text, as).flatMap(({ content }) => content.forms);
      assert.deepEqual(forms(format), forms('plain'));
    });
});
