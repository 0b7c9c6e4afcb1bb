import { type ConlluSentence, type ConlluWord, commentValue } from '../data/conllu';
import { type ConlluColumns, conlluColumns, tenColumns } from '../data/conlluColumns';
import { readConllu } from '../data/readConllu';
import { InputError } from '../errors';
import type { Sentence } from '../text/span';
import type { AnnotatedText, TextLabel, TextLayer } from './annotatedText';
import { type ColumnLayout, labelColumns } from './columnLayout';
import { withLineFeeds } from './columnRows';
import { conlluLayout, furtherLayer, isNoValue } from './conlluLayout';
import { placeConllu, unescapeMisc } from './conlluSpacing';
import { spacingReport } from './spacingReport';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile, ReadOptions } from './format';
import { decodeSpans, parseTag } from './spanTags';

/** The comment of a sentence that begins a document. */
export const NEW_DOCUMENT = /^newdoc\b/;

/** No corpus has more layers; keys of MISC without end would be read for hours. */
const MOST_LAYERS = 100;

/** Keys of MISC that are no layers, whatever their values look like. */
const NO_LAYERS = new Set(['SpaceAfter', 'SpacesAfter', 'SpacesBefore', 'SpacesInToken', 'TokenRange']);

/**
 * The documents of a file in CoNLL-U or CoNLL-U Plus, one for each `# newdoc`. Layers: `pos` (UPOS), `xpos`, and the keys
 * of MISC whose values are all BIO, BILOU or BIOES tags (`NER=B-PER`), or which a comment `# glossator layers =
 * sense:token` names. Further columns are layers if they hold such tags; others are offered.
 * @throws InputError at the first broken line
 */
export function readConlluText({ name, text: given }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const text = withLineFeeds(given);
  const columns = conlluColumns(text, name);
  const source = { file: name, columns, wanted: options.layers ?? [] };
  const lines = lineStarts(text);
  const ids: (string | undefined)[] = [];
  const documents: AnnotatedText[] = [];
  let from = 0;
  // One document after the other: the words of a file are many times as large as what becomes of them.
  let open: ConlluSentence[] = [];
  const close = (to: number): void => {
    ids.push(open[0] && commentValue(open[0], 'newdoc id'));
    documents.push(conlluDocument('', open, text.slice(from, to), source));
    [open, from] = [[], to];
  };
  for (const sentence of readConllu(text, name, columns)) {
    if (open.length > 0 && isNewDocument(sentence)) close(lines[sentence.line - 1]);
    open.push(sentence);
  }
  close(text.length);
  const names = numberedNames(ids, fileStem(name));
  return documents.map((document, k) => ({ ...document, name: names[k] }));
}

/** What a document of CoNLL-U is read from. */
export interface ConlluSource {
  readonly file: string;
  readonly columns: ConlluColumns;
  /** Layers that are read though they are only offered. */
  readonly wanted: readonly string[];
}

/** A document of CoNLL-U; see `readConlluText`. @param raw its part of the file */
export function conlluDocument(
  name: string,
  sentences: readonly ConlluSentence[],
  raw: string,
  { file, columns, wanted }: ConlluSource,
): AnnotatedText {
  const placed = placeConllu(sentences);
  const layout = conlluLayout(sentences, columns, wanted);
  const layers = conlluLayers(sentences, layout);
  if (layers.length > MOST_LAYERS)
    throw new InputError(
      `The words have labels in ${layers.length} layers, and no more than ${MOST_LAYERS} are read.`,
      { file, line: sentences[0].line },
      'Take keys that are no layers out of the last column.',
    );
  const labels = layers.flatMap((layer) =>
    sentences.flatMap((sentence, k) => layerLabels(sentence, placed.sentences[k], layer, columns)),
  );
  const more = leftOut(sentences, layers);
  return {
    ...{ name, text: placed.text, sentences: placed.sentences, layers, labels },
    source: { format: 'conllu', raw, labels, more, layout, ...(columns.isNamed && { conllu: columns }) },
    ...spacingReport(placed, file),
  };
}

