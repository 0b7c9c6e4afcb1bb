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
