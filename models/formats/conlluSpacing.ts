import {
  type ConlluSentence,
  type ConlluToken,
  beginsParagraph,
  commentValue,
  miscValue,
  surfaceTokens,
} from '../data/conllu';
import type { Sentence, Span, Token } from '../text/span';
import { placeInText } from './placeInText';

/** Escapes of spacing in MISC, as UDPipe writes them (user's manual, "Preserving Original Spaces"). */
const ESCAPES: readonly (readonly [raw: string, escaped: string])[] = [
  ['\\', '\\\\'],
  ['|', '\\p'],
  [' ', '\\s'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\n', '\\n'],
];

/** A value that may stand in MISC. */
export function escapeMisc(value: string): string {
  return value.replace(/[\\| \t\r\n]/g, (character) => ESCAPES.find(([raw]) => raw === character)?.[1] ?? '');
}

/** The inverse of `escapeMisc`. */
export function unescapeMisc(value: string): string {
  return value.replace(/\\[\\pstrn]/g, (pair) => ESCAPES.find(([, escaped]) => escaped === pair)?.[0] ?? '');
}

/** CoNLL-U sentences as a text. */
export interface PlacedConllu {
  readonly text: string;
  readonly sentences: readonly Sentence[];
  /** Sentences whose `# text` has other words; their text is their words. */
  readonly contradicted: readonly ConlluSentence[];
  /** Sentences whose `# text` has other blanks than SpaceAfter says; their text is `# text`. */
  readonly respaced: readonly ConlluSentence[];
}

/**
 * The text of CoNLL-U sentences and their tokens in it. That of a sentence is its `# text`, where that says its words.
 * Where a file has `SpacesBefore`, `SpacesAfter` and `SpacesInToken`, spacing is theirs, so that what `writeConlluText`
 * wrote comes back exactly; else one blank unless `SpaceAfter=No`, a blank line before `# newdoc` and `# newpar`, and a
 * line feed at the end.
 */
export function placeConllu(sentences: readonly ConlluSentence[]): PlacedConllu {
  const parts: string[] = [];
  const contradicted: ConlluSentence[] = [];
  const respaced: ConlluSentence[] = [];
  let length = 0;
  let glue = '';
  let isExact = false; // the last token says what follows it
  const placed = sentences.map((sentence, k) => {
    if (k > 0 && !isExact && beginsParagraph(sentence)) glue = '\n\n';
    const surface = surfaceTokens(sentence);
    const said = spacedWords(sentence, surface);
    const own = said.isExact ? undefined : commentValue(sentence, 'text');
    const spans =
      own === undefined
        ? undefined
        : placeInText(
            own,
            surface.map(({ form }) => form),
          );
    const { text } = spans && own !== undefined ? { text: own } : said;
    if (contradicts(sentence, said.text)) contradicted.push(sentence);
    else if (spans && text !== said.text) respaced.push(sentence);
    const start = length + glue.length;
    parts.push(glue, text);
    length = start + text.length;
    const tokens = surface.flatMap((token, n) => {
      const span = (spans ?? said.spans)[n];
      return words(sentence, token, text.slice(span.start, span.end), start + span.start);
    });
    isExact = said.after !== undefined;
    glue = said.after ?? (surface[surface.length - 1].spaceAfter ? ' ' : '');
    return { tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end };
  });
  if (placed.length) parts.push(isExact || glue === '' ? glue : '\n');
  return { text: parts.join(''), sentences: placed, contradicted, respaced };
}

/** True where a sentence has a `# text` that says other words than its tokens. */
function contradicts(sentence: ConlluSentence, words: string): boolean {
  const own = commentValue(sentence, 'text');
  return own !== undefined && own.replace(/\s+/g, '') !== words.replace(/\s+/g, '');
}

interface SpacedWords {
  readonly text: string;
  /** Of the tokens in it. */
  readonly spans: readonly Span[];
  /** The white space behind the last token, where the file says it. */
  readonly after?: string;
  /** The spacing between tokens is said exactly, as UDPipe does. */
  readonly isExact: boolean;
}

/** The tokens of a sentence with the spaces that MISC puts between them. */
function spacedWords(sentence: ConlluSentence, surface: readonly ConlluToken[]): SpacedWords {
  const ranges = new Map(sentence.ranges.map((range) => [range.start, range]));
  const spans: Span[] = [];
  let text = '';
  let isExact = false;
  let after: string | undefined;
  for (const [k, token] of surface.entries()) {
    if (k > 0) text += after ?? (surface[k - 1].spaceAfter ? ' ' : '');
    const { misc } = ranges.get(token.start) ?? sentence.words[token.start];
    const before = spacing(misc, 'SpacesBefore');
    const inside = spacing(misc, 'SpacesInToken');
    isExact ||= before !== undefined || inside !== undefined || after !== undefined;
    after = spacing(misc, 'SpacesAfter'); // behind the last token it says nothing of the sentence's own text
    text += before ?? '';
    const start = text.length;
    text += inside ?? token.form;
    spans.push({ start, end: text.length });
  }
  return { text, spans, after, isExact };
}

/** The words of one surface token: parts of its text where they add up to it, else each all of it. */
function words(
  sentence: ConlluSentence,
  { start: first, end }: ConlluToken,
  text: string,
  start: number,
): Token[] {
  const forms = sentence.words.slice(first, end).map(({ form }) => form);
  const add = forms.join('') === text;
  let at = start;
  return forms.map((form, k) => {
    const span = add ? { start: at, end: at + form.length } : { start, end: start + text.length };
    at += form.length;
    return { ...span, form, ...(k > 0 && { joined: true }) };
  });
}

function spacing(misc: string, key: string): string | undefined {
  const value = miscValue(misc, key);
  return value === undefined ? undefined : unescapeMisc(value);
}
