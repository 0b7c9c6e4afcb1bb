import { InlineMarkup } from './inlineMarkup';

/** Roles whose text is code, a formula, a key or a name of a file. */
const MASKED_ROLES =
  /^(?:math|code|literal|raw|eq|cite.*|samp|func|class|meth|mod|attr|data|exc|obj|const|any|option|envvar|file|token|py:.*|c:.*|cpp:.*|js:.*|rst:.*|download|index|nbsp)$/;
const LETTER = '[\\p{L}\\p{N}]';
/** A role that points somewhere shows its title; without one only a key is there. */
const POINTERS = /^(?:ref|doc|numref)$/;

/** What stands within the lines of reStructuredText. */
export const rstInline = new InlineMarkup([
  { source: '\\\\\\s' },
  { source: '\\\\(\\S)', instead: ([, sign = '']) => sign },
  { source: '``[^`](?:[^`]|`(?!`)){0,500}``', instead: ' ' },
  {
    source: ':([\\w.+-]+(?::[\\w.+-]+)*):`([^`<]{0,500}?)(\\s*<[^`>]{0,500}>)?`',
    shows: [2],
    isMasked: ([, role = '', , target]) =>
      MASKED_ROLES.test(role) || (POINTERS.test(role) && target === undefined),
    instead: ' ',
  },
  { source: '_?`([^`<]{0,500}?)(?:\\s*<[^`>]{0,500}>)?`(?:__?(?![\\p{L}\\p{N}])|:[\\w.-]+:)?', shows: [1] },
  { source: `(?<!${LETTER})\\*\\*(?=\\S)((?:[^*]|\\*(?!\\*)){1,500}?)(?<=\\S)\\*\\*`, shows: [1] },
  { source: `(?<!${LETTER})\\*(?=[^\\s*])([^*]{1,500}?)(?<=\\S)\\*(?!${LETTER})`, shows: [1] },
  { source: '\\|(?=[^\\s|])[^|\\n]{1,100}(?<=\\S)\\|_{0,2}', instead: ' ' },
  { source: '\\[(?:#?[\\w.-]{1,60}|#|\\*)\\]_(?![\\p{L}\\p{N}_])' },
  {
    source: `(?<![\\p{L}\\p{N}_.+-])(${LETTER}(?:[\\p{L}\\p{N}.+-]{0,60}${LETTER})?)__?(?![\\p{L}\\p{N}_])`,
    shows: [1],
  },
]);
