/**
 * How each tag looks. No two tags of a layer that share a colour share a line, and entities carry their label
 * as a badge, as do sentences: nothing is told by colour alone. Colours are contributed in package.json, so that themes and
 * users may change them.
 */
export interface TagStyle {
  /** Full name in English. */
  readonly name: string;
  /** Id of the contributed colour: the text of words, the border of spans, the bar behind sentences. */
  readonly color: string;
  /**
   * CSS of the line: `text-decoration` for words, `border-width` for spans; the style of a span's border tells
   * whether a person has confirmed it.
   */
  readonly line: string;
}

const word = (name: string, family: string, line: string): TagStyle => ({
  name,
  color: `glossator.word.${family}`,
  line: line === 'none' ? 'none' : `underline ${line}`,
});

const span = (name: string, family: string, line: string): TagStyle => ({
  name,
  color: `glossator.entity.${family}Border`,
  line,
});

/** Universal parts of speech, https://universaldependencies.org/u/pos/. */
const words: Readonly<Record<string, TagStyle>> = {
  NOUN: word('noun', 'noun', 'solid 1px'),
  PROPN: word('proper noun', 'noun', 'dotted 1px'),
  PRON: word('pronoun', 'noun', 'double 1px'),
  VERB: word('verb', 'verb', 'solid 2px'),
  AUX: word('auxiliary', 'verb', 'dotted 2px'),
  ADJ: word('adjective', 'modifier', 'dashed 1px'),
  ADV: word('adverb', 'modifier', 'wavy 1px'),
  NUM: word('numeral', 'numeral', 'dashed 2px'),
  DET: word('determiner', 'function', 'none'),
  ADP: word('adposition', 'function', 'none'),
  CCONJ: word('coordinating conjunction', 'function', 'none'),
  SCONJ: word('subordinating conjunction', 'function', 'none'),
  PART: word('particle', 'function', 'none'),
  INTJ: word('interjection', 'other', 'wavy 1px'),
  SYM: word('symbol', 'other', 'none'),
  PUNCT: word('punctuation', 'other', 'none'),
  X: word('other', 'other', 'dotted 1px'),
};

/** The universal parts of speech. */
export const wordTags: readonly string[] = Object.keys(words);

/** Named entities as CoNLL-2003 and OntoNotes call them. */
const spans: Readonly<Record<string, TagStyle>> = {
  PER: span('person', 'person', '1px'),
  PERSON: span('person', 'person', '1px'),
  ORG: span('organisation', 'organization', '1px 3px'),
  LOC: span('location', 'location', '1px 1px 3px'),
  GPE: span('country, city or state', 'location', '1px 1px 3px'),
  MISC: span('miscellaneous', 'miscellaneous', '1px 0'),
};

const lookUp = (table: Readonly<Record<string, TagStyle>>, label: string): TagStyle | undefined =>
  Object.hasOwn(table, label) ? table[label] : undefined;

/** Colours of sentence labels; a layer of more labels begins again with the first. */
const sentenceColors = [1, 2, 3, 4, 5, 6].map((number) => `glossator.sentence.label${number}`);

/** Frames and underlines of labels of people's own, in turn. */
const customFrames = ['1px', '1px 3px', '1px 1px 3px', '1px 0', '1px 1px 1px 3px'];
const customUnderlines = ['solid 1px', 'dotted 1px', 'dashed 1px', 'double 1px', 'wavy 1px'];

/**
 * Look of a label that a project defines and that is not known here.
 * @param index of the label in its layer
 */
export function customStyle(kind: 'token' | 'span' | 'sentence', label: string, index: number): TagStyle {
  const color = sentenceColors[index % sentenceColors.length];
  if (kind === 'sentence') return { name: label, color, line: 'solid' };
  const lines = kind === 'span' ? customFrames : customUnderlines;
  const line = lines[index % lines.length];
  return { name: label, color, line: kind === 'span' ? line : `underline ${line}` };
}

/**
 * Style of a label; labels that are not known here share one style and go by their own name.
 * @param index of a sentence label among the labels of its layer
 */
export function styleOf(kind: 'token' | 'span' | 'sentence', label: string, index = 0): TagStyle {
  if (kind === 'sentence')
    return { name: label, color: sentenceColors[index % sentenceColors.length], line: 'solid' };
  if (kind === 'token') return lookUp(words, label) ?? word(label, 'other', 'dotted 1px');
  return lookUp(spans, label) ?? span(label, 'other', '1px');
}

/** Id of the background that goes with the border of a span; undefined for a colour that has none. */
export function backgroundOf({ color }: TagStyle): string | undefined {
  return /^glossator\.entity\.\w+Border$/.test(color) ? color.replace(/Border$/, 'Background') : undefined;
}

/** Every colour that a style may name; package.json contributes each of them. */
export function usedColors(): string[] {
  const wordColors = [...Object.values(words), styleOf('token', '')].map(({ color }) => color);
  const spanStyles = [...Object.values(spans), styleOf('span', '')];
  const spanColors = spanStyles.flatMap((style) => [style.color, backgroundOf(style)]);
  const colors = [...wordColors, ...spanColors, ...sentenceColors];
  return [...new Set(colors.filter((color) => color !== undefined))];
}

/** Labels in the order in which people read them; labels that are not known come last, by name. */
export function compareLabels(a: string, b: string): number {
  const order = [...Object.keys(spans), ...Object.keys(words)];
  const place = (label: string): number => (order.includes(label) ? order.indexOf(label) : order.length);
  return place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0);
}
