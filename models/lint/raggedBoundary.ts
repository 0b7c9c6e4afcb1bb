import type { Label } from '../annotations/label';
import { isAbbreviation } from '../text/abbreviations';
import type { Span, Token } from '../text/span';
import { isPartOfName } from './nameMarks';
import {
  type CheckedLayer,
  type CheckedText,
  type Finding,
  type Fix,
  quoted,
  standingLabels,
} from './finding';

const PUNCTUATION = /^[\p{P}\p{S}]+$/u;
/** Signs that stand in pairs around words: a label may hold both. Behind each what may close it. */
const PAIRS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '<': '>',
  '"': '"',
  "'": "'",
  '`': '`',
  '``': "''",
  __: '__',
  '“': '”',
  '‘': '’',
  '«': '»',
  '»': '«',
  '„': '“”',
  '‚': '‘’',
  '‹': '›',
  '「': '」',
  '¿': '?',
  '¡': '!',
};

/**
 * Labels of span layers that begin or end at white space, at a punctuation mark that is a token of its own, or inside
 * a token.
 */
export function raggedBoundary(checked: CheckedText, layers: readonly CheckedLayer[]): Finding[] {
  const { document, text, sentences } = checked;
  const kinds = new Map(layers.map(({ name, kind }) => [name, kind]));
  const all = sentences.flatMap((sentence) => sentence.tokens);
  return standingLabels(checked)
    .filter(({ layer }) => kinds.get(layer) !== 'sentence')
    .flatMap((label): Finding[] => {
      const fault = faultOf(label, text, cutAtMarks(label, all));
      if (!fault) return [];
      const { start, end, id: labelId } = label;
      const message = `The label ${label.label} on ${quoted(text.slice(start, end))} ${fault.what}.`;
      const fixes = fault.spans.map((span): Fix => ({
        kind: 'move',
        title: `Move to ${quoted(text.slice(span.start, span.end))}`,
        labelId,
        span,
      }));
      return [{ code: 'ragged-boundary', document, message, start, end, labelId, fixes }];
    });
}

/** The tokens, those of nothing but marks cut where the label ends: `Yahoo!` before `!.` */
function cutAtMarks({ end }: Span, tokens: readonly Token[]): readonly Token[] {
  const at = firstBehind(tokens, end);
  const cut = tokens.at(at);
  if (cut === undefined || cut.start >= end || !/^[!?.]+$/u.test(cut.form)) return tokens;
  const parts = [
    { start: cut.start, end, form: cut.form.slice(0, end - cut.start) },
    { start: end, end: cut.end, form: cut.form.slice(end - cut.start) },
  ];
  return [...tokens.slice(Math.max(0, at - 200), at), ...parts, ...tokens.slice(at + 1, at + 200)];
}

function faultOf(
  label: Label,
  text: string,
  tokens: readonly Token[],
): { what: string; spans: Span[] } | null {
  const words = text.slice(label.start, label.end);
  const trimmed = {
    start: label.start + words.length - words.trimStart().length,
    end: label.start + words.trimEnd().length,
  };
  if (trimmed.start >= trimmed.end) return { what: 'covers no word', spans: [] };
  if (trimmed.start !== label.start || trimmed.end !== label.end)
    return { what: `${sides(label, trimmed)} with white space`, spans: [trimmed] };

  const first = firstBehind(tokens, label.start);
  const last = firstFrom(tokens, label.end) - 1;
  if (first > last) return null; // text that has no tokens, such as code in Markdown
  const outer = {
    start: Math.min(label.start, tokens[first].start),
    end: Math.max(label.end, tokens[last].end),
  };
  if (outer.start < label.start || outer.end > label.end) {
    const [from, to] = [
      outer.start < label.start ? first + 1 : first,
      outer.end > label.end ? last - 1 : last,
    ];
    const shrunk = from <= to ? [{ start: tokens[from].start, end: tokens[to].end }] : [];
    return { what: `${sides(label, outer)} inside a word`, spans: [outer, ...shrunk] };
  }
  if (endsInItsOwnMark(tokens, first, last, text)) return null;
  const bare = withoutPunctuation(tokens, first, last, text);
  return bare && { what: `${sides(label, bare)} with a punctuation mark`, spans: [bare] };
}

