import type { LabelledSpan } from '../tags/bio';
import { type AnnotatedText, defaultLayer } from './annotatedText';
import { type LabelColumn, labelColumns } from './columnLayout';
import { replaceColumn } from './columnRows';
import { type ColumnLine, columnText } from './columnText';
import { fitTokens, type FittedText } from './fitTokens';
import type { BeginDocuments, OutputFile, WriteOptions, Written } from './format';
import { prepareLabels } from './prepare';
import type { LossReport } from './lossReport';
import { isUnchanged } from './sourceRecord';
import { decodeBrackets, encodeBrackets } from './spanBrackets';
import { spansWithin } from './spansWithin';
import { beforeNext, writeDocuments } from './writeDocuments';
import { type TagScheme, decodeSpans, encodeSpans, schemeOf } from './spanTags';

/** The format of each tag scheme. */
const FORMAT_OF_SCHEME = { iob2: 'conll2003', bilou: 'bilou', bioes: 'bioes' } as const;

/** Layers with a column of their own; the remaining one stands in the last. */
const COLUMN_LAYERS = ['pos', 'chunk'];

/**
 * Documents as one file of token lines. `conll2003` has the four columns of the shared task (Tjong Kim Sang and De
 * Meulder 2003) between blanks, with `-DOCSTART-` before each document; BILOU and BIOES have a token, a tab and a
 * tag. What was read from the same format keeps everything but the tags that changed.
 */
export function writeColumns(
  documents: readonly AnnotatedText[],
  stem: string,
  scheme: TagScheme,
  options: WriteOptions = {},
): Written {
  return writeDocuments(documents, stem, options, beginColumns(scheme));
}

/** Writes token lines document by document; see `writeColumns`. */
export const beginColumns =
  (scheme: TagScheme): BeginDocuments =>
  ({ stem, count }, options, report) => {
    const name = `${stem}${scheme === 'iob2' ? '.conll' : `.${scheme}`}`;
    let written = 0;
    const add = (document: AnnotatedText): OutputFile[] => {
      const content = columnsOf(document, scheme, { ...options, isAlone: count === 1 }, report);
      return [{ name, content: beforeNext(content, ++written === count) }];
    };
    return { fileNames: () => [name], add };
  };

function columnsOf(
  document: AnnotatedText,
  scheme: TagScheme,
  { isAlone, ...options }: WriteOptions & { readonly isAlone: boolean },
  report: LossReport,
): string {
  const format = FORMAT_OF_SCHEME[scheme];
  const columns = scheme === 'iob2' ? COLUMN_LAYERS : [];
  const layer = spanLayer(document, columns, options);
  const isOwn = document.source?.format === format;
  const own = isOwn && document.source?.layout ? labelColumns(document.source.layout) : [];
  const layers = options.layers ?? [...columns, layer, ...own.map((column) => column.layer)];
  const left = new Set(document.labels.map((label) => label.layer).filter((name) => !layers.includes(name)));
  if (!options.layers)
    for (const name of left)
      if (!name.startsWith('@'))
        report.lose(
          document.name,
          `labels in the layer ${name}`,
          'content',
          document.labels.filter((label) => label.layer === name).length,
        );
  const labels = prepareLabels(
    {
      ...document,
      labels: document.labels.filter((label) => !left.has(label.layer) || label.layer.startsWith('@')),
    },
    { format, layers: true },
    options,
    report,
  );
  if (isUnchanged(document, labels, format)) return document.source.raw;
  const fitted = fitTokens(document, labels, options, report, { fixed: isOwn });
  if (isOwn) return patchColumns(document, fitted, scheme);
  const begin = scheme === 'iob2' ? ['-DOCSTART- -X- -X- O', ''] : !isAlone ? ['-DOCSTART-\tO', ''] : [];
  return [...begin, ...freshColumns(document, fitted, layer, scheme, report), ''].join('\n');
}

