import { InputError } from '../errors';
import { OUTSIDE } from '../tags/tagSet';
import type { Sentence } from '../text/span';
import { type AnnotatedText, type FormatName, type TextLabel, defaultLayer } from './annotatedText';
import { type ColumnLayout, type LabelColumn, declaredColumns, labelColumns } from './columnLayout';
import { beginsDocument, isEmptyLine, withLineFeeds } from './columnRows';
import { type ColumnLine, columnText } from './columnText';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile, ReadOptions } from './format';
import { inferColumns } from './inferColumns';
import { decodeBrackets } from './spanBrackets';
import { decodeSpans, parseTag } from './spanTags';

/** The layout of a file without tokens. */
const NO_COLUMNS: ColumnLayout = { columns: [], isOpen: false, firstLine: 1 };

interface Part {
  readonly id?: string;
  readonly raw: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
}

/**
 * The documents of a file with a token and its tags on each line, one for each `-DOCSTART-` or `#begin document`. Which
 * column is what is told by what stands in it, see `inferColumns`, or by the person. Tags are IOB1, IOB2, BILOU or BIOES,
 * or brackets. The text is the tokens with a blank between them and a line for each sentence.
 * @throws InputError at the first broken line
 */
export function readColumns(file: InputFile, format: FormatName, options: ReadOptions = {}): AnnotatedText[] {
  const text = withLineFeeds(file.text);
  const declared = options.columns === undefined ? undefined : declaredColumns(options.columns);
  const layout = inferColumns(text, file.name, { declared, layers: options.layers });
  const parts = documentParts(text);
  const names = numberedNames(
    parts.map(({ id }) => id),
    fileStem(file.name),
  );
  const { headerLine: _, ...withoutHeader } = layout ?? NO_COLUMNS;
  return parts.map((part, k) =>
    documentOf(names[k], part, k === 0 ? (layout ?? NO_COLUMNS) : withoutHeader, file.name, format),
  );
}

function documentParts(text: string): Part[] {
  const parts: Part[] = [];
  let part: Part = { raw: '', line: 1 };
  let begun = false;
  let start = 0;
  for (let at = 0, number = 1; at <= text.length; number++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const row = text.slice(at, end);
    if (beginsDocument(row)) {
      if (begun) {
        parts.push({ ...part, raw: text.slice(start, at) });
        start = at;
      }
      part = { id: documentId(row), raw: '', line: begun ? number : part.line };
    }
    if (!isEmptyLine(row)) begun = true;
    at = end + 1;
  }
  return [...parts, { ...part, raw: text.slice(start) }];
}

/** `#begin document (bc/cctv/00/cctv_0000); part 000` names it. */
function documentId(row: string): string | undefined {
  const [, id, part] = /^#begin document \(?(.+?)\)?(?:; part (\d+))?\s*$/.exec(row) ?? [];
  return id && (part === undefined ? id : `${id}.${part}`);
}

function documentOf(
  name: string,
  { raw, line }: Part,
  layout: ColumnLayout,
  file: string,
  format: FormatName,
): AnnotatedText {
  const { sentences, comments, withoutToken } = columnText(raw, layout, file, line);
  const { text, placed } = place(sentences);
  const columns = labelColumns(layout);
  const labels = columns.flatMap((column) =>
    sentences.flatMap((lines, k) => columnLabels(lines, placed[k], column, file)),
  );
  const layers = columns.map(({ layer, kind }) => ({ name: layer, kind }));
  const traces = [
    { what: 'comments', count: comments },
    { what: 'lines without a token', count: withoutToken },
  ].filter(({ count }) => count > 0);
  return {
    ...{ name, text, sentences: placed, labels },
    layers: layers.length > 0 ? layers : [{ name: defaultLayer, kind: 'span' }],
    source: { format, raw, labels, more: [], traces, layout },
  };
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
  { index, layer, kind, notation }: LabelColumn,
  file: string,
): TextLabel[] {
  const cells = lines.map((line) => line.cells[index]);
  if (kind === 'token')
    return cells.flatMap((label, k) =>
      ['', '_', '-X-'].includes(label) ? [] : [{ layer, label, start: tokens[k].start, end: tokens[k].end }],
    );
  // Chunks of the shared tasks have marks of their own here and there, which stand for none.
  const tags = layer === 'chunk' ? cells.map((cell) => (parseTag(cell) ? cell : OUTSIDE)) : cells;
  const spans = notation === 'brackets' ? decodeBrackets(cells) : decodeSpans(tags);
  if (typeof spans === 'number')
    throw new InputError(
      cells[spans] === '' ? 'The tag is empty.' : wrongTag(cells[spans], notation),
      { file, line: lines[spans].number },
      notation === 'brackets' ? 'Write *, (LABEL*, *) or (LABEL).' : 'Write O, B-label or I-label.',
    );
  return spans.map(({ start, end, label }) => ({
    ...{ layer, label, start: tokens[start].start, end: tokens[end - 1].end },
  }));
}

const wrongTag = (tag: string, notation: LabelColumn['notation']): string =>
  notation === 'brackets' ? `The brackets of "${tag}" do not match.` : `The tag "${tag}" is not BIO.`;
