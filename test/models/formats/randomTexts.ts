import type { AnnotatedText, TextLabel } from '../../../models/formats/annotatedText';
import type { Random } from '../../../models/random';

/** Words that have broken other tools: surrogates, joined emoji, combining marks, right-to-left, CJK, signs. */
const WORDS = [
  'Ada',
  'wrote',
  'letters',
  'in',
  'London',
  "doesn't",
  '👩‍🔬',
  '👨🏻‍🚒',
  '😀',
  '𝒜𝒹𝒶',
  'cafe\u0301',
  'n\u0303',
  'שלום',
  'مرحبا',
  '東京',
  'a_b',
  'x|y',
  '[1]',
  'C:\\new',
  '->',
  '*',
  '#tag',
  '3.14',
  '"quoted"',
];
const GAPS = [' ', ' ', ' ', ' ', '', '\n', '\r\n', '\n\n', '\r\n\r\n', '  ', '\t', '. ', ', ', '!\n'];
const LABELS = ['PER', 'ORG', 'Work-of-art', 'LOC'];

/** A text of `size` words, with or without white space at its ends. */
export function randomText(random: Random, size: number): string {
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)];
  let text = random.below(4) === 0 ? pick(['\n', ' ', '\r\n']) : '';
  for (let i = 0; i < size; i++) text += pick(WORDS) + pick(GAPS);
  return random.below(2) === 0 ? text.trimEnd() : text;
}

interface LabelPlaces {
  /** Borders at any whole character, not only at those of words. */
  readonly anywhere?: boolean;
  readonly overlaps?: boolean;
}

/** Random labels, each over something other than white space. */
export function randomLabels(
  random: Random,
  text: string,
  { anywhere = false, overlaps = false }: LabelPlaces = {},
): TextLabel[] {
  const pieces = anywhere ? characters(text) : words(text);
  const labels: TextLabel[] = [];
  for (let first = random.below(3); first < pieces.length;) {
    const last = Math.min(first + random.below(anywhere ? 12 : 3), pieces.length - 1);
    const [start, end] = [pieces[first][0], pieces[last][1]];
    if (text.slice(start, end).trim() !== '')
      labels.push({ layer: 'ner', label: LABELS[random.below(LABELS.length)], start, end });
    first = (overlaps ? first : last) + 1 + random.below(3);
  }
  return labels;
}

function words(text: string): [start: number, end: number][] {
  return [...text.matchAll(/\S+/g)].map((match) => [match.index, match.index + match[0].length]);
}

function characters(text: string): [start: number, end: number][] {
  let at = 0;
  return Array.from(text, (character) => [at, (at += character.length)]);
}

/** A document as it would come from the project's own annotations. */
export function documentOf(text: string, labels: readonly TextLabel[], name = 'text'): AnnotatedText {
  return { name, text, labels, layers: [{ name: 'ner', kind: 'span' }] };
}

/** What a round trip must keep: every label with its own words. */
export function meaning({ text, labels }: AnnotatedText): string[] {
  return labels
    .map(({ layer, label, start, end, note }) =>
      [start, end, layer, label, JSON.stringify(text.slice(start, end)), note ?? ''].join(' '),
    )
    .sort();
}
