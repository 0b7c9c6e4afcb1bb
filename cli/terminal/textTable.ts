import stringWidth from 'string-width';

/** Rows of cells; the first row is the header. */
export type Rows = readonly (readonly string[])[];

function widthsOf(rows: Rows, least: number): number[] {
  return rows[0].map((_, column) => Math.max(least, ...rows.map((row) => stringWidth(row[column]))));
}

/** A cell filled up with blanks: the first column to the left, figures to the right. */
function padded(cell: string, column: number, width: number): string {
  const blank = ' '.repeat(width - stringWidth(cell));
  return column === 0 ? cell + blank : blank + cell;
}

/** Rows as lines for a terminal: the first column to the left, figures to the right. */
export function textTable(rows: Rows): string {
  const widths = widthsOf(rows, 0);
  return rows
    .map((row) => row.map((cell, column) => padded(cell, column, widths[column])).join('  '))
    .join('\n');
}

/** The same rows as a table of Markdown, laid out as Prettier would. */
export function markdownTable(rows: Rows): string {
  const widths = widthsOf(rows, 3);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [header, ...body] = rows.map((row) =>
    line(row.map((cell, column) => padded(cell, column, widths[column]))),
  );
  return [header, line(rule), ...body].join('\n');
}
