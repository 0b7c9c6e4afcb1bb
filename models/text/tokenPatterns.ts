/**
 * Patterns of surface tokens, all sticky and Unicode-aware. Conventions: Universal Dependencies English
 * Web Treebank; its exceptions that no rule predicts were left out.
 */

/** White space, and characters that are neither seen nor part of a word. */
export const BLANK = /[\s\p{Cc}\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/uy;

const LETTER = '\\p{L}\\p{M}';
const ALNUM = `${LETTER}\\p{N}`;
const SUFFIX =
  'com|org|net|edu|gov|mil|info|biz|io|dev|(?:co|ac|org|gov)\\.uk|com\\.au|uk|de|fr|eu|ca|ch|nl|jp|ru';
const FILE =
  'docx?|xlsx?|pptx?|pdf|txt|html?|rtf|csv|tsv|xml|json|jpe?g|png|gif|svg|bmp|tiff?|zip|gz|tar|exe|dll|mp[34]|wav|avi|mov|url|tex|md|php|asp|jsp|js|ts|py|java|cpp|conllu?';

/** URLs; trailing punctuation is cut off by `trimUrl`. */
export const URL =
  /(?:(?:https?|ftp|file|mailto|ymsgr|irc|ssh|git):(?:\/\/)?(?=[^\s/])|www\d?\.(?=\w))[^\s<>"“”|\\^`{}]+/iuy;

// Repetitions before a decisive character are bounded: a long word is not searched again from each of its parts.

/** Mail addresses, also cut ones (`mayur...@yahoo.com`) and the internal kind (`Rice@ENRON`). */
export const MAIL =
  /[\p{L}\p{N}_][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*/uy;

/**
 * Host names without a scheme, with an optional path: `galleryfurniture.com`, `bbc.co.uk/news`. Suffixes that
 * are also words (`it`, `is`, `us`, `me`) were left out: a space forgotten after a period is more frequent.
 */
export const HOST = new RegExp(
  `[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,62}\\.){1,8}(?:${SUFFIX})(?![${ALNUM}_@])(?:/[^\\s<>"“”)\\]]*)?`,
  'iuy',
);

/** File names with a known extension, and dotted names of three or more lower-case parts (newsgroups). */
export const FILE_NAME = new RegExp(
  `[${ALNUM}_][${ALNUM}_#~.!%-]{0,99}\\.(?:${FILE})(?![${ALNUM}_])|[a-z]{2,30}(?:\\.[a-z]{2,30}(?:-[a-z]{1,30}){0,3}){2,8}(?![${ALNUM}])|(?:alt|comp|misc|rec|sci|soc|talk|ba)\\.[a-z]+(?![${ALNUM}.])`,
  'iuy',
);

/** An extension without its name, as in `(final).doc`. */
export const EXTENSION = new RegExp(`\\.(?:NET|${FILE})(?![${ALNUM}_])`, 'iuy');

/** `@name` and `#topic`. */
export const MENTION = new RegExp(`[@#]${'[\\p{L}_]'}[${ALNUM}_]*`, 'uy');

/** Emoji with modifiers, joined sequences, flags and keycaps: one token each. */
export const EMOJI =
  /\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|(?![0-9#*©®™])\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})*[\u{E0020}-\u{E007F}]*(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})*)*/uy;

/** Western emoticons and a few others; a letter or digit may neither precede nor follow. */
export const EMOTICON = new RegExp(
  `(?:[<>]?[:;][-o^']?(?:[)\\](\\[|*3]+|[dDpPsS/\\\\])|=-?[)(\\]D]+|8-[)D(]|[xX]D+|>?:'[()]+|\\([:;=]|[)(][-o^]?[:;=]|<3+|\\^[_.]*\\^|-_+-|[oO0]_+[oO0]|T_T|¯\\\\_\\(ツ\\)_/¯)(?![${ALNUM}])`,
  'uy',
);

/** Runs of punctuation that stand as one token. */
export const RUN =
  /\.{2,}|…+\.*|\.?[!?]+(?:\.(?!\.))?|-->|<--|-+>|<-+|=+>|-{2,}|[–—]{2,}|={2,}|\*+|_+|~+|\++|#{2,}|<<|>{2,}|<=|>=|''|``|’’|‘’|,{2,}|\${2,}|\|{2,}/uy;

/** A drawn line: four or more signs between white space. */
export const DRAWING = /[-=*<>|+~{}^_#.:/\\]{4,}(?!\S)/uy;

/** Telephone numbers, postal codes and dates of digits with hyphens or points. */
export const DIGIT_GROUPS = new RegExp(
  `(?:\\d{1,2}-)?(?:\\d{3}[-./])?\\d{3}-\\d{4}(?![${ALNUM}-])|\\d{5}-\\d{4}(?![${ALNUM}-])|\\d-\\d{4}(?![${ALNUM}-])|\\d{1,4}-\\d{1,2}-\\d{1,4}(?![${ALNUM}-])|\\d+(?:\\.\\d+){2,}(?![${ALNUM}])|\\d{1,4}/\\d{1,2}/\\d{2,4}(?![${ALNUM}/])|\\d{3}/\\d{3}-\\d{4}`,
  'uy',
);

/** Month and day, or month and year: `9/11`. Fractions are told apart by `isDate`. */
export const MONTH_DAY = new RegExp(`(\\d{1,2})/(\\d{1,2})(?![${ALNUM}/])`, 'uy');

/** `21st`, `1980s`, `60's`, `'72`, `AK47s` is a word. */
export const ORDINAL = new RegExp(
  `\\d+(?:,\\d{3})*(?:st|nd|rd|th)(?![${ALNUM}])|\\d+['’\`]?s(?![${ALNUM}])`,
  'iuy',
);
export const SHORT_YEAR = new RegExp(`['’]\\d\\ds?(?![${ALNUM}])`, 'uy');

/** Numbers with groups, decimals, times: `3,300,000`, `1.5`, `08:27:46`, `.04`. */
export const NUMBER = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?::\d+)+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+/uy;

/** A unit written on to its number; the treebank splits `5pm` into `5` and `pm`. */
export const UNIT = new RegExp(
  `(?:[ap]m|[ap]\\.m\\.|[kmb]|bn|mm|cm|km|kg|mg|lbs?|oz|ft|in|hz|[kmg]hz|[kmgt]b(?:ps)?|kw|mw|mph|hh|hrs?|mins?|secs?|yrs?|years?|min|persons|people|watts?|tr?|ml|[fcx]|[A-Z]{2,})(?![${ALNUM}])`,
  'iuy',
);
export const CALLING_CODE = /\+\d{1,3}(?!\d)/uy;

/** `U.S.`, `a.k.a.`, `e.g`: letters with periods between them. */
export const ACRONYM = new RegExp(`(?:\\p{L}\\.){2,}(?!\\.\\.)|(?:\\p{L}\\.)+\\p{L}(?![${ALNUM}])`, 'uy');

/** `US$` and the like. */
export const CURRENCY = /(?:US|AU|NZ|HK|A|C)\$(?=\s?\d)|U\$(?![\p{L}\p{N}])/uy;

/** `w/`, `w/o`, `b/c`, `l/c`: shortened words with a slash; `C++`, `C#`; `v1.2.3`; degrees. */
export const NAMED = new RegExp(
  `(?:w/(?:o|out|in)?|b/[ct]|[lI]/[CSc]|L/C|[CJF]#|C\\+\\+|v\\d+(?:\\.\\d+)+)(?![${ALNUM}/+#])|(?:Ph\\.D|[MB]\\.Sc|[MBD]\\.Phil)\\.?(?![${ALNUM}])`,
  'uy',
);

/** Soft hyphens and (non-)joiners between letters: not seen, and part of the word. */
const JOINER = '(?:\\u00AD|\\u200C|\\u200D|\\u2060)';

/** One stretch of letters and digits, with what is not seen between them. */
export const CORE = new RegExp(`[${ALNUM}]+(?:${JOINER}+[${ALNUM}]+)*\\u00AD*`, 'uy');

/** What may join two stretches into one word: apostrophes, `&` between initials, `_`, marks in `f*ck`. */
export const JOINT = new RegExp(`(?:['’\`´]|_+|&)(?=[${ALNUM}])|[*$%#@]+(?=\\p{L})`, 'uy');

/** Prefixes that the treebank does not split at the hyphen. */
export const PREFIXES: ReadonlySet<string> = new Set(
  `ante anti arch bi bio co counter cross cyber de dis e eco ex extra fore geo hyper infra inter intra macro mega
   meta micro mid mini mis mono multi neo non omni over pan para post pre pro proto pseudo psycho quasi re semi
   socio sub super sur trans tri ultra un under uni`
    .trim()
    .split(/\s+/u),
);

/** Ends that stay on their word across a hyphen. */
export const ENDINGS: ReadonlySet<string> = new Set(['esque', 'wise', 'ish', 's']);
