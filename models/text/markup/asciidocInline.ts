import { InlineMarkup } from './inlineMarkup';

const LETTER = '[\\p{L}\\p{N}]';
/** Marks around a stretch of a word, doubled, and around words, single. */
const marked = (mark: string): { source: string; shows: number[] }[] => {
  const [sign, other] = [`[${mark}]`, `[^${mark}]`];
  return [
    { source: `${sign}${sign}(?=\\S)((?:${other}|${sign}(?!${sign})){1,500}?)${sign}${sign}`, shows: [1] },
    {
      source: `(?<!${LETTER})${sign}(?=[^\\s${mark}])(${other}{1,500}?)(?<=\\S)${sign}(?!${LETTER})`,
      shows: [1],
    },
  ];
};
/** Attributes behind the text of a link. */
const MORE = '\\^?(?:,\\s*\\w+=[^\\]\\n]*)?';

/** What stands within the lines of AsciiDoc. */
export const asciidocInline = new InlineMarkup([
  { source: '\\\\([*_`#^~{<\\[+])', instead: ([, sign = '']) => sign },
  { source: '\\+\\+\\+[^+]{1,500}\\+\\+\\+', instead: ' ' },
  { source: '(?:pass|stem|latexmath|asciimath):[\\w,]*\\[[^\\]\\n]{0,500}\\]', instead: ' ' },
  {
    source: 'footnote(?:ref)?:[\\w-]*\\[((?:[^\\[\\]]|\\[[^\\[\\]]*\\]){1,1000})\\]',
    shows: [1],
    isApart: true,
  },
  { source: 'footnote(?:ref)?:[\\w-]*\\[\\]' },
  {
    source: `(?<!${LETTER})(?:image|icon|kbd|anchor|indexterm2?|counter2?|audio|video):[^\\s\\[\\]]{0,200}\\[[^\\]\\n]{0,500}\\]`,
  },
  { source: `(?<!${LETTER})(?:btn|menu):[^\\s\\[\\]]{0,200}\\[([^\\]\\n]{0,200})\\]`, shows: [1] },
  {
    source: `(?<!${LETTER})(?:(?:link|xref|mailto):|(?:https?|ftp|irc)://)[^\\s\\[\\]<>]{1,500}\\[([^\\]\\n]{1,500}?)${MORE}\\]`,
    shows: [1],
  },
  { source: `(?<!${LETTER})(?:link|xref|mailto):[^\\s\\[\\]<>]{1,500}\\[\\]` },
  { source: '(?<=://[^\\s\\[\\]]{1,500})\\[\\]' },
  { source: '<<[^<>\\n,]{1,200},([^<>]{1,300})>>', shows: [1] },
  { source: '<<[^<>\\n]{1,200}>>' },
  { source: '\\[\\[[^\\]\\n]{1,200}\\]\\]' },
  { source: '\\[[.#%][^\\]\\n]{0,100}\\](?=[*_`#])' },
  { source: '\\(\\(\\([^()]{1,200}\\)\\)\\)' },
  { source: '\\(\\(([^()]{1,200})\\)\\)', shows: [1] },
  // An address that an attribute holds, with the text of its link.
  { source: `\\{\\w[\\w-]{0,60}\\}[^\\s\\[\\]{}]{0,200}\\[([^\\]\\n]{1,500}?)${MORE}\\]`, shows: [1] },
  { source: '\\{\\w[\\w-]{0,60}(?::[^}\\n]{0,100})?\\}', instead: ' ' },
  { source: '"`(?=\\S)', instead: '“' },
  { source: '(?<=\\S)`"', instead: '”' },
  { source: "'`(?=\\S)", instead: '‘' },
  { source: "(?<=\\S)`'", instead: '’' },
  { source: '``[^`]{1,500}``', instead: ' ' },
  { source: `(?<!${LETTER})\`(?=[^\\s\`])[^\`]{1,500}(?<=\\S)\`(?!${LETTER})`, instead: ' ' },
  { source: `(?<!${LETTER})\\+(?=[^\\s+])([^+\\n]{1,500}?)(?<=\\S)\\+(?!${LETTER})`, shows: [1] },
  ...marked('*'),
  ...marked('_'),
  ...marked('#'),
  { source: '\\^(?=\\S)([^\\^\\s]{1,50})\\^', shows: [1] },
  { source: '~(?=\\S)([^~\\s]{1,50})~', shows: [1] },
  { source: '<(?:\\d{1,3}|\\.)>(?=\\s*$)' },
]);
