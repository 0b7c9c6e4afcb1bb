import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GFM, parser } from '@lezer/markdown';
import fc from 'fast-check';
import type { Label } from '../../../models/annotations/label';
import { commandLinks } from '../../../server/labels/commandLinks';
import { describeLabel } from '../../../server/labels/describeLabel';
import { hoverStyle } from '../../../server/labels/hoverStyle';

const style = hoverStyle({});
const markdown = parser.configure([GFM]);
/** What Glossator itself writes, and letters with a backslash before them. */
const OWN = ['Document', 'Paragraph', 'StrongEmphasis', 'Emphasis', 'EmphasisMark', 'Escape', 'HardBreak'];

function foreignNodes(hover: string): string[] {
  const found: string[] = [];
  markdown.parse(hover).iterate({
    enter: ({ name, from, to }) => {
      if (!OWN.includes(name)) found.push(`${name} ${hover.slice(from, to)}`);
    },
  });
  return found;
}

/** What people write, and how a hover gives it where an editor shows the source. */
const READABLE: readonly (readonly [words: string, source: string])[] = [
  ...['2026-11-28', '10:30', '28.11.2026', 'U.S.', 'e.g. this', 'AT&T', 'GIVEN_NAME', 'a__b'].map(same),
  ...[
    '$5 (five)',
    '50 %',
    'and/or',
    'C#',
    '#hashtag',
    '-5',
    '+1',
    'x = 1',
    'well-known!',
    'a -> b',
    '{x}',
  ].map(same),
  ...['3.5', '1.2.3', '1.5 m', '@ada', 'Art. 5(1)', 'Note: so', 'a+b', 'Größe_Länge', '“so”', ''].map(same),
  ['_so_', '\\_so\\_'],
  ['__so__', '\\_\\_so\\_\\_'],
  ['2 * 3', '2 \\* 3'],
  ['[1]', '\\[1\\]'],
  ['C:\\texts', 'C:\\\\texts'],
  ['two\n\nlines', 'two lines'],
];

function same(words: string): readonly [string, string] {
  return [words, words];
}

test('words are escaped where they would be markup, and nowhere else', () => {
  for (const [words, source] of READABLE) assert.equal(style.escape(words), source);
});

const ATTACKS = [
  ...[
    '[x](command:glossator.removeLabel)',
    '![](https://a.example/x.png)',
    '[x][y]',
    '[x]: https://a.example',
  ],
  ...['<img src=x onerror=y>', '</p>', '<!-- -->', '<?x?>', '<https://a.example>', '<ada@a.example>', '< b>'],
  ...['https://a.example', 'HTTP://a.example', 'http://localhost', 'ftp://a.example', '(https://a.example)'],
  ...[
    'www.a.example',
    'WWW.a.b',
    'www.1.example',
    'x www.a.example',
    'ada@a.example',
    'a_b@a.example',
    'a.b+c-d@e-f.example',
  ],
  ...[
    'mailto:ada@a.example',
    'MAILTO:ada@a.example',
    'xmpp:a@b.example/c',
    'https://ada@a.example',
    '//a.example',
  ],
  ...['&lt;img&gt;', '&#60;', '&#x3C;', '&copy;', '&amp;lt;', '\\&lt;', '\\', 'x\\', '\\\\*x*', '\\[x](y)'],
  ...[
    '# x',
    '###### x',
    '#',
    'x\n===',
    'x\n---',
    '---',
    '===',
    '- - -',
    '***',
    '___',
    '- x',
    '+ x',
    '* x',
    '-',
    '+',
  ],
  ...['1. x', '1) x', '123456789. x', '1.', '> x', '>x', '- [ ] x', '    x', '\tx', '\n\n    x', ' # x'],
  ...[
    '| a | b |\n|---|---|\n| c | d |',
    'a|b\n-|-',
    '|-|',
    '`x`',
    '``x``',
    '```\nx\n```',
    '~~~\nx\n~~~',
    '~~~',
  ],
  ...[
    '*x*',
    '**x**',
    '_x_',
    '__x__',
    '***x***',
    'a*x*b',
    '~x~',
    '~~x~~',
    'a_ x_',
    '_a b_c_',
    '*x',
    'x*',
    'x_',
    '_x',
  ],
  ...['$(sync)', '$(sync~spin)', '[^1]', '[^1]: x', 'x  \ny', '\u2028# x', '\u00a0# x'],
];