/** The layers of CoNLL-U sentences; see `readConlluText`. */
export function conlluLayers(sentences: readonly ConlluSentence[], layout: ColumnLayout): TextLayer[] {
  const words = sentences.flatMap((sentence) => sentence.words);
  const layers: TextLayer[] = labelColumns(layout).map(({ layer: name, kind }) => ({ name, kind }));
  const values = new Map<string, string[]>();
  for (const { misc } of words)
    for (const [key, value] of miscEntries(misc)) {
      const known = values.get(key);
      if (known) known.push(value);
      else values.set(key, [value]);
    }
  const declared = sentences.map((sentence) => commentValue(sentence, 'glossator layers') ?? '').join(' ');
  const tokenLayers = new Set(declared.split(/\s+/));
  for (const [key, tags] of values) {
    const name = key.toLowerCase();
    const isSpan = tags.every((tag) => parseTag(tag)) && tags.some((tag) => tag.includes('-'));
    if (layers.some((layer) => layer.name === name)) continue;
    if (tokenLayers.has(`${name}:token`)) layers.push({ name, kind: 'token' });
    else if (isSpan && !NO_LAYERS.has(key)) layers.push({ name, kind: 'span' });
  }
  return layers;
}

/** The value of a word in a layer, or undefined. */
export function conlluValue(
  word: ConlluWord,
  layer: string,
  columns: ConlluColumns = tenColumns,
): string | undefined {
  if (layer === 'pos') return word.upos === '_' ? undefined : word.upos;
  if (layer === 'xpos') return word.xpos === '_' ? undefined : word.xpos;
  const further = columns.further.find(({ name }) => furtherLayer(name) === layer);
  const cell = further && word.cells?.[further.index];
  if (cell !== undefined) return isNoValue(cell) ? undefined : cell;
  const { misc } = word;
  for (let at = 0; at < misc.length;) {
    const bar = misc.indexOf('|', at);
    const end = bar < 0 ? misc.length : bar;
    const equals = misc.indexOf('=', at);
    if (equals >= 0 && equals < end && misc.slice(at, equals).toLowerCase() === layer)
      return unescapeMisc(misc.slice(equals + 1, end));
    at = end + 1;
  }
  return undefined;
}

/** The key=value entries of a MISC column. */
export function miscEntries(misc: string): [key: string, value: string][] {
  if (misc === '_') return [];
  const entries: [key: string, value: string][] = [];
  for (let at = 0; at < misc.length;) {
    const bar = misc.indexOf('|', at);
    const end = bar < 0 ? misc.length : bar;
    const equals = misc.indexOf('=', at);
    if (equals >= 0 && equals < end) entries.push([misc.slice(at, equals), misc.slice(equals + 1, end)]);
    at = end + 1;
  }
  return entries;
}

/** The labels of one layer in one sentence. */
export function layerLabels(
  { words }: ConlluSentence,
  { tokens }: Sentence,
  { name, kind }: TextLayer,
  columns: ConlluColumns = tenColumns,
): TextLabel[] {
  const values = words.map((word) => conlluValue(word, name, columns));
  if (kind === 'token')
    return values.flatMap((label, k) =>
      label === undefined ? [] : [{ layer: name, label, start: tokens[k].start, end: tokens[k].end }],
    );
  const spans = decodeSpans(values.map((value) => value ?? 'O'));
  if (typeof spans === 'number') return [];
  return spans.map(({ start, end, label }) => ({
    layer: name,
    label,
    start: tokens[start].start,
    end: tokens[end - 1].end,
  }));
}

function leftOut(sentences: readonly ConlluSentence[], layers: readonly TextLayer[]): string[] {
  const names = new Set([...layers.map(({ name }) => name)]);
  const words = sentences.flatMap((sentence) => sentence.words);
  const has = (column: 'lemma' | 'feats' | 'deprel' | 'deps'): boolean =>
    words.some((word) => word[column] !== '_');
  const keys = new Set(words.flatMap(({ misc }) => miscEntries(misc).map(([key]) => key)));
  const others = [...keys].filter((key) => !NO_LAYERS.has(key) && !names.has(key.toLowerCase()));
  const comments = sentences.flatMap((sentence) => sentence.comments);
  const known = /^(newdoc|newpar|sent_id|text|glossator layers|global\.columns)\b/;
  return [
    ...(has('lemma') ? ['columns of lemmas'] : []),
    ...(has('feats') ? ['columns of features'] : []),
    ...(has('deprel') ? ['columns of dependencies'] : []),
    ...(has('deps') ? ['columns of enhanced dependencies'] : []),
    ...(sentences.some(({ emptyNodes }) => emptyNodes.length) ? ['sets of empty nodes'] : []),
    ...others.sort().map((key) => `sets of ${key} in MISC`),
    ...(comments.some((comment) => !known.test(comment)) ? ['sets of comments'] : []),
  ];
}

/** True where a sentence is the first of a document. */
function isNewDocument({ comments }: ConlluSentence): boolean {
  return comments.some((comment) => NEW_DOCUMENT.test(comment));
}

/** The offset of every line. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