/**
 * Whether the mark at the end of [first, last] is a part of the name: the period of an abbreviation at the end of its
 * sentence (`Acme Inc.`), or a `!` or `?` behind which the sentence goes on (`Yahoo! hired her`).
 */
function endsInItsOwnMark(tokens: readonly Token[], first: number, last: number, text: string): boolean {
  const [word, mark] = [tokens[last - 1], tokens[last]];
  if (last === first || word.end !== mark.start || PUNCTUATION.test(word.form)) return false;
  if (mark.form === '.') return isAbbreviation(word.form, '') || ACRONYM.test(word.form);
  if (!/^[!?]$/u.test(mark.form) || !/^\p{Lu}/u.test(tokens[first].form)) return false;
  return EXCLAIMED.has(word.form) || GOES_ON.test(text.slice(mark.end, mark.end + 40));
}

const ACRONYM = /^(?:(?:\p{L}\.)+\p{L}|(?:\p{Lu}\p{Ll}{0,3}\.)+\p{Lu}\p{Ll}{0,3})$/u;
/** What follows within a sentence: a word in lower case, a number, another mark, a clitic. */
const GOES_ON = /^(?:\s+["“(]?[\p{Ll}\d&]|[,;:)’']|\s*[-–—])/u;
/** Names that are written with their mark wherever they stand. */
const EXCLAIMED: ReadonlySet<string> = new Set([
  'Yahoo',
  'Jeopardy',
  'Joomla',
  'Yum',
  'Guess',
  'Wham',
  'Oklahoma',
]);

/** The span of tokens [first, last] without the marks at its ends, or null where there are none to take off. */
function withoutPunctuation(
  tokens: readonly Token[],
  first: number,
  last: number,
  text: string,
): Span | null {
  const closes = (open: number, close: number): boolean =>
    PAIRS[tokens[open].form]?.includes(tokens[close].form) ?? false;
  const isMark = (at: number): boolean =>
    PUNCTUATION.test(tokens[at].form) && !isPartOfName(tokens, at, text);
  while (first < last && closes(first, last)) [first, last] = [first + 1, last - 1];
  const [from, to] = [first, last];
  while (first < last && isMark(first) && !hasPartner(first, first + 1, to, (at) => closes(first, at)))
    first++;
  while (last > first && isMark(last) && !hasPartner(last, from, last - 1, (at) => closes(at, last))) last--;
  if (first > last || (first === from && last === to)) return null;
  return { start: tokens[first].start, end: tokens[last].end };
}

/** Whether a mark at one end has its other half among the tokens [from, to], as in `Oslo (Norway)`. */
function hasPartner(mark: number, from: number, to: number, isOther: (at: number) => boolean): boolean {
  for (let at = from; at <= to; at++) if (at !== mark && isOther(at)) return true;
  return false;
}

/** Which ends of a label differ: `begins`, `ends`, or `begins and ends`. */
function sides(label: Span, other: Span): string {
  const [begins, ends] = [label.start !== other.start, label.end !== other.end];
  return begins && ends ? 'begins and ends' : begins ? 'begins' : 'ends';
}

/** The number of the first token that ends behind `offset`. */
function firstBehind(tokens: readonly Token[], offset: number): number {
  return firstWhere(tokens, ({ end }) => end > offset);
}

/** The number of the first token that begins at `offset` or behind it. */
function firstFrom(tokens: readonly Token[], offset: number): number {
  return firstWhere(tokens, ({ start }) => start >= offset);
}

/** Bisects tokens that hold a condition from some token on. */
function firstWhere(tokens: readonly Token[], holds: (token: Token) => boolean): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(tokens[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
