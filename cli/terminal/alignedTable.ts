import type { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { ownValue } from '../../models/ownValue';
import type { LabelledSpan } from '../../models/tags/bio';

type Colors = ReturnType<typeof createColors>;

/** What the table shows of one sentence. */
export interface TableSentence {
  readonly forms: readonly string[];
  /** Tags of the token layers, each list parallel to the forms. */
  readonly tokenLayers: readonly (readonly string[])[];
  readonly spanLayers: readonly (readonly LabelledSpan[])[];
  /** What the sentence as a whole is labelled, by layer. */
  readonly sentenceLayers?: readonly SentenceLabel[];
}

interface SentenceLabel {
  readonly name: string;
  readonly label: string;
  readonly probability: number;
}

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colors: Colors;
}

/** Words [first, end) on one row of the terminal, with the screen column where each begins. */
interface Row {
  readonly first: number;
  readonly end: number;
  readonly starts: readonly number[];
  readonly widths: readonly number[];
}

const GAP = 2;

/**
 * Lines that show a sentence word over tag, with each span bracketed and named under its words:
 * ```
 * Ada    Lovelace  wrote  .
 * PROPN  PROPN     VERB   PUNCT
 * [PER──────────]
 * ```
 * A sentence wider than the terminal goes on in further rows; a span that is cut carries `…` at the cut. Labels of
 * the sentence as a whole follow, a line each: `feedback: praise 93 %`.
 */
export function alignedTable(sentence: TableSentence, { width, colors }: TableOptions): string[] {
  const forms = sentence.forms.map((form) => form.replace(/\s+/g, ' '));
  const lines: string[] = [];
  for (const row of rowsOf(forms, sentence, width)) {
    const words = range(row.first, row.end);
    lines.push(
      placed(
        row,
        words.map((i) => [i, inSpan(sentence, i) ? colors.bold(forms[i]) : forms[i]]),
      ),
    );
    for (const tags of sentence.tokenLayers)
      lines.push(
        placed(
          row,
          words.map((i) => [i, tagColor(tags[i], colors)(tags[i])]),
        ),
      );
    for (const spans of sentence.spanLayers) {
      const brackets = spans.filter(({ start, end }) => start < row.end && end > row.first);
      if (brackets.length)
        lines.push(
          placed(
            row,
            brackets.map((span) => bracket(row, span, colors)),
          ),
        );
    }
  }
  for (const { name, label, probability } of sentence.sentenceLayers ?? [])
    lines.push(
      `${colors.dim(`${name}:`)} ${colors.cyan(label)} ${colors.dim(`${Math.floor(100 * probability)} %`)}`,
    );
  return lines;
}

function rowsOf(forms: readonly string[], { tokenLayers, spanLayers }: TableSentence, width: number): Row[] {
  const columns = forms.map((form, i) =>
    Math.max(stringWidth(form), ...tokenLayers.map((tags) => stringWidth(tags[i]))),
  );
  // The first word of a span is as wide as `[LABEL]`, so that the label always fits.
  for (const { start, label } of spanLayers.flat())
    columns[start] = Math.max(columns[start], stringWidth(label) + 2);
  const rows: Row[] = [];
  for (let first = 0, end: number; first < forms.length; first = end) {
    const starts: number[] = [];
    let column = 0;
    for (end = first; end < forms.length && (end === first || column + columns[end] <= width); end++) {
      starts.push(column);
      column += columns[end] + GAP;
    }
    rows.push({ first, end, starts, widths: columns.slice(first, end) });
  }
  return rows;
}

/** One line of cells, each at the screen column of its word. */
function placed(row: Row, cells: readonly (readonly [word: number, text: string])[]): string {
  let line = '';
  let column = 0;
  for (const [word, text] of cells) {
    const start = row.starts[word - row.first];
    line += ' '.repeat(Math.max(0, start - column)) + text;
    column = start + stringWidth(text);
  }
  return line;
}

function bracket(
  row: Row,
  { start, end, label }: LabelledSpan,
  colors: Colors,
): [word: number, text: string] {
  const [first, last] = [Math.max(start, row.first), Math.min(end, row.end) - 1];
  const width = row.starts[last - row.first] + row.widths[last - row.first] - row.starts[first - row.first];
  const open = first === start ? '[' : '…';
  const close = last === end - 1 ? ']' : '…';
  const name = stringWidth(label) + 2 <= width ? label : '';
  const line = '─'.repeat(Math.max(0, width - 2 - stringWidth(name)));
  return [first, spanColor(label, colors)(width < 2 ? close : open + name + line + close)];
}

function inSpan({ spanLayers }: TableSentence, word: number): boolean {
  return spanLayers.flat().some(({ start, end }) => start <= word && word < end);
}

/** Content words stand out; function words and punctuation step back. */
function tagColor(tag: string, colors: Colors): (text: string) => string {
  const byTag: Record<string, (text: string) => string> = {
    NOUN: colors.blue,
    PROPN: colors.blue,
    VERB: colors.green,
    ADJ: colors.magenta,
    ADV: colors.magenta,
  };
  return ownValue(byTag, tag) ?? colors.dim;
}

function spanColor(label: string, colors: Colors): (text: string) => string {
  const byLabel: Record<string, (text: string) => string> = {
    PER: colors.yellow,
    ORG: colors.cyan,
    LOC: colors.green,
  };
  return ownValue(byLabel, label) ?? colors.magenta;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
