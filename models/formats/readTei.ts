import type { Sentence, Token } from '../text/span';
import type { AnnotatedText } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile, ReadOptions } from './format';
import { teiLabels, teiLayers } from './teiElements';
import type { TeiElement, TeiText } from './teiRunningText';
import { teiTexts } from './teiText';

/** Attributes of `w` that other formats know by name (TEI P5 Guidelines 18.1.1). */
const LINGUISTIC: Readonly<Record<string, string>> = { lemma: 'lemmas', msd: 'morphological features' };

/**
 * The documents of a TEI P5 file, one for each `TEI` element; `teiTexts` says what their text is, and `teiLabels` which
 * elements are labels. Tokens are those of `w` and `pc` where they hold all words, and sentences those of `s`.
 * @throws InputError where the file is not well-formed, not TEI, or has no body
 */
export function readTei({ name: file, text: source }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const texts = teiTexts(source, file);
  const names = numberedNames(
    texts.map(() => undefined),
    fileStem(file),
  );
  return texts.map((tei, k) => {
    const labels = teiLabels(tei.elements, options.elements).map(({ label }) => label);
    const sentences = sentencesOf(tei);
    const more = [
      ...tei.leftOut.keys(),
      ...Object.entries(LINGUISTIC).flatMap(([attribute, what]) =>
        tei.elements.some(({ attributes }) => attribute in attributes) ? [what] : [],
      ),
    ];
    return {
      name: names[k],
      text: tei.text,
      ...(sentences && { sentences }),
      layers: teiLayers(labels),
      labels,
      source: {
        format: 'tei',
        raw: source.slice(tei.document.start, tei.document.end),
        ...{ labels, more },
      },
    };
  });
}

/** The sentences of a text in which every word is a `w` or `pc`. */
function sentencesOf({ text, elements }: TeiText): Sentence[] | undefined {
  const groups = new Map<TeiElement | undefined, Token[]>();
  let end = 0;
  for (const element of elements) {
    const { words } = element;
    if ((element.name !== 'w' && element.name !== 'pc') || !words || words.start < end) continue;
    if (text.slice(end, words.start).trim() !== '') return undefined;
    end = words.end;
    const sentence = sentenceOf(element);
    const tokens = groups.get(sentence);
    const token = { ...words, form: text.slice(words.start, words.end) };
    if (tokens) tokens.push(token);
    else groups.set(sentence, [token]);
  }
  if (end === 0 || text.slice(end).trim() !== '') return undefined;
  const sentences = [...groups.values()].map((tokens) => ({
    ...{ tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end },
  }));
  const isInOrder = sentences.every(({ start }, k) => k === 0 || sentences[k - 1].end <= start);
  return isInOrder ? sentences : undefined;
}

/** The sentence that a word stands in, or else the element around its sentence-like line: a paragraph, say. */
function sentenceOf({ parent }: TeiElement): TeiElement | undefined {
  let around: TeiElement | undefined;
  for (let element = parent; element; element = element.parent) {
    if (element.name === 's') return element;
    if (around === undefined && /^(p|ab|l|head|item|cell|speaker|note)$/.test(element.name)) around = element;
  }
  return around ?? parent;
}
