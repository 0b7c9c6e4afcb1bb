import { linesOf } from '../data/lines';
import { InputError } from '../errors';
import type { Sentence } from '../text/span';
import {
  type AnnotatedText,
  type FormatName,
  type TextLabel,
  type TextLayer,
  defaultLayer,
} from './annotatedText';
import {
  type ColumnLine,
  type ColumnOrder,
  beginsDocument,
  columnOrder,
  isComment,
  readColumnLine,
  splitColumns,
} from './columnLines';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile } from './format';
import { decodeSpans, parseTag } from './spanTags';

/** The sentences of a part of a column file, as lines. */
export interface ColumnText {
  readonly order: ColumnOrder;
  readonly sentences: readonly (readonly ColumnLine[])[];
}

/**
 * The documents of a file with a token and a tag on each line, one for each `-DOCSTART-`: two columns, or the four
 * of CoNLL-2003; see `columnOrder`. Tags are IOB1, IOB2, BILOU or BIOES. The text is the tokens with a blank between
 * them and a line for each sentence. Layers: `ner` (the tag), `pos`, `chunk`.
 * @throws InputError at the first broken line
 */
export function readColumns({ name, text }: InputFile, format: FormatName): AnnotatedText[] {
  const parts: { raw: string; line: number }[] = [];
  let [start, line] = [0, 1];
  let begun = false;
  for (let at = 0, number = 1; at <= text.length; number++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const row = text.slice(at, end);
    if (beginsDocument(row) && begun) {
      parts.push({ raw: text.slice(start, at), line });
      [start, line] = [at, number];
    }
    if (row.trim() !== '') begun = true;
    at = end + 1;
  }
  parts.push({ raw: text.slice(start), line });
  const names = numberedNames(
    parts.map(() => undefined),
    fileStem(name),
  );
  return parts.map(({ raw, line: from }, k) => documentOf(names[k], raw, from, name, format));
}

function documentOf(
  name: string,
  raw: string,
  line: number,
  file: string,
  format: FormatName,
): AnnotatedText {
  const { order, sentences } = columnText(raw, file, line);
  const { text, placed } = place(sentences);
  const layers = columnLayers(order);
  const labels = layers.flatMap((layer) =>
    sentences.flatMap((lines, k) => columnLabels(lines, placed[k], layer, file)),
  );
  const comments = raw.split('\n').some((row) => isComment(row));
  const more = comments ? ['sets of comments'] : [];
  return { name, text, sentences: placed, layers, labels, source: { format, raw, labels, more } };
}

/** The token lines of a document; `line` is the number of the first. */
export function columnText(raw: string, file: string, line = 1): ColumnText {
  let order: ColumnOrder | null = null;
  let count: number | undefined;
  let tabs = false;
  const sentences: ColumnLine[][] = [];
  let open: ColumnLine[] = [];
  for (const { number, text } of linesOf(raw)) {
    const place = { number: number + line - 1, text };
    if (text.trim() === '' || beginsDocument(text)) {
      if (open.length) sentences.push(open);
      open = [];
    } else if (!isComment(text, count, tabs)) {
      if (!order) {
        const columns = splitColumns(text);
        count = columns.length;
        tabs = text.includes('\t');
        order = columnOrder(columns);
        if (!order)
          throw new InputError(
            `The line has ${count} column${count === 1 ? '' : 's'}, not a token and a tag.`,
            { file, line: place.number },
            'Give two columns, or the four of CoNLL-2003.',
          );
      }
      open.push(readColumnLine(place, order, count ?? 0, file));
    }
  }
  if (open.length) sentences.push(open);
  return { order: order ?? { form: 0, tag: 1 }, sentences };
}

function columnLayers({ pos, chunk }: ColumnOrder): TextLayer[] {
  return [
    { name: defaultLayer, kind: 'span' },
    ...(pos === undefined ? [] : [{ name: 'pos', kind: 'token' } as const]),
    ...(chunk === undefined ? [] : [{ name: 'chunk', kind: 'span' } as const]),
  ];
}

/** The text of sentences, and where their tokens stand in it. */
function place(sentences: readonly (readonly ColumnLine[])[]): { text: string; placed: Sentence[] } {
  let length = 0;
  const rows: string[] = [];
  const placed = sentences.map((lines) => {
    const tokens = lines.map(({ form }) => {
      const start = length;
      length += form.length + 1; // and a blank, or the line feed
      return { form, start, end: start + form.length };
    });
    rows.push(`${lines.map(({ form }) => form).join(' ')}\n`);
    return { tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end };
  });
  return { text: rows.join(''), placed };
}

function columnLabels(
  lines: readonly ColumnLine[],
  { tokens }: Sentence,
  { name, kind }: TextLayer,
  file: string,
): TextLabel[] {
  if (kind === 'token')
    return lines.flatMap(({ pos = '_' }, k) =>
      ['', '_', '-X-'].includes(pos)
        ? []
        : [{ layer: name, label: pos, start: tokens[k].start, end: tokens[k].end }],
    );
  const tags = lines.map(({ chunk = '_', tag }) => (name === 'chunk' ? chunk : tag));
  const spans = decodeSpans(tags.map((tag) => (name === 'chunk' && !parseTag(tag) ? 'O' : tag)));
  if (typeof spans === 'number')
    throw new InputError(
      `The tag "${tags[spans]}" is not BIO.`,
      { file, line: lines[spans].number },
      'Write O, B-label or I-label.',
    );
  return spans.map(({ start, end, label }) => ({
    layer: name,
    label,
    start: tokens[start].start,
    end: tokens[end - 1].end,
  }));
}
