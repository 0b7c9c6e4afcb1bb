import { type AnnotatedText, defaultLayer } from './annotatedText';
import { beginsDocument, replaceColumn } from './columnLines';
import { fitTokens, type FittedText } from './fitTokens';
import type { WriteOptions, Written } from './format';
import { prepareLabels } from './prepare';
import { columnText } from './readColumns';
import { LossReport } from './lossReport';
import { isUnchanged } from './sourceRecord';
import { spansWithin } from './spansWithin';
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
  const report = new LossReport();
  const format = FORMAT_OF_SCHEME[scheme];
  const parts = documents.map((document) => {
    const columns = scheme === 'iob2' ? COLUMN_LAYERS : [];
    const layer = spanLayer(document, columns, options);
    const layers = options.layers ?? [...columns, layer];
    const left = new Set(
      document.labels.map((label) => label.layer).filter((name) => !layers.includes(name)),
    );
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
    const isOwn = document.source?.format === format;
    const fitted = fitTokens(document, labels, options, report, { fixed: isOwn });
    if (isOwn) return patchColumns(document, fitted, layer, scheme);
    const begin =
      scheme === 'iob2' ? ['-DOCSTART- -X- -X- O', ''] : documents.length > 1 ? ['-DOCSTART-\tO', ''] : [];
    return [...begin, ...freshColumns(document, fitted, layer, scheme, report), ''].join('\n');
  });
  const content = parts
    .map((part, k) =>
      k === parts.length - 1 || part === '' || /\n\r?\n$/.test(part)
        ? part
        : `${part.replace(/\r?\n$/, '')}\n\n`,
    )
    .join('');
  const { problems, losses } = report;
  const extension = scheme === 'iob2' ? '.conll' : `.${scheme}`;
  return { files: problems.length ? [] : [{ name: stem + extension, content }], problems, losses };
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

function patchColumns(
  document: AnnotatedText,
  { spans, tags }: FittedText,
  layer: string,
  scheme: TagScheme,
): string {
  const raw = document.source?.raw ?? '';
  const { order, sentences } = columnText(raw, document.name);
  const lines = raw.split('\n');
  let first = 0;
  const set = (line: number, column: number | undefined, value: string): void => {
    if (column === undefined || beginsDocument(lines[line - 1])) return;
    const row = lines[line - 1];
    const end = row.endsWith('\r') ? '\r' : '';
    lines[line - 1] = replaceColumn(row.slice(0, row.length - end.length), column, value) + end;
  };
  for (const sentence of sentences) {
    const write = (name: string, column: number | undefined, old: readonly string[], none: string): void => {
      const own = spansWithin(spans.get(name), first, sentence.length);
      if (JSON.stringify(decodeSpans(old)) === JSON.stringify(own)) return;
      const next = encodeSpans(own, sentence.length, schemeOf(old, scheme));
      for (const [k, { number }] of sentence.entries())
        if (next[k] !== old[k]) set(number, column, next[k] === 'O' ? none : next[k]);
    };
    write(
      layer,
      order.tag,
      sentence.map(({ tag }) => tag),
      'O',
    );
    if (order.chunk !== undefined)
      write(
        'chunk',
        order.chunk,
        sentence.map(({ chunk = 'O' }) => chunk),
        '_',
      );
    for (const [k, { number, pos }] of sentence.entries()) {
      const next = tags.get('pos')?.get(first + k) ?? '_';
      if (pos !== undefined && pos !== next && !(next === '_' && pos === '-X-')) set(number, order.pos, next);
    }
    first += sentence.length;
  }
  return lines.join('\n');
}
