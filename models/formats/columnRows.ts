/** A line of a column file that is not empty, split at what separates its columns. */
export interface ColumnRow {
  /** In the file, counted from 1. */
  readonly number: number;
  readonly text: string;
  readonly cells: readonly string[];
}

/** Sentences of rows, with lines that begin with `#` among them: only the layout tells which of those are tokens. */
export type RowBlock = readonly ColumnRow[];

/** True for the line that begins a document: `-DOCSTART-` of CoNLL-2003, `#begin document` of CoNLL-2012. */
export function beginsDocument(text: string): boolean {
  return /^-DOCSTART-([ \t\r]|$)|^#begin document\b/.test(text);
}

/** Lines between documents and sentences: nothing but blanks and tabs. A no-break space is a token, not a blank. */
export function isEmptyLine(text: string): boolean {
  return /^[ \t\r]*$/.test(text);
}

/**
 * The columns of a line: between tabs where there are any, else between blanks. No other white space separates them, so
 * that a no-break space, or a blank between tabs, can be a token or part of one. In a line of blanks that begins with
 * one, where it has fewer columns than `count`, the first is empty.
 */
export function splitColumns(text: string, count?: number): string[] {
  const line = text.replace(/\r+$/, '');
  if (line.includes('\t')) return line.split('\t').map((cell) => cell.replace(/^ +| +$/g, ''));
  const cells = line.replace(/^ +| +$/g, '').split(/ +/);
  return line.startsWith(' ') && count !== undefined && cells.length === count - 1 ? ['', ...cells] : cells;
}

/** The rows of a text in blocks, as empty lines and beginnings of documents separate them. */
export function* rowBlocks(text: string, line = 1): Generator<RowBlock> {
  let block: ColumnRow[] = [];
  let number = line;
  for (const row of text.split('\n')) {
    if (isEmptyLine(row) || beginsDocument(row)) {
      if (block.length) yield block;
      block = [];
    } else block.push({ number, text: row, cells: splitColumns(row) });
    number++;
  }
  if (block.length) yield block;
}

/** A line with one column replaced, and everything else as it was. */
export function replaceColumn(text: string, column: number, value: string): string {
  const separator = text.includes('\t') ? /(\t)/ : /( +)/;
  const pieces = text.split(separator);
  const offset = pieces[0] === '' && !text.includes('\t') ? 2 : 0;
  pieces[2 * column + offset] = value;
  return pieces.join('');
}

/** Lines that end in a carriage return alone, as on old Macs, end in a line feed. */
export function withLineFeeds(text: string): string {
  return text.includes('\n') ? text : text.replaceAll('\r', '\n');
}
