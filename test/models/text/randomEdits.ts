import type { Random } from '../../../models/random';

/** What random edits insert: all that line, word and markup handling has to be careful with. */
const INSERTS = [
  ...[' ', '  ', '\n', '\n\n', '\r\n', '\r', '\t', '\u00a0', '\u2028', '\f', '\\\r\n', '  \r\n'],
  ...['a', 'I', "n't", 'Mr.', 'U.S.', '5pm', '3,400.50', '…', '.', '? ', '!', ': ', '“', '”', "'", '"'],
  ...['😀', '👩‍👩‍👧', '🇫🇷', 'é', 'e\u0301', '\ud83d', '\ude00', '\u200b', '\u00ad', 'https://x.org/a_b?c=d#e'],
  ...[
    '*',
    '**',
    '_',
    '`',
    '```\n',
    '~~',
    '#',
    '# ',
    '> ',
    '- ',
    '1. ',
    '- [ ] ',
    '    ',
    '---\n',
    '+++\n',
    '===\n',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '](u)',
    '![',
    '[x]',
    '[x]: /u\n',
    '[^1]',
    ...['$', '$$', '$$\n', '[[', ']]', '[[P|q]]', '==', ':a:', '%%', '> [!NOTE]', '[^1]: '],
    ...[
      ':::\n',
      '::: note T\n',
      '!!! note "T"\n    ',
      '=== "T"\n',
      '\n: ',
      '^[',
      '{{',
      '}}',
      '{#a}',
      '\\(',
      '\\)',
      '[@a]',
    ],
    '&amp;',
    '&#x1F600;',
    '&nope;',
    '\\',
    '\\*',
  ],
  ...[
    '|',
    '| a | b |\n|---|---|\n',
    '<b>',
    '</b>',
    '<br>',
    '<div>\n',
    '<!--',
    '-->',
    'word '.repeat(8),
    ',\n',
  ],
];

/** The text with one random range of up to 12 code units replaced; pairs of surrogates may be torn. */
export function randomEdit(text: string, random: Random, inserts: readonly string[] = INSERTS): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + (random.below(2) ? 0 : random.below(12)));
  const insert = random.below(4) === 0 ? '' : inserts[random.below(inserts.length)];
  return text.slice(0, start) + insert + text.slice(end);
}
