/** The parts of a CoNLL-U document; see https://universaldependencies.org/format.html. */

/** A syntactic word: a line with an integer ID. Every column is as written; `_` is an empty value. */
export interface ConlluWord {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly xpos: string;
  readonly feats: string;
  readonly head: string;
  readonly deprel: string;
  readonly deps: string;
  readonly misc: string;
  /** All columns as they stand in a file of CoNLL-U Plus. */
  readonly cells?: readonly string[];
  /** Line in the file, counted from 1. */
  readonly line: number;
}

/** A surface token that holds the words [start, end), counted from 0: the line `3-4 don't`. */
export interface ConlluRange {
  readonly start: number;
  readonly end: number;
  readonly form: string;
  readonly misc: string;
}

/** An elided word of the enhanced graph, after word `after` (0 is before the first): the line `8.1`. */
export interface ConlluEmptyNode {
  readonly after: number;
  readonly index: number;
  readonly columns: readonly string[];
}

export interface ConlluSentence {
  /** Comment lines without `#` and the blanks around. */
  readonly comments: readonly string[];
  /** At least one; word k has the ID k + 1. */
  readonly words: readonly ConlluWord[];
  readonly ranges: readonly ConlluRange[];
  readonly emptyNodes: readonly ConlluEmptyNode[];
  /** Line of its first comment or word, counted from 1. */
  readonly line: number;
}

/** A surface token of a sentence: a range, or a word that stands in none. */
export interface ConlluToken {
  readonly form: string;
  readonly spaceAfter: boolean;
  /** Words [start, end). */
  readonly start: number;
  readonly end: number;
}

/** The value of `# key = value` (of the first such comment), or undefined. */
export function commentValue(sentence: ConlluSentence, key: string): string | undefined {
  for (const comment of sentence.comments) {
    const equals = comment.indexOf('=');
    if (equals >= 0 && comment.slice(0, equals).trim() === key)
      return comment.slice(equals + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  }
  return undefined;
}

/** True where `# newdoc` or `# newpar` (with or without an id) stands at the sentence. */
export function beginsParagraph(sentence: ConlluSentence): boolean {
  return sentence.comments.some((comment) => /^new(doc|par)\b/.test(comment));
}

/** The value of `key=value` in a MISC column, or undefined. */
export function miscValue(misc: string, key: string): string | undefined {
  const entry = misc.split('|').find((part) => part.startsWith(`${key}=`));
  return entry?.slice(key.length + 1);
}

/** The surface tokens of a sentence in order. */
export function surfaceTokens(sentence: ConlluSentence): ConlluToken[] {
  const tokens: ConlluToken[] = [];
  let range = 0;
  for (let start = 0; start < sentence.words.length;) {
    const joined = sentence.ranges[range]?.start === start ? sentence.ranges[range++] : undefined;
    const { form, misc } = joined ?? sentence.words[start];
    const end = joined?.end ?? start + 1;
    tokens.push({ form, spaceAfter: miscValue(misc, 'SpaceAfter') !== 'No', start, end });
    start = end;
  }
  return tokens;
}

/** The text of one sentence: its `# text`, or else its tokens as SpaceAfter puts them. */
export function sentenceText(sentence: ConlluSentence): string {
  const text = commentValue(sentence, 'text');
  if (text !== undefined) return text;
  return surfaceTokens(sentence)
    .map(({ form, spaceAfter }) => (spaceAfter ? `${form} ` : form))
    .join('')
    .trimEnd();
}

/**
 * The running text of a document: sentences joined by a space, or by nothing where the last token says
 * SpaceAfter=No; a blank line before each `# newdoc` and `# newpar`, as in the raw texts of the CoNLL 2018
 * shared task (but not wrapped).
 */
export function documentText(sentences: Iterable<ConlluSentence>): string {
  const parts: string[] = [];
  let glue = '';
  for (const sentence of sentences) {
    if (parts.length) parts.push(beginsParagraph(sentence) ? '\n\n' : glue);
    parts.push(sentenceText(sentence));
    glue = surfaceTokens(sentence).at(-1)?.spaceAfter ? ' ' : '';
  }
  return parts.length ? `${parts.join('')}\n` : '';
}
