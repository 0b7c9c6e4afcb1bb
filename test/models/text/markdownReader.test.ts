import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { segment } from '../../../models/text/segmenter';

/** One line a sentence; where the source of a token differs from its form, it follows in braces. */
function shown(text: string): string[] {
  return segment(text, 'markdown').map(({ tokens }) =>
    tokens
      .map(({ start, end, form }) =>
        text.slice(start, end) === form ? form : `${form}{${text.slice(start, end)}}`,
      )
      .join(' '),
  );
}

describe('Markdown', () => {
  const cases: [name: string, text: string, sentences: string[]][] = [
    ['masks YAML front matter', '---\ntitle: A bell\n---\nIt rang.', ['It rang .']],
    ['masks TOML front matter', '+++\r\ntitle = "A"\r\n+++\r\nIt rang.', ['It rang .']],
    ['takes an unclosed fence for a rule', '---\ntitle it\n', ['title it']],
    ['masks fenced and indented code', '```js\nlet a;\n```\n\nIt rang.\n\n    code\n', ['It rang .']],
    ['masks inline code', 'Run `npm test` now.', ['Run now .']],
    ['masks HTML', '<div>\nno\n</div>\n\nA <b>big</b> bell<!-- no -->.', ['A big bell .']],
    ['masks comments', 'A bell.\n\n<!-- none -->\n\nIt rang.', ['A bell .', 'It rang .']],
    ['shows the text of links', 'See [the old bell](http://a.org "T").', ['See the old bell .']],
    [
      'shows the text of references',
      'See [the bell][b] and [B].\n\n[b]: http://a.org',
      ['See the bell and B .'],
    ],
    ['shows brackets that are no links', 'He [Dale] rang.', ['He [ Dale ] rang .']],
    ['shows what an image says', '![A bell](bell.png) hangs here.', ['A bell hangs here .']],
    [
      'shows bare addresses',
      'See https://a.org/x or <https://b.org>.',
      ['See https://a.org/x or https://b.org .'],
    ],
    ['masks the marks of footnotes', 'It rang.[^1]\n\n[^1]: Twice a day.', ['It rang .', 'Twice a day .']],
    [
      'keeps a word with markup whole',
      'A **bold**ed w<b>o</b>rd.',
      ['A bolded{bold**ed} word{w<b>o</b>rd} .'],
    ],
    ['splits clitics over markup', "_don_'t", ["do n't{n_'t}"]],
    ['masks emphasis', '*One* __two__ ~~three~~ ***four***', ['One two three four']],
    ['keeps marks that mark nothing', 'a * b, snake_case_word', ['a * b , snake_case_word']],
    ['reads escapes', '5 \\* 6 \\# x', ['5 *{\\*} 6 #{\\#} x']],
    [
      'reads entities',
      'R&amp;D caf&eacute; &#x1F600; &nope;',
      ['R&D{R&amp;D} café{caf&eacute;} 😀{&#x1F600;} & nope ;'],
    ],
    ['parts headings', '# The bell #\n\nOf Uxcombe\n===\ntext', ['The bell', 'Of Uxcombe', 'text']],
    ['joins wrapped lines', 'The old\nbell\r\nrang.', ['The old bell rang .']],
    [
      'ends blocks at hard breaks',
      'Ann Dale  \nTower Lane\\\nUxcombe  \nin all',
      ['Ann Dale', 'Tower Lane', 'Uxcombe in all'],
    ],
    ['reads quotes', '> The old bell\n> rang.\n>\n> > Twice.', ['The old bell rang .', 'Twice .']],
    [
      'parts list items',
      '- one\n- two\n  wrapped\n  1. three\n- [x] done',
      ['one', 'two wrapped', 'three', 'done'],
    ],
    [
      'parts table cells',
      '| who | what |\n|---|:-:|\n| Ann | a \\| b |',
      ['who', 'what', 'Ann', 'a |{\\|} b'],
    ],
    ['reads CR as a line end', '# One\rTwo\r\rThree', ['One', 'Two', 'Three']],
  ];
  for (const [name, text, sentences] of cases) it(name, () => assert.deepEqual(shown(text), sentences));
});
