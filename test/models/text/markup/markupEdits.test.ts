import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../../models/random';
import { segment, Segmenter, type TextFormat } from '../../../../models/text/segmenter';
import type { Sentence } from '../../../../models/text/span';
import { randomEdit } from '../randomEdits';

const PLAIN = [
  '\n',
  '\n\n',
  '\r\n',
  '. A',
  'a',
  'é',
  '😀',
  '\ud83d',
  ' ',
  '  ',
  '    ',
  '\t',
  'word '.repeat(30),
  ',',
  '"',
  "'",
];

/** A text in each markup, and what random edits put into it. */
const SAMPLES: readonly (readonly [TextFormat, start: string, inserts: readonly string[]])[] = [
  [
    'latex',
    String.raw`\documentclass{article}
\title{Of bells}
\begin{document}
\section{The \emph{old} bell}
The bell\footnote{Of Uxcombe.} rang~twice, $x_i$ times. % comment
Jos\'e said ${'``'}no''.

\begin{tabular}{ll} a & b \\ c & d \end{tabular}
\begin{verbatim}
\emph{no}

\end{verbatim}
\end{document}
`,
    [
      '\\',
      '{',
      '}',
      '[',
      ']',
      '$',
      '$$',
      '%',
      '&',
      '~',
      '\\emph{',
      '\\label{',
      '\\begin{verbatim}',
      '\\end{verbatim}',
    ]
      .concat([
        '\\begin{document}',
        '\\end{document}',
        '\\newcommand{\\x}{',
        '\\item[',
        '\\\\',
        "\\'e",
        '\\(',
        '\\[',
        '\\verb|',
      ])
      .concat([
        '\\section{',
        '\\def\\x{',
        '\\begin{equation}',
        '\\begin',
        '\\end{',
        '\\documentclass',
        '\\c',
        '\\%',
      ]),
  ],
  [
    'restructuredtext',
    'Title\n=====\n\nThe *old* bell [1]_ rang::\n\n    no\n\n.. note:: Be\n   careful.\n\n.. code:: c\n\n   no\n\n- one\n- two\n\n+--+\n|a |\n+--+\n\n.. [1] note',
    [
      '.. ',
      '.. note:: ',
      '.. code:: c\n',
      '::',
      '::\n\n',
      '*',
      '**',
      '`',
      '``',
      ':ref:`',
      '_',
      '|',
      '+--+\n',
      '=== ===\n',
    ].concat(['====\n', '- ', '1. ', ':a: ', '>>> ', '\\', '   ', '[1]_', '<', '>', '__ ']),
  ],
  [
    'asciidoc',
    '= Title\n:a: b\n\nThe *old* bell `rang` {a}.\n\n[source]\n----\nno\n\nno\n----\n\n|===\n|a |b\n|===\n\nNOTE: Be careful.footnote:[x]\n\n* one\n** two',
    [
      '----\n',
      '....\n',
      '////\n',
      '|===\n',
      '====\n',
      '[source]\n',
      '[',
      ']',
      '|',
      '*',
      '_',
      '`',
      '#',
      '+',
      '{',
      '}',
      '<<',
      '>>',
    ].concat([
      '\n:a: ',
      '// ',
      '. ',
      '* ',
      'a:: ',
      '= ',
      '.T\n',
      'footnote:[',
      'https://a.org[',
      '\\',
      ' +\n',
      '```\n',
      '"`',
      '((',
    ]),
  ],
  [
    'org',
    '#+TITLE: Of\n* TODO The /old/ bell :x:\n:P:\nno\n\n:END:\n\nIt =rang= [[a][b]].[fn:1]\n\n#+begin_src c\nno\n\n#+end_src\n\n- one\n- t :: two\n\n| a | b |\n|---+---|',
    [
      '#+begin_src\n',
      '#+end_src\n',
      '#+begin_quote\n',
      ':P:\n',
      ':END:\n',
      '* ',
      '- ',
      '| ',
      '|-',
      '# ',
      ': ',
      '[[',
      ']]',
      '][',
    ].concat([
      '*',
      '/',
      '_',
      '=',
      '~',
      '+',
      '$',
      '$$',
      '\\(',
      '\\begin{a}\n',
      '\\end{a}\n',
      '[fn:1]',
      '[fn::',
      '<2020-01-01>',
      '{{{',
      '@@a:',
    ]),
  ],
];

const written = (sentences: readonly Sentence[]): string =>
  sentences.map(({ start, end, tokens }) => JSON.stringify({ start, end, tokens })).join('\n');

for (const [format, start, inserts] of SAMPLES)
  describe(`${format} that is edited`, () => {
    it('is read as it would be anew, in order and within its own text', () => {
      for (let seed = 0; seed < 4; seed++) {
        const random = new Random(seed);
        const segmenter = new Segmenter(format);
        let text = seed % 4 === 0 ? '' : start;
        for (let step = 0; step < 40; step++) {
          const sentences = segmenter.update(text);
          assert.equal(written(sentences), written(segment(text, format)), JSON.stringify(text));
          let at = 0;
          for (const { tokens } of sentences)
            for (const { start: from, end } of tokens) {
              assert.ok(at <= from && from < end && end <= text.length, JSON.stringify(text));
              at = end;
            }
          text = randomEdit(text, random, step % 3 ? inserts : PLAIN);
          if (random.below(20) === 0) text = text.repeat(2).slice(0, 3000);
        }
      }
    });

    it('is read in steps, also after some that were left off', () => {
      const random = new Random(5);
      const segmenter = new Segmenter(format);
      let text = start.repeat(4);
      for (let edit = 0; edit < 30; edit++) {
        const steps = segmenter.steps(text);
        let step = steps.next();
        for (let left = random.below(20); left > 0 && !step.done; left--) step = steps.next();
        if (step.done) assert.equal(written(step.value), written(segment(text, format)));
        text = randomEdit(text, random, inserts);
      }
      assert.equal(written(segmenter.update(text)), written(segment(text, format)));
    });

    it('shares the sentences that an edit leaves alone', () => {
      const text = 'One bell rang. It was old.\n\nTwo bells rang.\n\nThree bells rang.\n';
      const segmenter = new Segmenter(format);
      const before = segmenter.update(text);
      const after = segmenter.update(text.replace('Two', 'Twelve'));
      assert.equal(after[0], before[0]);
      assert.equal(after[3].content, before[3].content);
    });

    it('takes time in proportion to its length, whatever is open or nested in it', () => {
      for (const insert of [
        ...inserts,
        ...inserts.map((one) => `${one}x`),
        ...inserts.map((one) => `${one}\n\n`),
      ]) {
        const text = insert.repeat(Math.ceil(20_000 / insert.length));
        let least = Infinity;
        // What is quadratic and takes five seconds for 100,000 code units takes this; the first tries also compile.
        for (let left = 3; left > 0 && least > 200; left--) {
          const from = process.cpuUsage();
          segment(text, format);
          const { user, system } = process.cpuUsage(from);
          least = Math.min(least, (user + system) / 1000);
        }
        assert.ok(least < 200, JSON.stringify(insert));
      }
    });
  });
