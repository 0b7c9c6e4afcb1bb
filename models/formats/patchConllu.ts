import type { ConlluSentence, ConlluWord } from '../data/conllu';
import { readConllu } from '../data/readConllu';
import type { AnnotatedText, TextLayer } from './annotatedText';
import { escapeMisc } from './conlluSpacing';
import type { FittedText } from './fitTokens';
import { conlluValue } from './readConlluText';
import { decodeSpans, encodeSpans, schemeOf } from './spanTags';
import { spansWithin } from './spansWithin';

const UPOS = 3;
const XPOS = 4;
const MISC = 9;

/** The CoNLL-U that a document was read from, with the values of words whose labels changed. */
export function patchConllu(document: AnnotatedText, fitted: FittedText): string {
  const raw = document.source?.raw ?? '';
  const lines = raw.split('\n');
  const layers = [
    ...document.layers,
    ...[...fitted.spans.keys()].map((name): TextLayer => ({ name, kind: 'span' })),
  ].filter(({ name }, k, all) => all.findIndex((other) => other.name === name) === k);
  let first = 0;
  for (const sentence of readConllu(raw)) {
    for (const layer of layers) {
      const values = newValues(sentence, first, layer, fitted);
      for (const [k, word] of sentence.words.entries())
        if (values && (conlluValue(word, layer.name) ?? 'O') !== (values[k] ?? 'O'))
          lines[word.line - 1] = patchLine(lines[word.line - 1], layer.name, values[k]);
    }
    first += sentence.words.length;
  }
  return lines.join('\n');
}

/** The value of each word of a sentence in a layer, or null where its labels are as they were. */
function newValues(
  { words }: ConlluSentence,
  first: number,
  { name, kind }: TextLayer,
  { spans, tags }: FittedText,
): (string | undefined)[] | null {
  if (kind === 'token') return words.map((_, k) => tags.get(name)?.get(first + k));
  const own = spansWithin(spans.get(name), first, words.length);
  const old = words.map((word: ConlluWord) => conlluValue(word, name) ?? 'O');
  if (JSON.stringify(decodeSpans(old)) === JSON.stringify(own)) return null;
  return encodeSpans(own, words.length, schemeOf(old)).map((tag) => (tag === 'O' ? undefined : tag));
}

function patchLine(line: string, layer: string, value: string | undefined): string {
  const end = line.endsWith('\r') ? '\r' : '';
  const columns = line.slice(0, line.length - end.length).split('\t');
  const shown = value === undefined ? '_' : escapeMisc(value);
  if (layer === 'pos') columns[UPOS] = shown;
  else if (layer === 'xpos') columns[XPOS] = shown;
  else columns[MISC] = patchMisc(columns[MISC], layer, value);
  return columns.join('\t') + end;
}

function patchMisc(misc: string, layer: string, value: string | undefined): string {
  const entries = misc === '_' ? [] : misc.split('|');
  const isOwn = (entry: string): boolean => entry.split('=')[0].toLowerCase() === layer;
  const key = entries.find(isOwn)?.split('=')[0] ?? layer.toUpperCase();
  const others = entries.filter((entry) => !isOwn(entry));
  if (value !== undefined) others.push(`${key}=${escapeMisc(value)}`);
  return others.sort().join('|') || '_';
}
