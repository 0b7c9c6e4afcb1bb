import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TextFormat } from '../../../../models/text/segmenter';
import { shown } from './shown';

type Case = readonly [name: string, text: string, sentences: readonly string[]];

const CASES: Readonly<Partial<Record<TextFormat, readonly Case[]>>> = {
  restructuredtext: [
    ['takes an initial for no mark of a list', 'A. Berg left.', ['A. Berg left .']],
    [
      'parts titles',
      'The *old* bell\n==============\n\n####\nUse\n####\n\nIt rang.',
      ['The old bell', 'Use', 'It rang .'],
    ],
    [
      'reads emphasis, links and references, and masks code',
      'Mira went to **Oslo** and saw ``x = 1`` with `the bell <http://a.org>`_ and Otto_.',
      ['Mira went to Oslo and saw with the bell and Otto .'],
    ],
    [
      'reads roles that show words',
      'See :ref:`the tower <x>` of :emphasis:`Otto` and :term:`bells`, :ref:`key` :math:`x` :py:func:`f` [1]_ |sub|.',
      ['See the tower of Otto and bells , .'],
    ],
    [
      'reads notes',
      '.. note:: Be careful\n   with Otto.\n\n   Twice.',
      ['Be careful with Otto .', 'Twice .'],
    ],
    [
      'masks directives of code with all of their paragraphs',
      '.. code-block:: python\n   :linenos:\n\n   print("no")\n\n   more\n\nShe left.',
      ['She left .'],
    ],
    [
      'reads captions',
      '.. figure:: bell.png\n   :width: 3\n\n   The old bell.\n\n.. image:: x.png',
      ['The old bell .'],
    ],
    [
      'reads titles of directives',
      '.. admonition:: Of bells\n   :class: x\n\n   They ring.',
      ['Of bells', 'They ring .'],
    ],
    [
      'masks comments and targets, and reads footnotes',
      '.. on Berlin\n   and Rome\n\n.. _target: http://a.org\n.. [1] A note on Bergen.\n.. [#n] Another.',
      ['A note on Bergen .', 'Another .'],
    ],
    [
      'masks literal blocks',
      'She said::\n\n    no\n\n    no\n\nAgain ::\n\n  no\n\n::\n\n  no\n\nEnd.',
      ['She said :', 'Again', 'End .'],
    ],
    [
      'masks literal blocks in items',
      '1. one\n2. two::\n\n      no\n\n   after\n\n- three\n  wrapped\n- four',
      ['one', 'two :', 'after', 'three wrapped', 'four'],
    ],
    [
      'reads fields and definitions',
      ':Author: Otto Berg\n:Date: today\n\nterm\n  what it is',
      ['Otto Berg', 'today', 'term', 'what it is'],
    ],
    ['reads lines of verse', '| line one\n| line two', ['line one', 'line two']],
    [
      'reads tables',
      '+-----+------+\n| Ann | Oslo |\n+=====+======+\n| Bo  | Rome |\n+-----+------+\n\n=====  =====\nName   City\n=====  =====\nMira   Oslo\n=====  =====',
      ['Ann', 'Oslo', 'Bo', 'Rome', 'Name', 'City', 'Mira', 'Oslo'],
    ],
    [
      'reads tables of lists and of values',
      '.. list-table:: Of bells\n   :header-rows: 1\n\n   * - Name\n     - City\n   * - Mira\n       Olsen\n     - Oslo\n\n.. csv-table::\n\n   "Ann", "old, big"\n   "Bo", "Bergen"',
      ['Of bells', 'Name', 'City', 'Mira Olsen', 'Oslo', 'Ann', 'old , big', 'Bo', 'Bergen'],
    ],
    [
      'masks names of options',
      '-a, --all   Show all\n--file=FILE  Take it\n/V  Say more\n\n- one',
      ['Show all', 'Take it', 'Say more', 'one'],
    ],
    ['masks sessions', '>>> print(1)\n1\n\nEnd.', ['End .']],
    ['reads escapes', 'A \\*star\\* and un\\ broken.', ['A *{\\*} star *{\\*} and unbroken{un\\ broken} .']],
    [
      'leaves signs alone',
      'a * b, 2 | 3, snake_case_word and x_1',
      ['a * b , 2 | 3 , snake_case_word and x_1'],
    ],
  ],
  asciidoc: [
    ['takes an initial for no mark of a list', 'A. Berg left.', ['A. Berg left .']],
    [
      'reads titles, and masks attributes and comments',
      '= Of Bells\n:toc: left\n\n== The _old_ bell\n\n// no\nIt rang.',
      ['Of Bells', 'The old bell', 'It rang .'],
    ],
    [
      'reads emphasis, links and references, and masks code',
      'Mira went to *Oslo* and saw `x = 1` at https://a.org/x[the bell^], link:b.html[there], <<id,the tower>> and <<id>> {attr}.',
      ['Mira went to Oslo and saw at the bell , there , the tower and .'],
    ],
    [
      'reads links whose address is an attribute',
      'See {uri-docs}/x[the manual], {uri}[hosted here] or {x}.',
      ['See the manual , hosted here or .'],
    ],
    [
      'masks code',
      '[source,ruby]\n----\nputs 1\n\nputs 2\n----\n\n....\nno\n....\n\n```js\nno\n```\nEnd.',
      ['End .'],
    ],
    [
      'masks comments and formulas',
      '////\nno\n\nno\n////\n\n[stem]\n++++\nx\n++++\n\nEnd stem:[x^2].',
      ['End .'],
    ],
    [
      'reads captions and masks macros',
      '.The old bell\nimage::bell.png[Alt]\n\ninclude::x.adoc[]\n\nEnd.',
      ['The old bell', 'End .'],
    ],
    ['masks the label of a warning', 'NOTE: Be careful with Otto.', ['Be careful with Otto .']],
    [
      'parts items',
      '* one\n** two\n  wrapped\n. [x] three\n\nterm:: what it is',
      ['one', 'two wrapped', 'three', 'term', 'what it is'],
    ],
    [
      'parts cells',
      '[cols="1,1"]\n|===\n|Name |City\n\n|Mira\n2+|Oslo\n|===\nEnd.',
      ['Name', 'City', 'Mira', 'Oslo', 'End .'],
    ],
    [
      'parts values',
      ',===\nMira,Oslo\nBo,Rome\n,===\n\n:===\nAnn:Bergen\n:===',
      ['Mira', 'Oslo', 'Bo', 'Rome', 'Ann', 'Bergen'],
    ],
    [
      'reads footnotes apart',
      'She left.footnote:[For *Bergen*.] He stayed.',
      ['She left .', 'For Bergen .', 'He stayed .'],
    ],
    [
      'reads examples, quotations and sidebars',
      '====\nOne.\n====\n\n[quote, Ann]\n____\nTwo.\n____\n\n--\nThree.\n--',
      ['One .', 'Two .', 'Three .'],
    ],
    ['masks literal paragraphs', 'One.\n\n no\n no\n\n[listing]\nno\nno\n\nTwo.', ['One .', 'Two .']],
    [
      'reads quotes and marks within words',
      '"`Old`" un**bold**ed [.x]#bell#.',
      ['“{"`} Old ”{`"} unbolded{un**bold**ed} bell .'],
    ],
    ['reads escapes and broken lines', 'A \\*star* rang +\nTwice.', ['A *{\\*} star * rang', 'Twice .']],
    [
      'leaves signs alone',
      'a * b, 2 + 3, snake_case_word, C# and F#',
      ['a * b , 2 + 3 , snake_case_word , C# and F#'],
    ],
  ],
  org: [
    [
      'takes an initial for no mark of a list',
      'A. Berg left.\n1) one\n2) two',
      ['A. Berg left .', 'one', 'two'],
    ],
    [
      'reads titles, and masks keywords, states, tags and drawers',
      '#+TITLE: Of Bells\n#+OPTIONS: toc:nil\n\n* TODO [#A] The /old/ bell [1/2] :tag:work:\nSCHEDULED: <2020-01-01 Wed>\n:PROPERTIES:\n:ID: x\n\n:END:\nIt rang.',
      ['Of Bells', 'The old bell', 'It rang .'],
    ],
    [
      'reads emphasis and links, and masks code, math and times',
      'Mira went to *Oslo* and saw =x = 1= and ~y~ at [[http://a.org][the bell]], [[Page]] $x_i$ <2020-01-01 Wed>.',
      ['Mira went to Oslo and saw and at the bell , Page .'],
    ],
    [
      'masks code',
      '#+begin_src python\nno\n\nno\n#+end_src\n#+BEGIN_EXAMPLE\nno\n#+END_EXAMPLE\n: no\nEnd.',
      ['End .'],
    ],
    [
      'reads fragments of LaTeX, and leaves folders alone',
      'The \\emph{old} \\alpha bell of \\LaTeX{} \\cite{x} in C:\\bell\\x.',
      ['The old bell of LaTeX{\\LaTeX{}} in C : \\ bell \\ x .'],
    ],
    ['masks widths of columns', '| a | b |\n| <l> | <10> |', ['a', 'b']],
    ['reads quotations', '#+begin_quote\nOne.\n#+end_quote', ['One .']],
    ['masks formulas', '\\begin{align*}\nx\n\n\\end{align*}\nEnd \\(x\\).', ['End .']],
    ['masks comments', '# no\nOne.\n#\n# no', ['One .']],
    [
      'reads captions and masks files',
      '#+CAPTION: The old bell\n[[file:bell.png]]\n\nEnd.',
      ['The old bell', 'End .'],
    ],
    [
      'parts items',
      '- one\n- [X] two\n  wrapped\n- term :: what it is\n\n1. three',
      ['one', 'two wrapped', 'term', 'what it is', 'three'],
    ],
    [
      'parts cells',
      '| Name | City |\n|------+------|\n| Mira | Oslo |\n#+TBLFM: $1=x',
      ['Name', 'City', 'Mira', 'Oslo'],
    ],
    [
      'reads footnotes',
      'It rang.[fn:1] Ann left.[fn:: So she said.]\n\n[fn:1] Twice.',
      ['It rang .', 'Ann left .', 'So she said .', 'Twice .'],
    ],
    [
      'leaves signs alone',
      'It cost $5 and $6, a * b, 3/4 and/or x_1.',
      ['It cost $ 5 and $ 6 , a * b , 3 / 4 and / or x_1 .'],
    ],
  ],
};

for (const [format, cases] of Object.entries(CASES))
  describe(format, () => {
    for (const [name, text, sentences] of cases)
      it(name, () => {
        assert.deepEqual(shown(text, format as TextFormat), sentences);
        assert.deepEqual(
          shown(text.replaceAll('\n', '\r\n'), format as TextFormat),
          sentences,
          'with other line ends',
        );
      });
  });
