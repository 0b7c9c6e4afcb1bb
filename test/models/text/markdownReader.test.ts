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
    [
      'masks math, and leaves amounts alone',
      'Let $x_i$ be Mira. It costs $5 and $6.\n\n$$\nE = mc^2\n$$\n\nNext.',
      ['Let be Mira .', 'It costs $ 5 and $ 6 .', 'Next .'],
    ],
    ['masks math over lines that look like lists', 'Text\n$$\nx\n+ y\n- z\n$$\nMore', ['Text', 'More']],
    ['masks math within a line', 'So $$a$$ is $`b`$-like.', ['So is - like .']],
    ['reads code before math', 'Pay \\$5 or `$a` b$.', ['Pay ${\\$} 5 or b $ .']],
    ['keeps amounts of other countries', 'US$5 and US$6, 5$ or 6$.', ['US$ 5 and US$ 6 , 5 $ or 6 $ .']],
    ['ends math that is not closed at an empty line', '$$\nopen\n\nText stays.', ['Text stays .']],
    ['masks the mark of a callout', '> [!NOTE]\n> Be careful with Otto.', ['Be careful with Otto .']],
    [
      'reads the title of a callout apart',
      '> [!tip]- A title\n> body goes\n> on.',
      ['A title', 'body goes on .'],
    ],
    ['takes a mark outside quotations for text', '[!NOTE] x', ['[ ! NOTE ] x']],
    ['reads lists in callouts', '> [!WARNING]\n> - one\n> - two', ['one', 'two']],
    [
      'shows what wiki links show',
      'See [[Oslo]], [[Oslo Harbour|the harbour]], [[Oslo#Port]] and ![[map.png]].',
      ['See Oslo , the harbour , Oslo and .'],
    ],
    ['reads wiki links in tables', '| a |\n|---|\n| [[P\\|q]] |', ['a', 'q']],
    ['masks highlighting', 'An ==old bell== rang, a == b, x==y.', ['An old bell rang , a == b , x == y .']],
    ['masks names of emoji', 'It rang :bell: at 10:30:45.', ['It rang at 10:30:45 .']],
    ['masks hidden notes', 'It rang %%no%% twice.', ['It rang twice .']],
    [
      'reads all paragraphs of footnotes',
      '[^1]: Oslo\n[^2]: Ann came.\n    She left.\n\n    She went.\n\nOn[^1] it.',
      ['Oslo', 'Ann came .', 'She left .', 'She went .', 'On it .'],
    ],
    [
      'reads blocks between colons, and their titles',
      ':::note[Of bells]\nBe careful.\n:::\n\n::: {.callout-tip}\n## Oslo\nMira left.\n:::\n\n::: warning Mind this',
      ['Of bells', 'Be careful .', 'Oslo', 'Mira left .', 'Mind this'],
    ],
    [
      'reads admonitions and tabs whose content is indented',
      '!!! note "Of bells"\n    One.\n\n    Two.\n\nThree.\n\n??? tip\n\n    Four.\n\n=== "Oslo"\n\n    Five.\n\n!!! wow',
      ['Of bells', 'One .', 'Two .', 'Three .', 'Four .', 'Oslo', 'Five .', '!!! wow'],
    ],
    [
      'parts terms and definitions',
      'Bell\n: It rings\n: It is old\n\nTower\n\n:   It stands.\n\n    Still.',
      ['Bell', 'It rings', 'It is old', 'Tower', 'It stands .', 'Still .'],
    ],
    [
      'masks attributes and names of blocks',
      '# Oslo {#id .big k="v"}\n\n![A bell](a.png){width=50%} rang {x}. ^note-1\n\n{: .lead}\nMira left.',
      ['Oslo', 'A bell rang { x } .', 'Mira left .'],
    ],
    [
      'masks tags of templates',
      '{% include a.html %}\n\nMira {{ page.title }} left. {{< fig "x" >}}{/* no */}',
      ['Mira left .'],
    ],
    [
      'reads footnotes in a line apart',
      'It rang.^[Of *Oslo* [x](y).] She left.',
      ['It rang .', 'Of Oslo x .', 'She left .'],
    ],
    ['masks keys of references', 'So [@a2020, p. 3; @b] and [see @c] [@d](http://e.org).', ['So and @d .']],
    [
      'joins what stands lower or higher',
      'H~2~O and 5^th^, ^_^ and ~5',
      ['H2O{H~2~O} and 5th{5^th} , ^_^ and ~ 5'],
    ],
    [
      'masks formulas in escaped brackets, and shows other brackets',
      'So \\(a_1 = b\\) and\n\\[\n\\frac{a}{b}\n\\]\nfor \\(n\\) in \\[sic\\] and \\(Oslo\\).',
      ['So and for in [{\\[} sic ]{\\]} and ({\\(} Oslo ){\\)} .'],
    ],
    [
      'shows amounts of several countries',
      'It cost $10, US$ 3, or CA$ 4.',
      ['It cost $ 10 , US$ 3 , or CA $ 4 .'],
    ],
    [
      'masks what a module imports, and the place of the contents',
      'import A from \'a\';\nimport {B} from "b"\n\nexport const x = 1\n\n[[_TOC_]]\n\n[TOC]\n\nimport a bell from "Oslo" now',
      ['import a bell from " Oslo " now'],
    ],
    [
      'masks several marks of footnotes, and no colon behind them',
      'It rang.[^1][^2] She said[^b]: yes.\n\n- [^x]: no',
      ['It rang .', 'She said : yes .', 'no'],
    ],
    ['reads on behind a formula that ends within a line', '$$\nx\n$$ (1)\nIt rang.', ['It rang .']],
    ['reads CR as a line end', '# One\rTwo\r\rThree', ['One', 'Two', 'Three']],
  ];
  for (const [name, text, sentences] of cases) it(name, () => assert.deepEqual(shown(text), sentences));
});
