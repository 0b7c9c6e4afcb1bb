import type { ConlluSentence, ConlluWord } from '../data/conllu';
import { type ConlluColumns, tenColumns } from '../data/conlluColumns';
import { readConllu } from '../data/readConllu';
import type { AnnotatedText, TextLayer } from './annotatedText';
import { furtherLayer } from './conlluLayout';
import { escapeMisc } from './conlluSpacing';
import type { FittedText } from './fitTokens';
import { conlluValue } from './readConlluText';
import { decodeSpans, encodeSpans, schemeOf } from './spanTags';
import { spansWithin } from './spansWithin';

/** The CoNLL-U that a document was read from, with the values of words whose labels changed. */
export function patchConllu(document: AnnotatedText, fitted: FittedText): string {
  const { raw = '', conllu: columns = tenColumns } = document.source ?? {};
  const lines = raw.split('\n');
  const layers = [
    ...document.layers,
    ...[...fitted.spans.keys()].map((name): TextLayer => ({ name, kind: 'span' })),
  ].filter(({ name }, k, all) => all.findIndex((other) => other.name === name) === k);
  let first = 0;
  for (const sentence of readConllu(raw, document.name, columns)) {
    for (const layer of layers) {
      const values = newValues(sentence, first, layer, fitted, columns);
      for (const [k, word] of sentence.words.entries())
        if (values && (conlluValue(word, layer.name, columns) ?? 'O') !== (values[k] ?? 'O'))
          lines[word.line - 1] = patchLine(lines[word.line - 1], layer.name, values[k], columns);
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
  columns: ConlluColumns,
): (string | undefined)[] | null {
  if (kind === 'token') return words.map((_, k) => tags.get(name)?.get(first + k));
  const own = spansWithin(spans.get(name), first, words.length);
  const old = words.map((word: ConlluWord) => conlluValue(word, name, columns) ?? 'O');
  if (JSON.stringify(decodeSpans(old)) === JSON.stringify(own)) return null;
  return encodeSpans(own, words.length, schemeOf(old)).map((tag) => (tag === 'O' ? undefined : tag));
}

function patchLine(line: string, layer: string, value: string | undefined, file: ConlluColumns): string {
  const end = /\r*$/.exec(line)?.[0] ?? '';
  const cells = line.slice(0, line.length - end.length).split('\t');
  const own = ownColumn(layer, file);
  const misc = file.names.indexOf('MISC');
  if (own >= 0) cells[own] = value === undefined ? '_' : escapeMisc(value);
  else cells[misc] = patchMisc(cells[misc], layer, value);
  return cells.join('\t') + end;
}

/** The column that a layer has to itself, counted from 0, or -1. */
function ownColumn(layer: string, { names, further }: ConlluColumns): number {
  if (layer === 'pos') return names.indexOf('UPOS');
  if (layer === 'xpos') return names.indexOf('XPOS');
  return further.find(({ name }) => furtherLayer(name) === layer)?.index ?? -1;
}

/** True where a file has a place for the labels of a layer: a column of its own, or MISC. */
export function hasPlace(layer: string, columns: ConlluColumns): boolean {
  if (ownColumn(layer, columns) >= 0) return true;
  return layer !== 'pos' && layer !== 'xpos' && columns.names.includes('MISC');
}

function patchMisc(misc: string, layer: string, value: string | undefined): string {
  const entries = misc === '_' ? [] : misc.split('|');
  const isOwn = (entry: string): boolean => entry.split('=')[0].toLowerCase() === layer;
  const key = entries.find(isOwn)?.split('=')[0] ?? layer.toUpperCase();
  const others = entries.filter((entry) => !isOwn(entry));
  if (value !== undefined) others.push(`${key}=${escapeMisc(value)}`);
  return others.sort().join('|') || '_';
}
