import { InlineMarkup } from './inlineMarkup';
import { MASKED_ARGUMENTS, SYMBOLS } from './latexCommands';

/** What may stand before and behind marks of emphasis, after Org's manual. */
const BEFORE = '(?<=^|[\\s\\-({\'"])';
const BEHIND = '(?=$|[\\s\\-.,;:!?\'")}\\]\\\\\\[])';
const marked = (sign: string): string =>
  `${BEFORE}[${sign}](?=\\S)([^${sign}]{1,500}?)(?<=\\S)[${sign}]${BEHIND}`;

const COMMAND = '(?<![\\p{L}\\p{N}:\\\\])\\\\([a-zA-Z]{1,40})';

/** What stands within the lines of Org. */
export const orgInline = new InlineMarkup([
  { source: '\\[\\[[^\\[\\]\\n]{1,500}\\]\\[([^\\[\\]]{1,500})\\]\\]', shows: [1] },
  { source: '\\[\\[(?:(?:file|attachment|id|elisp|shell):[^\\[\\]]{0,500}|[./~][^\\[\\]]{0,500})\\]\\]' },
  { source: '\\[\\[[*#]?([^\\[\\]\\n]{1,500})\\]\\]', shows: [1] },
  { source: '\\[fn:[\\w-]*:([^\\[\\]]{1,1000})\\]', shows: [1], isApart: true },
  { source: '\\[fn:[\\w-]+\\]' },
  { source: '\\[cite(?:/[^:\\]\\n]{0,40})?:[^\\]]{0,500}\\]' },
  {
    source: '(?:<\\d{4}-\\d\\d-\\d\\d[^>\\n]{0,60}>|\\[\\d{4}-\\d\\d-\\d\\d[^\\]\\n]{0,60}\\])',
    instead: ' ',
  },
  { source: '<<<([^<>\\n]{1,200})>>>', shows: [1] },
  { source: '<<[^<>\\n]{1,200}>>' },
  { source: '\\{\\{\\{[^{}]{1,300}\\}\\}\\}', instead: ' ' },
  { source: '@@[a-z]+:[^@]{0,300}@@' },
  {
    source:
      '\\b(?:src_\\w{1,40}(?:\\[[^\\]\\n]{0,100}\\])?\\{[^}\\n]{0,300}\\}|call_[\\w-]{1,60}\\([^)\\n]{0,200}\\))',
    instead: ' ',
  },
  {
    source: '\\$\\$[^$]{1,1000}\\$\\$|\\\\\\([\\s\\S]{1,1000}?\\\\\\)|\\\\\\[[\\s\\S]{1,1000}?\\\\\\]',
    instead: ' ',
  },
  { source: '(?<![$\\p{L}\\p{N}])\\$(?=[^\\s$])[^$]{1,300}(?<=\\S)\\$(?![\\p{L}\\p{N}$])', instead: ' ' },
  { source: '\\[\\d*(?:%|/\\d*)\\]' },
  // Fragments of LaTeX and names of signs; no folders, as in `C:\\bell\\tower`.
  {
    source: `${COMMAND}(?:\\[[^\\]\\n]{0,200}\\])*\\{([^{}\\n]{1,300})\\}`,
    shows: [2],
    isMasked: ([, name = '']) => MASKED_ARGUMENTS.has(name),
    instead: ' ',
  },
  { source: `${COMMAND}(?:\\{\\})?`, instead: ([, name = '']) => SYMBOLS.get(name) ?? ' ' },
  // How wide a column is.
  { source: '^\\s*<(?:[lrc]\\d*|\\d+)>\\s*$' },
  {
    source: `${BEFORE}(?:=(?=\\S)[^\\n]{1,300}?(?<=\\S)=|~(?=\\S)[^\\n]{1,300}?(?<=\\S)~)${BEHIND}`,
    instead: ' ',
  },
  { source: marked('*'), shows: [1] },
  { source: marked('/'), shows: [1] },
  { source: marked('_'), shows: [1] },
  { source: marked('+'), shows: [1] },
  { source: '\\\\\\\\(?=[ \\t]*(?:\\n|$))' },
]);