test('nothing that is written to become markup or a link does', () => {
  const places: readonly ((words: string) => string)[] = [
    (words) => style.escape(words),
    (words) => `${style.escape(words)}: ${style.strong(words)}`,
    (words) => `${style.strong(words)}\n\n${style.escape(words)}: none`,
    (words) =>
      `Note: ${style.escape(words)}${style.lineBreak}${style.emphasis(words)}${style.lineBreak}Note: x`,
    (words) => `“${style.escape(words)}”, now “${style.escape(words)}”`,
  ];
  for (const attack of ATTACKS)
    for (const [i, place] of places.entries())
      assert.deepEqual(foreignNodes(place(attack)), [], `${JSON.stringify(attack)} at place ${i}`);
  assert.equal(style.escape('$(sync)'), '\\$(sync)');
  assert.equal(style.escape('http://localhost'), 'http\\:\\//localhost');
});

test('words that are only escaped are no emphasis', () => {
  for (const attack of ATTACKS) {
    const names: string[] = [];
    markdown.parse(style.escape(attack)).iterate({ enter: ({ name }) => void names.push(name) });
    assert.deepEqual(
      names.filter((name) => !['Document', 'Paragraph', 'Escape'].includes(name)),
      [],
      attack,
    );
  }
});

const pieces = fc.constantFrom(
  ...['[a](command:glossator.removeLabel?%5B%5D)', '![x](https://a.example/x.png)', 'https://a.example/?q=1'],
  ...['www.a.example', 'ada@a.example', 'mailto:ada@a.example', 'ftp://a.example', '<https://a.example>'],
  ...[
    '<b onclick="x()">',
    '<!-- -->',
    '&lt;',
    '`code`',
    '```',
    '~~~',
    '~~gone~~',
    '# ',
    '===',
    '---',
    '> ',
    '- ',
  ],
  ...[
    '* ',
    '+ ',
    '1. ',
    '1) ',
    '| a | b |',
    '|---|',
    '**',
    '__',
    '$(sync)',
    '[^1]',
    '[a]: https://a.example',
  ],
  ...[
    '\n',
    '\n\n',
    '    ',
    '\t',
    '\\',
    ':smile:',
    'x',
    ' ',
    '\u2028',
    '\ud800',
    'xmpp:a@b.c',
    'http',
    '://',
    'www',
    '.',
  ],
);
const words = fc
  .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 8 })
  .map((all) => all.join(''));

test('nothing that stands in files or weights becomes markdown or a link in a hover', () => {
  const labels = fc.record({
    ...{ layer: words, label: words, quote: words, annotator: words, note: words },
    review: fc.constantFrom('changed', 'lost', undefined),
  });
  fc.assert(
    fc.property(labels, words, words, (given, now, description) => {
      const time = '2026-01-31T12:00:00.000Z';
      const fixed = { id: 'a', start: 0, end: 3, before: '', after: '', state: 'confirmed', time } as const;
      const label: Label = { ...fixed, ...given };
      const [layer, name] = [label.layer, label.label];
      const layers = [{ name: layer, kind: 'span' as const, labels: [{ name, description }] }];
      assert.deepEqual(foreignNodes(describeLabel(label, now, layers, style)), []);
    }),
    { seed: 12, numRuns: 1000 },
  );
});

test('a link runs the command that it names with the argument that it was made for', () => {
  fc.assert(
    fc.property(words, words, (uri, label) => {
      const [link] = commandLinks([['Accept', 'glossator.accept']], { uri, label }).split(' · ');
      const argument = /^\[Accept\]\(command:glossator\.accept\?([\w%.!~*'-]+)\)$/.exec(link)?.[1] ?? '';
      assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [{ uri, label }]);
    }),
    { seed: 12, numRuns: 300 },
  );
});