/** The layer of the last column: the chosen one, else `ner`, else the only span layer with labels. */
function spanLayer(
  { layers, labels }: AnnotatedText,
  columns: readonly string[],
  options: WriteOptions,
): string {
  const kinds = new Map(layers.map(({ name, kind }) => [name, kind]));
  const names = [...new Set(labels.map(({ layer }) => layer))].filter(
    (name) => !columns.includes(name) && !name.startsWith('@') && kinds.get(name) !== 'token',
  );
  const chosen = options.layers?.find((name) => names.includes(name));
  return chosen ?? (names.includes(defaultLayer) || !names.length ? defaultLayer : names.sort()[0]);
}

function freshColumns(
  { name, text }: AnnotatedText,
  { grid, spans, tags }: FittedText,
  layer: string,
  scheme: TagScheme,
  report: LossReport,
): string[] {
  const sentences = grid.sentences();
  const plain = sentences.map(({ tokens }) => `${tokens.map(({ form }) => form).join(' ')}\n`).join('');
  if (plain !== text) report.lose(name, 'records of spacing', 'trace');
  const lines: string[] = [];
  for (const { tokens, first } of sentences) {
    const rows = (of: string, how: TagScheme): string[] =>
      encodeSpans(spansWithin(spans.get(of), first, tokens.length), tokens.length, how);
    const ner = rows(layer, scheme);
    const chunk = rows('chunk', 'iob2');
    for (const [k, { form }] of tokens.entries()) {
      const columns =
        scheme === 'iob2'
          ? [form, tags.get('pos')?.get(first + k) ?? '_', spans.has('chunk') ? chunk[k] : '_', ner[k]]
          : [form, ner[k]];
      const written = columns.map((column) => column.replace(/\s/gu, '_') || '_');
      if (written.some((column, c) => column !== columns[c]))
        report.lose(name, 'blanks in words or names', 'content');
      lines.push(written.join(scheme === 'iob2' ? ' ' : '\t'));
    }
    lines.push('');
  }
  return lines;
}

/** The lines that a document was read from, with the tags of sentences whose labels changed. */
function patchColumns(document: AnnotatedText, { spans, tags }: FittedText, scheme: TagScheme): string {
  const { raw = '', layout } = document.source ?? {};
  if (!layout) return raw;
  const lines = raw.split('\n');
  const set = (line: number, column: number, value: string): void => {
    const row = lines[line - 1];
    const end = /\r*$/.exec(row)?.[0] ?? '';
    lines[line - 1] = replaceColumn(row.slice(0, row.length - end.length), column, value) + end;
  };
  let first = 0;
  for (const sentence of columnText(raw, layout, document.name).sentences) {
    for (const column of labelColumns(layout)) {
      const next = newCells(sentence, column, first, spans.get(column.layer), tags.get(column.layer), scheme);
      for (const [k, { number, cells }] of sentence.entries())
        if (next && next[k] !== cells[column.index]) set(number, column.index, next[k]);
    }
    first += sentence.length;
  }
  return lines.join('\n');
}

/** What a sentence has in a column after its labels changed, or undefined where they did not. */
function newCells(
  sentence: readonly ColumnLine[],
  { index, layer, kind, notation }: LabelColumn,
  first: number,
  spans: readonly LabelledSpan[] | undefined,
  tags: ReadonlyMap<number, string> | undefined,
  scheme: TagScheme,
): string[] | undefined {
  const old = sentence.map(({ cells }) => cells[index]);
  if (kind === 'token') return old.map((cell, k) => tags?.get(first + k) ?? (cell === '-X-' ? cell : '_'));
  const own = spansWithin(spans, first, sentence.length);
  const before = notation === 'brackets' ? decodeBrackets(old) : decodeSpans(old);
  if (JSON.stringify(before) === JSON.stringify(own)) return undefined;
  if (notation === 'brackets') return encodeBrackets(own, sentence.length);
  const none = layer === 'chunk' ? '_' : 'O';
  return encodeSpans(own, sentence.length, schemeOf(old, scheme)).map((tag) => (tag === 'O' ? none : tag));
}
