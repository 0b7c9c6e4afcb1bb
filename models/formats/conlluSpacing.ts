import { type ConlluSentence, beginsParagraph, miscValue, surfaceTokens } from '../data/conllu';
import type { Sentence, Token } from '../text/span';

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

/**
 * The text of CoNLL-U sentences and their tokens in it. Spacing is that of `SpacesBefore`, `SpacesAfter` and
 * `SpacesInToken` where a file has them, so that what `writeConlluText` wrote comes back exactly; else one blank
 * unless `SpaceAfter=No`, a blank line before `# newdoc` and `# newpar`, and a line feed at the end.
 */
export function placeConllu(sentences: readonly ConlluSentence[]): { text: string; sentences: Sentence[] } {
  const parts: string[] = [];
  let length = 0;
  let exact = false; // the last token says what follows it
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  let glue = '';
  const placed = sentences.map((sentence, k) => {
    const tokens: Token[] = [];
    if (k > 0 && !exact && beginsParagraph(sentence)) glue = '\n\n';
    const ranges = new Map(sentence.ranges.map((range) => [range.start, range]));
    for (const surface of surfaceTokens(sentence)) {
      add(glue);
      const { misc } = ranges.get(surface.start) ?? sentence.words[surface.start];
      add(spacing(misc, 'SpacesBefore') ?? '');
      const start = length;
      add(spacing(misc, 'SpacesInToken') ?? surface.form);
      for (const word of words(sentence, surface.start, surface.end, parts[parts.length - 1], start))
        tokens.push(word);
      const after = spacing(misc, 'SpacesAfter');
      exact = after !== undefined;
      glue = after ?? (surface.spaceAfter ? ' ' : '');
    }
    return { tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end };
  });
  if (placed.length) add(exact || glue === '' ? glue : '\n');
  return { text: parts.join(''), sentences: placed };
}

/** The words of one surface token: parts of its text where they add up to it, else each all of it. */
function words(sentence: ConlluSentence, first: number, end: number, text: string, start: number): Token[] {
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
